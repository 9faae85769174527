package forms

import (
	"bytes"
	"unicode/utf16"
	"unicode/utf8"
)

const white = " \t\r\n"

// unescape appends the text of a CLIXML string to dst: _xHHHH_ stands for a
// UTF-16 unit. Half of a pair is no character and becomes U+FFFD.
func unescape(dst, raw []byte) []byte {
	for {
		i := bytes.Index(raw, []byte("_x"))
		if i < 0 {
			return append(dst, raw...)
		}
		unit, ok := escaped(raw[i:])
		if !ok {
			dst = append(dst, raw[:i+2]...)
			raw = raw[i+2:]
			continue
		}
		dst = append(dst, raw[:i]...)
		raw = raw[i+escapeLength:]
		char := rune(unit)
		if utf16.IsSurrogate(char) {
			low, _ := escaped(raw)
			if char = utf16.DecodeRune(char, rune(low)); char != utf8.RuneError {
				raw = raw[escapeLength:]
			}
		}
		dst = utf8.AppendRune(dst, char)
	}
}

// escapeLength is the length of _xHHHH_.
const escapeLength = 7

// escaped reads an escape at the beginning of text.
func escaped(text []byte) (unit uint16, ok bool) {
	if len(text) < escapeLength || text[0] != '_' || text[1] != 'x' || text[6] != '_' {
		return 0, false
	}
	for _, c := range text[2:6] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		default:
			return 0, false
		}
		unit = unit<<4 | uint16(c)
	}
	return unit, true
}

// firstElement is the name of the first element of a text of XML, behind what
// may stand before it; "" where there is none, or not in text.
func firstElement(text []byte) string {
	for {
		text = bytes.TrimLeft(text, white)
		end := ""
		switch {
		case bytes.HasPrefix(text, []byte("<?")):
			end = "?>"
		case bytes.HasPrefix(text, []byte("<!--")):
			end = "-->"
		case len(text) > 1 && text[0] == '<':
			text = text[1:]
			if n := bytes.IndexAny(text, white+"/>"); n > 0 {
				return string(text[:min(n, 64)])
			}
			return ""
		default:
			return ""
		}
		_, rest, ok := bytes.Cut(text, []byte(end))
		if !ok {
			return ""
		}
		text = rest
	}
}

// undeclared is a document in a string without its XML declaration: what it
// says of an encoding was true of other bytes.
func undeclared(text []byte) []byte {
	if !bytes.HasPrefix(text, []byte("<?xml ")) {
		return text
	}
	if end := bytes.Index(text, []byte("?>")); end > 0 && end < headText {
		// The lines stay those of the string.
		return text[end+len("?>"):]
	}
	return text
}

// clip shortens text for a message.
func clip(text []byte) string {
	const most = 100
	text, _, _ = bytes.Cut(bytes.TrimSpace(text), []byte("\n"))
	text = bytes.ToValidUTF8(bytes.TrimSpace(text), []byte("\ufffd"))
	if len(text) <= most {
		return string(text)
	}
	cut := most
	for !utf8.RuneStart(text[cut]) {
		cut--
	}
	return string(text[:cut]) + "..."
}
