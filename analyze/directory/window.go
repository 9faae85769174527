package directory

import (
	"errors"
	"fmt"
	"io"
)

// maxRecord is the longest line of LDIF and the longest record of delimited
// text, in bytes.
const maxRecord = 64 << 20

var errTooLong = fmt.Errorf("longer than %d bytes", maxRecord)

// window is the part of a text that is being read: buf[from:to].
type window struct {
	src      io.Reader
	buf      []byte
	from, to int
	err      error // of src; io.EOF at the end
}

func newWindow(src io.Reader) window { return window{src: src, buf: make([]byte, 64<<10)} }

// more reads behind the window, which moves to the front of the buffer. It
// returns false when there is no more; why says err.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	if w.from > 0 {
		w.to = copy(w.buf, w.buf[w.from:w.to])
		w.from = 0
	}
	if w.to == len(w.buf) {
		if w.to >= maxRecord {
			w.err = errTooLong
			return false
		}
		w.buf = append(w.buf, make([]byte, len(w.buf))...)
	}
	for range 100 {
		n, err := w.src.Read(w.buf[w.to:])
		w.to += n
		w.err = err
		if n > 0 || err != nil {
			return n > 0
		}
	}
	w.err = io.ErrNoProgress
	return false
}

// failed returns the error that ended the text, or nil if it just ended.
func (w *window) failed() error {
	if errors.Is(w.err, io.EOF) {
		return nil
	}
	return w.err
}
