package source

import (
	"fmt"
	"unicode/utf8"
)

// character judges the character at p, which is not plain: its length, or
// minus its length when XML forbids it (reported), or 0 when it is no text at
// all (reported, fatal). It fills the window when the character is cut.
func (r *Reader) character(p int) int {
	c := r.buf[p]
	if c < 0x20 {
		r.forbidden(p, rune(c))
		return -1
	}
	for r.end-p < utf8.UTFMax && !utf8.FullRune(r.buf[p:r.end]) {
		r.p = p
		if !r.more() {
			if !r.stopped {
				r.truncated("inside a character")
			}
			return 0
		}
		p = r.p
	}
	char, n := utf8.DecodeRune(r.buf[p:r.end])
	if char == utf8.RuneError && n <= 1 {
		r.notText(p)
		return 0
	}
	if char == 0xFFFE || char == 0xFFFF {
		r.forbidden(p, char)
		r.wide += int64(n - 1)
		return -n
	}
	r.wide += int64(n - 1)
	return n
}

// forbidden reports a character that XML forbids, once, though a tag may be
// scanned again.
func (r *Reader) forbidden(p int, char rune) {
	if at := r.base + int64(p); at >= r.judged {
		r.judged = at + 1
		n := &r.noted
		if n.tag != r.tagPos || n.depth != len(r.frames) || n.path == "" {
			n.tag, n.depth, n.path = r.tagPos, len(r.frames), r.Path()
		}
		if n.char != char || n.message == "" {
			n.char, n.message = char, fmt.Sprintf("the character U+%04X is forbidden in XML", char)
		}
		r.onFault(Fault{ID: XMLChar, Pos: r.here(p), Path: n.path, Message: n.message})
	}
}

// noted is what the last fault of a forbidden character said: a binary file in
// a comment makes millions of the same kind, in the same place.
type noted struct {
	tag     Pos // the tag before it, which with the depth makes the path
	depth   int
	path    string
	char    rune
	message string
}
