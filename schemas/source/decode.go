package source

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
)

// brokenInput is the reason of a fault that the layers below XML found.
type brokenInput struct {
	id, message string
}

func (b *brokenInput) Error() string { return b.message }

func isEOF(err error) bool { return errors.Is(err, io.EOF) }

const (
	headSize = 4096
	// A document that expands more than maxRatio times is a bomb, once it has
	// become larger than maxExpanded: real histories stay below a hundred.
	maxRatio    = 500
	maxExpanded = 64 << 20
	// maxWindow bounds the memory that a compressed stream may ask for.
	maxWindow = 32 << 20
	maxNested = 3
)

// decoder is the stack of layers below the XML: what is compressed is
// expanded, what is not UTF-8 is transcoded.
type decoder struct {
	in       io.Reader
	encoding encoding
	marked   bool // a byte order mark decided
	raw      bufio.Reader
	failed   error
}

// encoding is how the bytes are written.
type encoding uint8

const (
	utf8Bytes encoding = iota
	utf16LE
	utf16BE
	singleByte // as the label says
)

// open begins a new document. Errors are kept for the first Read.
func (d *decoder) open(in io.Reader) {
	d.raw.Reset(in)
	d.encoding, d.marked, d.failed = utf8Bytes, false, nil
	d.in, d.failed = d.expand(&d.raw, maxNested)
	if d.failed == nil {
		d.in = d.transcode(d.in)
	}
}

// Read reads decoded text.
func (d *decoder) Read(p []byte) (int, error) {
	if d.failed != nil {
		return 0, d.failed
	}
	return d.in.Read(p)
}

// expand recognises compression by its first bytes.
func (d *decoder) expand(in *bufio.Reader, nested int) (io.Reader, error) {
	head, err := in.Peek(6)
	if err != nil && !isEOF(err) && len(head) == 0 {
		return nil, err
	}
	counted := &counter{in: in}
	var out io.Reader
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(counted)
		if err != nil {
			return nil, counted.broken("gzip", err)
		}
		out = &expander{in: z, counter: counted, what: "gzip"}
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(counted, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderLowmem(true))
		if err != nil {
			return nil, counted.broken("zstd", err)
		}
		out = &expander{in: z, counter: counted, what: "zstd", close: z.Close}
	default:
		if what := unsupported(head); what != "" {
			return nil, &brokenInput{SRCCompression, "this is " + what + ", which is not read: unpack it first"}
		}
		return in, nil
	}
	if nested == 0 {
		return nil, &brokenInput{SRCCompression, fmt.Sprintf("the document is compressed more than %d times over", maxNested)}
	}
	return d.expand(bufio.NewReaderSize(out, 64<<10), nested-1)
}

// unsupported names an archive or compression that is recognised only.
func unsupported(head []byte) string {
	for _, known := range []struct{ magic, name string }{
		{"PK\x03\x04", "a zip archive"}, {"BZh", "bzip2"}, {"\xfd7zXZ\x00", "xz"}, {"7z\xbc\xaf\x27\x1c", "7-Zip"}, {"Rar!", "a rar archive"},
	} {
		if strings.HasPrefix(string(head), known.magic) {
			return known.name
		}
	}
	return ""
}

// counter counts the bytes below a compression and keeps their error, which
// is not one of the compression.
type counter struct {
	in  io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.in.Read(p)
	c.n += int64(n)
	if err != nil && !isEOF(err) {
		c.err = err
	}
	return n, err
}

func (c *counter) broken(what string, err error) error {
	if c.err != nil {
		return c.err
	}
	if errors.Is(err, io.ErrUnexpectedEOF) || isEOF(err) {
		return &brokenInput{SRCCompression, "the " + what + " stream ends early"}
	}
	return &brokenInput{SRCCompression, "the " + what + " stream is damaged: " + err.Error()}
}

// expander reads a compressed stream and refuses one that expands absurdly.
type expander struct {
	in      io.Reader
	counter *counter
	what    string
	n       int64
	close   func()
}

