package directory

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// page is a code page of Windows: a table of single bytes, UTF-8 or UTF-16.
type page struct {
	number int
	table  *charmap.Charmap
}

const (
	pageUTF16LE = 1200
	pageUTF16BE = 1201
	pageASCII   = 20127
	pageUTF8    = 65001
)

// codePage finds a code page by its number; 0 is UTF-8.
func codePage(number int) (page, error) {
	tables := map[int]*charmap.Charmap{
		437: charmap.CodePage437, 850: charmap.CodePage850, 852: charmap.CodePage852, 855: charmap.CodePage855,
		858: charmap.CodePage858, 860: charmap.CodePage860, 862: charmap.CodePage862, 863: charmap.CodePage863,
		865: charmap.CodePage865, 866: charmap.CodePage866, 874: charmap.Windows874,
		1250: charmap.Windows1250, 1251: charmap.Windows1251, 1252: charmap.Windows1252, 1253: charmap.Windows1253,
		1254: charmap.Windows1254, 1255: charmap.Windows1255, 1256: charmap.Windows1256, 1257: charmap.Windows1257,
		1258: charmap.Windows1258, 10000: charmap.Macintosh, 10007: charmap.MacintoshCyrillic,
		20866: charmap.KOI8R, 21866: charmap.KOI8U,
		28591: charmap.ISO8859_1, 28592: charmap.ISO8859_2, 28593: charmap.ISO8859_3, 28594: charmap.ISO8859_4,
		28595: charmap.ISO8859_5, 28596: charmap.ISO8859_6, 28597: charmap.ISO8859_7, 28598: charmap.ISO8859_8,
		28599: charmap.ISO8859_9, 28603: charmap.ISO8859_13, 28605: charmap.ISO8859_15,
	}
	switch number {
	case 0:
		return page{number: pageUTF8}, nil
	case pageUTF8, pageUTF16LE, pageUTF16BE, pageASCII:
		return page{number: number}, nil
	}
	if t := tables[number]; t != nil {
		return page{number, t}, nil
	}
	return page{}, fmt.Errorf("code page %d is not read: those of single bytes are, and 1200, 1201, 20127 and 65001", number)
}

// holds reports whether every character of a text is in the code page.
func (p page) holds(text string) bool {
	if p.number == pageASCII {
		for i := range len(text) {
			if text[i] >= utf8.RuneSelf {
				return false
			}
		}
		return true
	}
	if p.table == nil {
		return utf8.ValidString(text)
	}
	for _, r := range text {
		if _, ok := p.table.EncodeRune(r); !ok {
			return false
		}
	}
	return true
}

var (
	errCodePage = errors.New("a byte that the code page does not define")
	errNUL      = errors.New("a NUL character")
	errMark     = errors.New("a byte order mark that contradicts the code page")
)

// decoder turns a text of a code page into UTF-8. It ends with an error where
// the text is none of the page, after everything before that place.
type decoder struct {
	in   *bufio.Reader
	page page
	out  []byte // decoded and not yet handed out
	rest []byte // part of out
	err  error
}

// newDecoder compares the byte order mark of a text with its code page.
func newDecoder(src io.Reader, p page) *decoder {
	d := &decoder{in: bufio.NewReaderSize(src, 32<<10), page: p}
	head, _ := d.in.Peek(3)
	marks := []struct {
		mark   string
		number int
	}{{"\xEF\xBB\xBF", pageUTF8}, {"\xFF\xFE", pageUTF16LE}, {"\xFE\xFF", pageUTF16BE}}
	for _, m := range marks {
		if !bytes.HasPrefix(head, []byte(m.mark)) {
			continue
		}
		if m.number != p.number {
			d.err = errMark
		}
		d.in.Discard(len(m.mark))
		break
	}
	return d
}

// Read implements io.Reader.
func (d *decoder) Read(b []byte) (int, error) {
	for len(d.rest) == 0 {
		if d.err != nil {
			return 0, d.err
		}
		d.chunk()
	}
	n := copy(b, d.rest)
	d.rest = d.rest[n:]
	return n, nil
}

// chunk decodes what lies in the buffer.
func (d *decoder) chunk() {
	head, err := d.in.Peek(1)
	if len(head) == 0 {
		d.err = err
		return
	}
	raw, _ := d.in.Peek(d.in.Buffered())
	d.out = d.out[:0]
	used := 0
	switch d.page.number {
	case pageUTF8:
		used = d.utf8(raw)
	case pageUTF16LE, pageUTF16BE:
		used = d.utf16(raw)
	default:
		used = d.single(raw)
	}
	d.in.Discard(used)
	d.rest = d.out
	if used == 0 && d.err == nil {
		d.widen(len(raw))
	}
}

// widen reads on behind a character that the buffer ends in; at the end of the
// text that is half a character.
func (d *decoder) widen(have int) {
	if more, err := d.in.Peek(have + 1); len(more) == have {
		d.err = err
		if errors.Is(err, io.EOF) {
			d.err = errCodePage
		}
	}
}

func (d *decoder) single(raw []byte) int {
	for i, c := range raw {
		switch {
		case c == 0:
			d.err = errNUL
			return i
		case c < utf8.RuneSelf:
			d.out = append(d.out, c)
			continue
		}
		r := utf8.RuneError
		if d.page.table != nil {
			r = d.page.table.DecodeByte(c)
		}
		if r == utf8.RuneError {
			d.err = errCodePage
			return i
		}
		d.out = utf8.AppendRune(d.out, r)
	}
	return len(raw)
}

func (d *decoder) utf8(raw []byte) int {
	if at := bytes.IndexByte(raw, 0); at >= 0 {
		d.err = errNUL
		raw = raw[:at]
	}
	used := len(raw)
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 {
			used = i
			if d.err != nil || utf8.FullRune(raw[i:]) {
				d.err = errCodePage
			}
			break
		}
		i += n
	}
	d.out = append(d.out, raw[:used]...)
	return used
}

func (d *decoder) utf16(raw []byte) int {
	unit := func(i int) rune {
		if d.page.number == pageUTF16LE {
			return rune(raw[i]) | rune(raw[i+1])<<8
		}
		return rune(raw[i])<<8 | rune(raw[i+1])
	}
	i := 0
	for i+1 < len(raw) {
		r, n := unit(i), 2
		if utf16.IsSurrogate(r) {
			if i+3 >= len(raw) {
				break
			}
			if r, n = utf16.DecodeRune(r, unit(i+2)), 4; r == utf8.RuneError {
				d.err = errCodePage
				return i
			}
		}
		if r == 0 {
			d.err = errNUL
			return i
		}
		d.out = utf8.AppendRune(d.out, r)
		i += n
	}
	return i
}
