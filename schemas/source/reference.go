package source

import "unicode/utf8"

// maxReference bounds the text of a reference; leading zeros are legal.
const maxReference = 1024

// reference reads the reference at p in character data: the character and the
// length of its text, 0 when a fault was reported.
func (r *Reader) reference(p int) (rune, int) {
	r.p = p
	for {
		char, n, ok := r.referenceInTag(r.p)
		if !ok {
			return 0, 0
		}
		if n > 0 {
			return char, n
		}
		if !r.fill(r.lead.from) {
			r.truncated("inside a reference")
			return 0, 0
		}
	}
}

// referenceInTag reads the reference at p. A length of 0 means that the window
// ends inside it; not ok that a fault was reported.
func (r *Reader) referenceInTag(p int) (rune, int, bool) {
	text := r.buf[p+1 : r.end]
	n := 0
	for n < len(text) && n < maxReference && (isNameByte[text[n]] || n == 0 && text[n] == '#') {
		n++
	}
	if n == len(text) && n < maxReference {
		return 0, 0, true
	}
	if n == maxReference || n == 0 || text[n] != ';' {
		r.fatalf(XMLEntity, r.here(p), "an & that begins no reference is written &amp;")
		return 0, 0, false
	}
	body := text[:n]
	if !quotable(body) {
		r.fatalf(XMLEntity, r.here(p), "an & that begins no reference is written &amp;")
		return 0, 0, false
	}
	if body[0] == '#' {
		char, ok := charReference(body[1:])
		if !ok {
			r.fatalf(XMLEntity, r.here(p), "&%s; is no character reference", clip(body, 40))
			return 0, 0, false
		}
		if !isChar(char) {
			r.forbidden(p, char)
			char = utf8.RuneError
		}
		return char, n + 2, true
	}
	switch string(body) {
	case "lt":
		return '<', n + 2, true
	case "gt":
		return '>', n + 2, true
	case "amp":
		return '&', n + 2, true
	case "quot":
		return '"', n + 2, true
	case "apos":
		return '\'', n + 2, true
	}
	r.fatalf(XMLEntity, r.here(p), "the entity &%s; is not defined: without a DTD there are lt, gt, amp, quot and apos", clip(body, 40))
	return 0, 0, false
}

// quotable tells whether the body of a reference is a name, or ASCII behind a
// #: anything else has no place in a message.
func quotable(body []byte) bool {
	if body[0] != '#' {
		n, _ := scanName(body)
		return n == len(body)
	}
	for _, c := range body {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// charReference reads the digits of a character reference.
func charReference(digits []byte) (rune, bool) {
	base := rune(10)
	if len(digits) > 0 && digits[0] == 'x' {
		base, digits = 16, digits[1:]
	}
	char := rune(0)
	for _, c := range digits {
		d := rune(99)
		switch {
		case c >= '0' && c <= '9':
			d = rune(c - '0')
		case c >= 'a' && c <= 'f':
			d = rune(c-'a') + 10
		case c >= 'A' && c <= 'F':
			d = rune(c-'A') + 10
		}
		if d >= base {
			return 0, false
		}
		if char = char*base + d; char > utf8.MaxRune {
			char = utf8.MaxRune + 1
		}
	}
	return char, len(digits) > 0
}

// isChar tells whether XML 1.0 allows the character (section 2.2).
func isChar(c rune) bool {
	return c == '\t' || c == '\n' || c == '\r' || c >= 0x20 && c <= 0xD7FF || c >= 0xE000 && c <= 0xFFFD || c >= 0x10000 && c <= utf8.MaxRune
}
