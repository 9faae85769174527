package source

import (
	"errors"
	"io"
	"unicode/utf8"
)

const (
	windowSize = 128 << 10
	slack      = 8 // bytes behind the end that an eight-byte load may touch
)

// window is the part of the decoded document that is in memory. buf[end] is
// always 0, so that a scan stops there without asking for the end; a 0 before
// the end is a forbidden character.
type window struct {
	size int // bytes the window holds unless a tag is longer
	buf  []byte
	p    int   // the next byte to read
	end  int   // one past the last byte read
	tag  int   // where the tag under way begins
	base int64 // offset of buf[0] in the decoded document

	line      uint32
	lineStart int64 // offset of the first byte of the line
	wide      int64 // bytes since lineStart that continue a character
	judged    int64 // offset behind the last forbidden character reported

	markLength int64 // bytes of the byte order mark

	eof    bool
	broken *brokenInput // why the bytes ended early
	failed error        // of the underlying reader; for when the bytes before it are read
}

func (w *window) reset() {
	if cap(w.buf) != w.size+slack {
		w.buf = make([]byte, w.size+slack) // a huge tag may have grown it
	}
	w.p, w.end, w.tag, w.base = 0, 0, 0, 0
	w.line, w.lineStart, w.wide, w.judged = 1, 0, 0, 0
	w.eof, w.broken, w.failed, w.markLength = false, nil, nil, 0
	w.buf[0] = 0
}

// here is the place of the byte at window offset p on the current line.
func (w *window) here(p int) Pos {
	return Pos{w.line, uint32(w.base + int64(p) - w.lineStart - w.wide + 1)}
}

// newline notes that a line begins at window offset p.
func (w *window) newline(p int) {
	w.line++
	w.lineStart = w.base + int64(p)
	w.wide = 0
}

// fill reads more bytes behind the window's end and keeps those from keep on.
// It moves the window; offsets held in r follow. False means that there is no
// more: the end of the input, a fault (r.broken) or an error (r.failed).
// Whoever calls it again and again without moving keep bounds that: the window
// grows as far as it must.
func (r *Reader) fill(keep int) bool {
	if r.eof {
		return false
	}
	if keep > 0 {
		copy(r.buf, r.buf[keep:r.end])
		r.end -= keep
		r.p -= keep
		r.lead.from -= keep
		r.base += int64(keep)
	}
	if r.end == len(r.buf)-slack {
		r.grow()
	}
	// A tag is scanned again from its start after a fill: double what is
	// there, so that many small reads cannot make that quadratic.
	before, want := r.end, r.end+r.end
	for {
		n, err := r.decoder.Read(r.buf[r.end : len(r.buf)-slack])
		if limit := r.limits.Bytes; limit > 0 && r.base+int64(r.end+n) > limit {
			n = int(limit - r.base - int64(r.end))
			err = &brokenInput{SRCLimitBytes, "the document is longer than the limit of " + size(limit)}
		}
		if r.copyTo != nil && n > 0 {
			r.copyTo(r.buf[r.end : r.end+n])
		}
		r.end += n
		if err != nil {
			r.endInput(err)
			break
		}
		if n > 0 && (r.end >= want || r.end == len(r.buf)-slack) {
			break
		}
	}
	r.buf[r.end] = 0
	return r.end > before
}

// grow makes the window larger.
func (r *Reader) grow() {
	buf := make([]byte, r.larger(r.end+r.size)+slack)
	copy(buf, r.buf[:r.end])
	r.buf = buf
}

// larger is the capacity for something that needs as many bytes now and may
// need more soon. The steps are long, because what is left behind at each is
// garbage of that size, and memory that is never touched costs little; but
// beyond the longest value there is none.
func (r *Reader) larger(need int) int {
	if need > r.limits.Value/8 {
		return max(need, r.limits.Value+2*r.size)
	}
	return 8 * need
}

// room returns dst with a capacity for n more bytes.
func (r *Reader) room(dst []byte, n int) []byte {
	if need := len(dst) + n; need > cap(dst) && need > r.size {
		return append(make([]byte, 0, r.larger(need)), dst...)
	}
	return dst
}

// endInput notes why reading ended.
func (r *Reader) endInput(err error) {
	r.eof = true
	var broken *brokenInput
	switch {
	case errors.As(err, &broken):
		r.broken = broken
	case err != io.EOF:
		r.failed = err
	}
}

// skipMark reads past a byte order mark, which is no character.
func (r *Reader) skipMark() {
	const mark = "\ufeff"
	if r.ahead(mark) {
		r.p = len(mark)
		r.markLength = int64(r.p)
		r.lineStart = r.markLength
	}
	r.lead.reset(r.p)
}

// advance moves r.p to p, behind what nobody has looked at, and returns the
// place there.
func (r *Reader) advance(to int) Pos {
	for p := r.p; p < to; p++ {
		switch c := r.buf[p]; {
		case c == '\n' || c == '\r' && r.buf[p+1] != '\n':
			r.newline(p + 1)
		case c >= 0x80 && c < 0xC0:
			r.wide++
		}
	}
	r.p = to
	return r.here(to)
}

// cut is the number of bytes at the end of text that begin a character and do
// not end it.
func cut(text []byte) int {
	for n := 1; n < utf8.UTFMax && n <= len(text); n++ {
		if tail := text[len(text)-n:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return n
		}
	}
	return 0
}
