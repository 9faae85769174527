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
)

// brokenInput is the reason of a fault that the layers below XML found.
type brokenInput struct {
	id, message string
}

func (b *brokenInput) Error() string { return b.message }

// Refuse returns an error that makes a [Reader] report a fault of that id where
// its input returns it: for whoever unpacks what the reader reads. The message
// says what is wrong, and is no sentence.
func Refuse(id, message string) error { return &brokenInput{id, message} }

// Head decodes the beginning of a document as a [Reader] does it, as far as
// raw, its first bytes, goes: at most n bytes of text, and fewer, or none, where
// a compression needs more of the document than raw has.
func Head(raw []byte, n int) []byte {
	var d decoder
	d.open(bytes.NewReader(raw))
	text := make([]byte, n)
	n, _ = io.ReadFull(&d, text)
	return text[:n]
}

const (
	headSize = 4096
	// A document that expands more than maxRatio times is a bomb, once it has
	// become larger than maxExpanded: real histories stay below a hundred.
	maxRatio    = 500
	maxExpanded = 64 << 20
	// maxDictionary bounds the memory that a compressed stream may ask for.
	maxDictionary = 32 << 20
	maxNested     = 3
	// maxEmpty is how often a reader may return nothing before it counts as
	// one that makes no progress.
	maxEmpty = 100
)

// decoder is the stack of layers below the XML: what is compressed is
// expanded, what is not UTF-8 is transcoded.
type decoder struct {
	in       io.Reader
	encoding encoding
	marked   bool // a byte order mark decided
	input    input
	raw      bufio.Reader
	failed   error
}

// open begins a new document. Errors are kept for the first Read.
func (d *decoder) open(in io.Reader) {
	d.input = input{in: in}
	d.raw.Reset(&d.input)
	d.encoding, d.marked, d.failed = utf8Bytes, false, nil
	expanded, err := d.expand(&d.raw, 0)
	if err == nil {
		d.in, err = d.transcode(expanded)
	}
	d.failed = err
}

// Read reads decoded text.
func (d *decoder) Read(p []byte) (int, error) {
	if d.failed != nil {
		return 0, d.failed
	}
	return d.in.Read(p)
}

// input is the reader that was handed in, with better manners: an error lasts,
// and a reader that returns nothing again and again is an error.
type input struct {
	in  io.Reader
	n   int64
	err error
}

func (i *input) Read(p []byte) (int, error) {
	for range maxEmpty {
		if i.err != nil || len(p) == 0 {
			return 0, i.err
		}
		n, err := i.in.Read(p)
		i.err = err
		if n < 0 || n > len(p) {
			n, i.err = 0, errors.New("the reader returned an impossible count")
		}
		if i.n += int64(n); n > 0 {
			return n, nil
		}
	}
	if i.err == nil {
		i.err = io.ErrNoProgress
	}
	return 0, i.err
}

// expand recognises compression by its first bytes. depth is how many layers
// of it are open.
func (d *decoder) expand(in *bufio.Reader, depth int) (*bufio.Reader, error) {
	head, _ := in.Peek(6)
	if what := unsupported(head); what != "" {
		return nil, &brokenInput{SRCCompression, "this is " + what + ", which is not read: unpack it first"}
	}
	e := expander{below: below{in: in}, input: &d.input}
	var err error
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		e.what = "gzip"
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		e.what = "zstd"
	default:
		return in, nil
	}
	if depth == maxNested {
		return nil, &brokenInput{SRCCompression, fmt.Sprintf("the document is compressed more than %d times over", maxNested)}
	}
	if e.what == "gzip" {
		e.in, err = gzip.NewReader(&e.below)
	} else {
		// Without concurrency there are no goroutines that would have to be
		// ended when reading stops early.
		e.in, err = zstd.NewReader(&e.below, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxDictionary), zstd.WithDecoderLowmem(true))
	}
	if err != nil {
		return nil, e.broken(err)
	}
	return d.expand(bufio.NewReaderSize(&e, 64<<10), depth+1)
}

// unsupported names an archive or compression that is recognised only.
func unsupported(head []byte) string {
	for _, known := range []struct{ magic, name string }{
		{"PK\x03\x04", "a zip archive in another compression or from a pipe"}, {"PK\x05\x06", "an empty zip archive"}, {"BZh", "bzip2"}, {"\xfd7zXZ\x00", "xz"},
		{"7z\xbc\xaf\x27\x1c", "7-Zip"}, {"Rar!", "a rar archive"}, {"\x04\x22\x4d\x18", "lz4"},
	} {
		if strings.HasPrefix(string(head), known.magic) {
			return known.name
		}
	}
	return ""
}

// below is what a compression reads from. It keeps the error of the layers
// below, which is not one of the compression.
type below struct {
	in  *bufio.Reader
	err error
}

func (b *below) Read(p []byte) (int, error) {
	n, err := b.in.Read(p)
	if err != nil && err != io.EOF {
		b.err = err
	}
	return n, err
}

// expander reads a compressed stream and refuses one that expands absurdly.
type expander struct {
	below below
	in    io.Reader
	input *input // of the document: all layers together must expand sensibly
	what  string
	n     int64
}

func (e *expander) Read(p []byte) (int, error) {
	n, err := e.in.Read(p)
	e.n += int64(n)
	switch {
	case e.n > maxExpanded && e.n > maxRatio*e.input.n:
		err = &brokenInput{SRCLimitBytes, fmt.Sprintf("the %s stream expands more than %d times, to over %s: refused as a decompression bomb", e.what, maxRatio, size(maxExpanded))}
	case err != nil && err != io.EOF:
		err = e.broken(err)
	}
	return n, err
}

func (e *expander) broken(err error) error {
	if e.below.err != nil {
		return e.below.err
	}
	if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
		return &brokenInput{SRCCompression, "the " + e.what + " stream ends early"}
	}
	return &brokenInput{SRCCompression, "the " + e.what + " stream is damaged: " + err.Error()}
}
