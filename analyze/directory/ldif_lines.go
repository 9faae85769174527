package directory

import (
	"bufio"
	"bytes"
	"io"

	"golang.org/x/text/encoding/unicode"
)

// ldifLines takes the logical lines out of a text: those of RFC 2849, with
// folded lines put together and comments left out.
type ldifLines struct {
	w    window
	line int // physical lines read

	text  []byte // the logical line
	first int    // its first physical line
	folds []int  // offsets in text where its further physical lines begin
	join  []byte // what folded lines are put together in
}

// newLDIFLines reads UTF-8, and UTF-16 that begins with its mark.
func newLDIFLines(src io.Reader) *ldifLines {
	in := bufio.NewReaderSize(src, 32<<10)
	head, _ := in.Peek(3)
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}), bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		utf16 := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM)
		return &ldifLines{w: newWindow(utf16.NewDecoder().Reader(in))}
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		in.Discard(3)
	}
	return &ldifLines{w: newWindow(in)}
}

// next reads a logical line, which may be empty. It returns false at the end,
// and when the text cannot be read.
func (l *ldifLines) next() bool {
	for {
		line, ok := l.physical()
		if !ok {
			return false
		}
		l.text, l.first, l.folds = line, l.line, l.folds[:0]
		if l.folded() {
			l.unfold(line)
		}
		if len(l.text) == 0 || l.text[0] != '#' {
			return true
		}
	}
}

// unfold appends the physical lines that continue a line: those that begin
// with a space.
func (l *ldifLines) unfold(first []byte) {
	l.join = append(l.join[:0], first...)
	for l.folded() {
		line, _ := l.physical()
		l.folds = append(l.folds, len(l.join))
		if len(l.join)+len(line) > maxRecord {
			l.w.err, l.w.from, l.w.to = errTooLong, 0, 0
			break
		}
		l.join = append(l.join, line[1:]...)
	}
	l.text = l.join
}

// folded reports whether the next physical line continues this one. It keeps
// the bytes of the line in their place only if it is not folded; a folded one
// is copied before anything else is read.
func (l *ldifLines) folded() bool {
	if l.w.from == l.w.to {
		return false // physical has read ahead as far as there is something
	}
	return l.w.buf[l.w.from] == ' '
}

// physical reads a line without its end. The byte behind it is read too, if
// there is one.
func (l *ldifLines) physical() ([]byte, bool) {
	at := 0
	for {
		end := bytes.IndexByte(l.w.buf[l.w.from+at:l.w.to], '\n')
		if end >= 0 && l.w.from+at+end+1 < l.w.to {
			end += at
			break
		}
		if end < 0 {
			at = l.w.to - l.w.from
		} else {
			at += end
		}
		if l.w.more() {
			continue
		}
		if l.w.from == l.w.to || l.w.failed() != nil {
			return nil, false
		}
		break
	}
	rest := l.w.buf[l.w.from:l.w.to]
	line, _, found := bytes.Cut(rest, []byte{'\n'})
	l.w.from += len(line)
	if found {
		l.w.from++
	}
	l.line++
	return bytes.TrimSuffix(line, []byte{'\r'}), true
}

// at is the place of an offset in the logical line.
func (l *ldifLines) at(offset int) place {
	p := place{l.first, offset + 1}
	for _, f := range l.folds {
		if offset < f {
			break
		}
		p.line++
		p.column = offset - f + 2
	}
	return p
}
