package source

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"unicode/utf8"
)

// lead is the character data between two tags: the window from offset from to
// to, behind what had to be copied because a reference, a comment, a CDATA
// section or the end of the window broke it up.
type lead struct {
	from, to int
	copied   []byte
	blank    bool // white space only so far
	returns  bool // the window part has carriage returns to normalise
	pos      Pos  // of the first character that is not white space
}

func (l *lead) reset(p int) {
	l.from, l.to = p, p
	l.copied = l.copied[:0]
	l.blank, l.returns = true, false
	l.pos = Pos{}
}

// spill copies the window part of the lead, so that the window may go on.
func (r *Reader) spill(to int) {
	l := &r.lead
	l.copied = r.room(l.copied, to-l.from)
	if l.returns {
		l.copied = appendNormalised(l.copied, r.buf[l.from:to])
		l.returns = false
	} else {
		l.copied = append(l.copied, r.buf[l.from:to]...)
	}
	l.from = to
}

// appendNormalised appends text with its line ends as XML 1.0 section 2.11
// wants them: CR LF and CR alone become LF.
func appendNormalised(dst, text []byte) []byte {
	for {
		i := bytes.IndexByte(text, '\r')
		if i < 0 {
			return append(dst, text...)
		}
		dst = append(append(dst, text[:i]...), '\n')
		text = text[i+1:]
		if len(text) > 0 && text[0] == '\n' {
			text = text[1:]
		}
	}
}

// overlong tells whether the lead up to p is longer than a value may be.
func (r *Reader) overlong(p int) bool {
	l := &r.lead
	if p-l.from <= r.limits.Value-len(l.copied) {
		return false
	}
	r.spill(p) // what counts is the length with normalised line ends
	return len(l.copied) > r.limits.Value
}

// leadTooLong reports an overlong lead at the tag before it, wherever the
// window happened to end when that was found.
func (r *Reader) leadTooLong() {
	pos := r.tagPos
	if pos.Line == 0 {
		pos = Pos{1, 1}
	}
	r.fatalf(SRCLimitValue, pos, "%s", tooLong(r.limits.Value))
}

// Lead is the character data between the previous tag and this one: at the
// end of a leaf, its value. It is valid until the next call of [Reader.Next].
func (r *Reader) Lead() []byte {
	l := &r.lead
	if len(l.copied) == 0 && !l.returns {
		return r.buf[l.from:l.to]
	}
	if l.from < l.to {
		r.spill(l.to)
	}
	return l.copied
}

// LeadBlank tells whether the lead is white space only, or nothing.
func (r *Reader) LeadBlank() bool { return r.lead.blank }

// LeadPos is the place of the first character of the lead that is not white
// space.
func (r *Reader) LeadPos() Pos { return r.lead.pos }

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// special marks the bytes of eight that need a look in character data: below
// space, '&', '<', ']' and not ASCII. The lowest mark is exact, those above
// it may be false.
func special(x uint64) uint64 {
	amp, lt, bracket := x^(ones*'&'), x^(ones*'<'), x^(ones*']')
	return (x | (x-ones*0x20)&^x | (amp-ones)&^amp | (lt-ones)&^lt | (bracket-ones)&^bracket) & highs
}

// plain returns the offset of the first special byte at or behind p.
func plain(buf []byte, p int) int {
	for {
		if m := special(binary.LittleEndian.Uint64(buf[p:])); m != 0 {
			return p + bits.TrailingZeros64(m)>>3
		}
		p += 8
	}
}

// indent skips white space at r.p; most leads are no more than that.
func (r *Reader) indent() {
	buf, p := r.buf, r.p
	for {
		switch buf[p] {
		case ' ', '\t':
			p++
		case '\n':
			p++
			r.newline(p)
		case '\r':
			if p+1 == r.end && !r.eof {
				r.p = p
				if !r.more() && r.stopped {
					return
				}
				buf, p = r.buf, r.p
			}
			p++
			r.lead.returns = true
			if buf[p] != '\n' {
				r.newline(p)
			}
		default:
			r.p = p
			return
		}
	}
}