func (e *expander) Read(p []byte) (int, error) {
	n, err := e.in.Read(p)
	e.n += int64(n)
	if err == nil && e.n > maxExpanded && e.n > maxRatio*e.counter.n {
		err = &brokenInput{SRCLimitBytes, fmt.Sprintf("the %s stream expands more than %d times, to over %s: refused as a decompression bomb", e.what, maxRatio, size(maxExpanded))}
	} else if err != nil && !isEOF(err) {
		err = e.counter.broken(e.what, err)
	}
	if err != nil && e.close != nil {
		e.close()
		e.close = nil
	}
	return n, err
}

// transcode recognises the encoding by mark, by the first characters and by
// the label, in this order.
func (d *decoder) transcode(in io.Reader) io.Reader {
	r, ok := in.(*bufio.Reader)
	if !ok {
		r = bufio.NewReaderSize(in, headSize)
	}
	head, _ := r.Peek(headSize)
	switch {
	case bytes.HasPrefix(head, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(head, []byte{0, 0, 0xFE, 0xFF}),
		bytes.HasPrefix(head, []byte("<\x00\x00\x00")), bytes.HasPrefix(head, []byte("\x00\x00\x00<")):
		d.failed = &brokenInput{SRCEncoding, "this is UTF-32, which is not read: save it as UTF-8"}
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
		if table := charset(sniffLabel(head)); table != nil {
			d.encoding = singleByte
			return table.NewDecoder().Reader(r)
		}
	}
	if d.encoding == utf16LE || d.encoding == utf16BE {
		return &utf16Reader{in: r, big: d.encoding == utf16BE}
	}
	return r
}

func asciiMarkup(c byte) bool { return c == '<' || isSpace(c) }

// name says what the bytes were taken for, in messages.
func (d *decoder) name() string {
	return "valid UTF-8"
}

// sniffLabel finds the encoding that an XML declaration in ASCII names.
func sniffLabel(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	end := bytes.Index(head, []byte("?>"))
	if end < 0 {
		return ""
	}
	label, _ := parseDeclaration(string(head[5:end]))
	return label
}

// charset is the table of a single-byte encoding that XML files of this field
// are met in, or nil.
func charset(label string) *charmap.Charmap {
	switch strings.ToLower(label) {
	case "iso-8859-1", "latin1", "iso_8859-1", "l1":
		return charmap.ISO8859_1
	case "windows-1252", "cp1252":
		return charmap.Windows1252
	case "windows-1250", "cp1250":
		return charmap.Windows1250
	case "windows-1251", "cp1251":
		return charmap.Windows1251
	case "iso-8859-2", "latin2":
		return charmap.ISO8859_2
	case "iso-8859-15":
		return charmap.ISO8859_15
	}
	return nil
}

// contradicts compares the label of the XML declaration with what the bytes
// are: a message when they differ, and whether nothing can be read because
// the encoding is unknown.
func (d *decoder) contradicts(label string) (message string, fatal bool) {
	actual := [...]string{"UTF-8", "UTF-16 (little-endian)", "UTF-16 (big-endian)", ""}[d.encoding]
	fits := false
	switch strings.ToLower(label) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		fits = d.encoding == utf8Bytes
	case "utf-16", "utf16", "unicode", "ucs-2", "iso-10646-ucs-2":
		fits = d.encoding == utf16LE || d.encoding == utf16BE
	case "utf-16le", "unicodefffe":
		fits = d.encoding == utf16LE
	case "utf-16be":
		fits = d.encoding == utf16BE
	case "utf-32", "ucs-4", "iso-10646-ucs-4", "utf-32le", "utf-32be":
	default:
		if d.encoding == singleByte {
			return "", false
		}
		if d.encoding == utf8Bytes && !d.marked {
			return fmt.Sprintf("the encoding %q is not one that is read: save the document as UTF-8", label), true
		}
	}
	if fits {
		return "", false
	}
	return fmt.Sprintf("the declaration says %s but the bytes are %s; the document is read as that", label, actual), false
}
