// Package progress shows how far a call has come, in one line of a terminal
// that is erased before anything else is written there.
//
// It is a hundred lines of our own because the work is in what libraries of
// progress bars leave to their caller: that reports, messages and the line
// share a terminal and never mix. The line is plain text, which every terminal
// shows; it needs no bar, because what people ask is whether anything happens
// and how fast.
package progress

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// width is the longest line: a wrapped one could not be erased.
const width = 79

// Line is a line of a terminal that comes and goes. Its methods may be called
// concurrently.
type Line struct {
	mu     sync.Mutex
	out    io.Writer
	shown  int  // columns to erase
	broken bool // what was written last has not ended its line
}

// NewLine returns a line on a terminal; nothing is shown yet.
func NewLine(out io.Writer) *Line { return &Line{out: out} }

// Show shows text, of ASCII characters, in place of what was shown. Where
// somebody else is in the middle of a line it shows nothing. It has no error:
// nothing depends on the line.
func (l *Line) Show(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.broken {
		return
	}
	text = text[:min(len(text), width)]
	_, _ = io.WriteString(l.out, "\r"+text+strings.Repeat(" ", max(0, l.shown-len(text))))
	l.shown = max(l.shown, len(text))
}

// Erase leaves the line empty.
func (l *Line) Erase() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.erase()
}

func (l *Line) erase() {
	if l.shown > 0 {
		_, _ = io.WriteString(l.out, "\r"+strings.Repeat(" ", l.shown)+"\r")
		l.shown = 0
	}
}

// Writer returns a writer to the same terminal: the line is erased before
// anything is written to it.
func (l *Line) Writer(to io.Writer) io.Writer { return &writer{l, to} }

type writer struct {
	line *Line
	to   io.Writer
}

// Write erases the line and writes.
func (w *writer) Write(p []byte) (int, error) {
	w.line.mu.Lock()
	defer w.line.mu.Unlock()
	w.line.erase()
	if len(p) > 0 {
		w.line.broken = !bytes.HasSuffix(p, []byte("\n"))
	}
	return w.to.Write(p)
}

// Unwrap returns what is written to.
func (w *writer) Unwrap() io.Writer { return w.to }

// Meter counts what is done. Its methods may be called concurrently.
type Meter struct {
	Files int64 // to be read in all
	Size  int64 // bytes to be read in all, 0 where that is not known
	// Judging says that there are findings to count.
	Judging bool

	done, bytes, findings atomic.Int64
}

// Done counts a document, and its findings.
func (m *Meter) Done(findings int) {
	m.done.Add(1)
	m.findings.Add(int64(findings))
}

// Reader counts what is read through it.
func (m *Meter) Reader(in io.ReadCloser) io.ReadCloser { return &counted{in, m} }

type counted struct {
	io.ReadCloser
	meter *Meter
}

// Read reads and counts.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.meter.bytes.Add(int64(n))
	return n, err
}

// Text says how far the work is after some time: documents done and in all,
// bytes, bytes a second, and findings where the documents are judged.
func (m *Meter) Text(elapsed time.Duration) string {
	read := m.bytes.Load()
	size := bytesText(read)
	if m.Size > 0 {
		size = fmt.Sprintf("%d%% of %s", min(100, read*100/m.Size), bytesText(m.Size))
	}
	rate := int64(float64(read) / max(elapsed.Seconds(), 0.001))
	text := fmt.Sprintf("runhist: %d/%d files, %s, %s/s", m.done.Load(), m.Files, size, bytesText(rate))
	if m.Judging {
		text += fmt.Sprintf(", %d findings", m.findings.Load())
	}
	return text
}

// bytesText writes a number of bytes in units of 1000.
func bytesText(n int64) string {
	switch {
	case n >= 1e9:
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	case n >= 1e6:
		return fmt.Sprintf("%.0f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.0f kB", float64(n)/1e3)
}