// text reads character data up to the next '<' or the end of the input.
func (r *Reader) text() bool {
	for {
		if r.lead.blank {
			r.indent()
			if r.buf[r.p] == '<' {
				if r.lead.to = r.p; r.p-r.lead.from <= r.limits.Value-len(r.lead.copied) {
					return true
				}
				return r.lengthyLead()
			}
			if r.stopped {
				return false
			}
			if r.p < r.end {
				if len(r.frames) == 0 {
					r.textOutside()
					return false
				}
				r.lead.blank = false
				r.lead.pos = r.here(r.p)
			}
		}
		if r.p < r.end {
			if !r.characters() {
				return false
			}
			if r.buf[r.p] == '<' {
				if r.lead.to = r.p; r.p-r.lead.from <= r.limits.Value-len(r.lead.copied) {
					return true
				}
				return r.lengthyLead()
			}
		}
		if r.p == r.end && !r.more() {
			r.lead.to = r.p
			return !r.stopped
		}
	}
}

// lengthyLead judges the length of a lead that looks too long where it ends.
func (r *Reader) lengthyLead() bool {
	if r.overlong(r.p) {
		r.leadTooLong()
		return false
	}
	return true
}

// more fills the window inside character data, which is copied when long.
func (r *Reader) more() bool {
	if r.overlong(r.p) {
		r.leadTooLong()
		return false
	}
	if r.p-r.lead.from >= r.size/2 {
		r.spill(r.p)
	}
	return r.fill(r.lead.from)
}

// characters reads from r.p to the next '<' or the end of the window.
func (r *Reader) characters() bool {
	p := r.p
	for {
		p = plain(r.buf, p)
		switch c := r.buf[p]; {
		case c == '<':
			r.p = p
			return true
		case c == '\n':
			p++
			r.newline(p)
		case c == '\t':
			p++
		case c == ']':
			for p+2 >= r.end && !r.eof {
				r.p = p
				if !r.more() && r.stopped {
					return false
				}
				p = r.p
			}
			if r.buf[p+1] == ']' && r.buf[p+2] == '>' && p+2 < r.end {
				if r.overlong(p) {
					r.leadTooLong()
				} else {
					r.fatalf(XMLSyntax, r.here(p), "]]> is not allowed in text")
				}
				return false
			}
			p++
		default:
			if c == 0 && p == r.end {
				r.p = p
				return true
			}
			if r.p = p; !r.awkward(c) {
				return false
			}
			p = r.p
			if p == r.end {
				return true
			}
		}
	}
}

// awkward reads one thing that is not plain text at r.p: a reference, a
// carriage return, a character that is not ASCII or one that XML forbids.
func (r *Reader) awkward(c byte) bool {
	if r.overlong(r.p) {
		r.leadTooLong()
		return false
	}
	switch {
	case c == '&':
		r.spill(r.p)
		char, n := r.reference(r.p)
		if n == 0 {
			return false
		}
		r.lead.copied = utf8.AppendRune(r.room(r.lead.copied, utf8.UTFMax), char)
		r.p += n
		r.lead.from = r.p
	case c == '\r':
		if r.p+1 == r.end {
			r.more() // the length is judged above
		}
		r.p++
		r.lead.returns = true
		if r.buf[r.p] != '\n' {
			r.newline(r.p)
		}
	default:
		n := r.character(r.p)
		if n == 0 {
			return false
		}
		if n < 0 { // forbidden, reported; a replacement stands for it
			r.spill(r.p)
			r.lead.copied = utf8.AppendRune(r.room(r.lead.copied, utf8.UTFMax), utf8.RuneError)
			r.p -= n
			r.lead.from = r.p
			return true
		}
		r.p += n
	}
	return true
}

// textOutside reports text before or after the root.
func (r *Reader) textOutside() {
	if r.overlong(r.p) {
		r.leadTooLong()
		return
	}
	if !r.sawMarkup {
		r.notXML()
		return
	}
	where := "after"
	if !r.sawRoot {
		where = "before"
	}
	r.fatalf(XMLRoot, r.here(r.p), "there is text %s the root element", where)
}

// notXML reports a document that does not begin with markup, and quotes what
// it says: servers answer a failed call with a line of plain text.
func (r *Reader) notXML() {
	const enough = 200
	for r.end-r.p < enough && r.fill(0) {
	}
	if r.failed != nil && r.end-r.p < enough {
		r.giveUp() // nobody knows what it would have become
		return
	}
	line := r.buf[r.p:min(r.end, r.p+enough)]
	line = line[:len(line)-cut(line)]
	if i := bytes.IndexAny(line, "\r\n"); i >= 0 {
		line = line[:i]
	}
	pos := r.here(r.p)
	if !utf8.Valid(line) || bytes.IndexByte(line, 0) >= 0 {
		r.fatalf(SRCNotXML, pos, "this is not XML: it begins with bytes that are not text")
		return
	}
	r.fatalf(SRCNotXML, pos, "this is not XML but text: %q; servers answer so when a call fails", clip(line, 160))
}
