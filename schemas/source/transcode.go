package source

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// transcode recognises the encoding by mark, by the first characters and by
// the label, in this order.
func (d *decoder) transcode(in *bufio.Reader) (io.Reader, error) {
	head, _ := in.Peek(headSize)
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}),
		bytes.HasPrefix(head, []byte("<\x00\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\x00<")):
		return nil, &brokenInput{SRCEncoding, "this is UTF-32, which is not read: save it as UTF-8"}
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE}):
		d.encoding, d.marked = utf16LE, true
	case bytes.HasPrefix(head, []byte{0xFE, 0xFF}):
		d.encoding, d.marked = utf16BE, true
	case bytes.HasPrefix(head, []byte{0xEF, 0xBB, 0xBF}):
		d.marked = true
	case len(head) >= 2 && head[1] == 0 && asciiMarkup(head[0]):
		d.encoding = utf16LE
	case len(head) >= 2 && head[0] == 0 && asciiMarkup(head[1]):
		d.encoding = utf16BE
	default:
		label := sniffLabel(head)
		if table := charset(label); table != nil {
			d.encoding = singleByte
			return &transcoder{in: in, table: table, label: label}, nil
		}
	}
	if d.encoding == utf8Bytes {
		return in, nil
	}
	return &transcoder{in: in, big: d.encoding == utf16BE}, nil
}

func asciiMarkup(c byte) bool { return c == '<' || isSpace(c) }

// transcoder turns UTF-16, or the single bytes of a table, into UTF-8. Unlike
// the decoders of libraries it does not replace what is no text: half a
// surrogate pair is a fault.
type transcoder struct {
	in    io.Reader
	big   bool
	table *charmap.Charmap // nil for UTF-16
	label string           // of the table
	raw   [16 << 10]byte
	p, n  int
	out   [utf8.UTFMax]byte // a character that the caller had no room for
	rest  []byte
	err   error // of in
	wrong error // found in the bytes; nothing is read behind them
}

// Read fills p with decoded text.
func (t *transcoder) Read(p []byte) (int, error) {
	done := copy(p, t.rest)
	t.rest = t.rest[done:]
	for len(t.rest) == 0 {
		done += t.ascii(p[done:])
		if len(p)-done < utf8.UTFMax && done > 0 {
			return done, nil
		}
		char, ok := t.next()
		if !ok {
			if done > 0 {
				return done, nil
			}
			if t.wrong != nil {
				return 0, t.wrong
			}
			return 0, t.err
		}
		if len(p)-done >= utf8.UTFMax {
			done += utf8.EncodeRune(p[done:], char)
			continue
		}
		n := utf8.EncodeRune(t.out[:], char)
		t.rest = t.out[copy(p[done:], t.out[:n]):n]
		done += n - len(t.rest)
	}
	return done, nil
}

// ascii copies the ASCII characters that come next in raw, which is what most
// of the text is. All tables begin with ASCII.
func (t *transcoder) ascii(p []byte) int {
	if t.wrong != nil {
		return 0
	}
	raw, n := t.raw[t.p:t.n], 0
	switch {
	case t.table != nil:
		for n < len(p) && n < len(raw) && raw[n] < utf8.RuneSelf {
			p[n] = raw[n]
			n++
		}
		t.p += n
	case t.big:
		for ; n < len(p) && len(raw) >= 2 && raw[0] == 0 && raw[1] < utf8.RuneSelf; n++ {
			p[n], raw = raw[1], raw[2:]
		}
		t.p += 2 * n
	default:
		for ; n < len(p) && len(raw) >= 2 && raw[1] == 0 && raw[0] < utf8.RuneSelf; n++ {
			p[n], raw = raw[0], raw[2:]
		}
		t.p += 2 * n
	}
	return n
}

// next reads one character.
func (t *transcoder) next() (rune, bool) {
	if t.wrong != nil {
		return 0, false
	}
	if t.table != nil {
		return t.single()
	}
	if !t.have(2) {
		if t.err == io.EOF && t.n > t.p {
			t.wrong = &brokenInput{SRCEncoding, "the document ends inside a UTF-16 character"}
		}
		return 0, false
	}
	char := rune(t.unit(t.p))
	if !utf16.IsSurrogate(char) {
		t.p += 2
		return char, true
	}
	if char < 0xDC00 {
		if t.have(4) {
			if pair := utf16.DecodeRune(char, rune(t.unit(t.p+2))); pair != utf8.RuneError {
				t.p += 4
				return pair, true
			}
		} else if t.err != io.EOF {
			return 0, false
		}
	}
	t.wrong = &brokenInput{SRCEncoding, fmt.Sprintf("half a surrogate pair (0x%04X) is not valid UTF-16", char)}
	return 0, false
}

func (t *transcoder) single() (rune, bool) {
	if !t.have(1) {
		return 0, false
	}
	c := t.raw[t.p]
	char := t.table.DecodeByte(c)
	if char == utf8.RuneError {
		t.wrong = &brokenInput{SRCEncoding, fmt.Sprintf("the byte 0x%02X is no character of %s", c, t.label)}
		return 0, false
	}
	t.p++
	return char, true
}

func (t *transcoder) unit(p int) uint16 {
	if t.big {
		return uint16(t.raw[p])<<8 | uint16(t.raw[p+1])
	}
	return uint16(t.raw[p+1])<<8 | uint16(t.raw[p])
}

// have makes sure that n bytes are there, unless t.err says why not.
func (t *transcoder) have(n int) bool {
	for t.n-t.p < n {
		if t.err != nil {
			return false
		}
		copy(t.raw[:], t.raw[t.p:t.n])
		t.n -= t.p
		t.p = 0
		k, err := t.in.Read(t.raw[t.n:])
		t.n += k
		t.err = err
	}
	return true
}
