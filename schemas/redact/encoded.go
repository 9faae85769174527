package redact

import (
	"bytes"
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// encoded appends what stands for a value that is base64, or should be. It is
// base64 if and only if the value is, with the same white space in it.
func (r *Redactor) encoded(dst []byte, text string) []byte {
	compact := strings.Join(strings.FieldsFunc(text, isSpace), "")
	data, good := decode(compact)
	switch {
	case text == "" || good && compact == "":
		return append(dst, text...)
	case good:
		return respaced(dst, text, encode(r.data(data)))
	}
	start := len(dst)
	dst = r.rewrite(dst, text, DN)
	if _, good := decode(strings.Join(strings.FieldsFunc(string(dst[start:]), isSpace), "")); good {
		dst = append(dst, '-') // which base64 does not have
	}
	return dst
}

func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

func encode(data []byte) string { return base64.StdEncoding.EncodeToString(data) }

func decode(text string) ([]byte, bool) {
	if strings.ContainsAny(text, "\r\n") {
		return nil, false
	}
	data, err := base64.StdEncoding.Strict().DecodeString(text)
	return data, err == nil
}

// respaced appends text with the white space that the model has: around it,
// and where there is some inside, at the same distance as far as it goes.
func respaced(dst []byte, model, text string) []byte {
	core := strings.TrimFunc(model, isSpace)
	at := strings.Index(model, core)
	dst = append(dst, model[:at]...)
	for _, c := range []byte(core) {
		switch {
		case isSpace(rune(c)):
			dst = append(dst, c)
		case text != "":
			dst = append(dst, text[0])
			text = text[1:]
		}
	}
	dst = append(dst, text...)
	return append(dst, model[at+len(core):]...)
}

// data returns what stands for binary data: redacted text for text in UTF-8
// or UTF-16, so that a name is the same here as elsewhere, and other bytes for
// everything else: also for text without a name in it, because the base64 of
// it can be a name (QCQq is that of @$*).
func (r *Redactor) data(data []byte) []byte {
	hides := controls(data)
	if !hides {
		if utf8.Valid(data) && printable([]rune(string(data))) {
			if out := r.rewrite(nil, string(data), DN); !controls(out) && !bytes.Equal(out, data) {
				return out
			}
		}
		if text, ok := wide(data); ok {
			var out []byte
			for _, unit := range utf16.Encode([]rune(string(r.rewrite(nil, text, DN)))) {
				out = append(out, byte(unit), byte(unit>>8))
			}
			if !controls(out) && !bytes.Equal(out, data) {
				return out
			}
		}
	}
	out := r.names.bytes(string(data))
	if hides {
		out[0] = 1
		return out
	}
	for i := range out { // no control characters, as before, and no text
		out[i] = out[i]&0x1F | 0xA0
	}
	return out
}

// wide reads text in UTF-16, of which most is Latin.
func wide(data []byte) (string, bool) {
	if len(data)%2 != 0 || len(data) == 0 {
		return "", false
	}
	units := make([]uint16, 0, len(data)/2)
	latin := 0
	for i := 0; i < len(data); i += 2 {
		unit := uint16(data[i]) | uint16(data[i+1])<<8
		if unit < 0x250 {
			latin++
		}
		units = append(units, unit)
	}
	text := utf16.Decode(units)
	return string(text), 2*latin >= len(units) && printable(text)
}

func printable(text []rune) bool {
	for _, c := range text {
		if c == utf8.RuneError || unicode.IsControl(c) && !isSpace(c) {
			return false
		}
	}
	return true
}

// controls tells whether data may be text with a control character other than
// null, tab, carriage return and line feed, in UTF-8 or UTF-16: what tells a
// value that has to be base64 from one that need not.
func controls(data []byte) bool {
	last := byte(0)
	for i, b := range data {
		if last == 0xc2 && b >= 0x80 && b < 0xa0 || b == 0 && i%2 == 1 && last >= 0x80 && last < 0xa0 ||
			b == 0x7f || b < 0x20 && b != 0 && !isSpace(rune(b)) {
			return true
		}
		last = b
	}
	return false
}
