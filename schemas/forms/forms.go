// Package forms turns what people have into run-history documents. One input,
// a file or a member of an archive, holds one document or many:
//
//	a document of its own                    one document, untouched
//	PowerShell CLIXML with XML in strings    one document for each history in a string, and
//	                                         one for each run that objects tell of in pieces
//
// [Documents] hands them out one after the other. Whoever reads histories does
// it so, and no other way:
//
//	docs := forms.NewDocuments(limits, onFault) // once; reused for input after input
//	docs.Reset(in)
//	for {
//		doc, err := docs.Next()
//		if err == io.EOF {
//			break
//		}
//		... err is that of in; read doc to its end with a source.Reader
//	}
//
// Places in a document are those of the input where [Document].Origin is nil;
// else it says where the input has what stands at a place. README.md has the
// tables of what becomes what in CLIXML.
//
// [OpenArchive] lists the documents of a zip archive, each of which is an input.
//
// Compression and encodings are the business of package source below. To accept
// another form: recognise it by its first bytes in [Documents.Reset], and hand
// out its documents in a type beside clixml. The package knows no files, and
// imports only source of this module.
//
// The package is stable: the README says what that means.
package forms

import (
	"bytes"
	"errors"
	"io"

	"github.com/runhist/runhist/schemas/source"
)

// Document is one XML document of an input: what a source.Reader reads. It is
// valid until the next call of [Documents.Next].
type Document struct {
	io.Reader
	Origin *Origin // nil where places in the document are those of the input
}

// Documents are the documents of an input. Make one and reuse it by Reset; it
// is not safe for concurrent use.
type Documents struct {
	limits  source.Limits
	onFault func(source.Fault)
	in      beginning
	owed    bool    // the input is a document, and was not handed out
	clixml  *clixml // made when there is some
	inside  bool    // the input is CLIXML
	sole    Document
}

// NewDocuments returns a reader of inputs. What is wrong with an input around
// its documents is handed to onFault, with places of the input; what is wrong
// with a document is for whoever reads that.
func NewDocuments(limits source.Limits, onFault func(source.Fault)) *Documents {
	return &Documents{limits: limits, onFault: onFault}
}

// How many bytes of an input are looked at: of plain text, and of a compressed
// input, which must have enough of them to expand.
const (
	headText       = 512
	headCompressed = 64 << 10
)

// Reset begins a new input and reads a little of it.
func (d *Documents) Reset(in io.Reader) {
	d.in.reset(in)
	d.owed, d.inside = true, false
	head := d.in.peek(headText)
	text := bytes.TrimPrefix(head, []byte("\ufeff"))
	if veiled(head) {
		text = bytes.TrimPrefix(source.Head(d.in.peek(headCompressed), headText), []byte("\ufeff"))
	}
	switch {
	case bytes.HasPrefix(text, []byte(preamble)):
		if !d.in.blank(preamble) {
			return
		}
	case firstElement(text) != "Objs":
		return
	}
	d.owed, d.inside = false, true
	if d.clixml == nil {
		d.clixml = newCLIXML(d.limits, func(f source.Fault) { d.onFault(f) })
	}
	d.clixml.reset(&d.in)
}

// Next returns the next document; the error is io.EOF behind the last one, or
// that of the input.
func (d *Documents) Next() (*Document, error) {
	switch {
	case d.inside:
		return d.clixml.next()
	case d.owed:
		d.owed = false
		d.sole = Document{Reader: &d.in}
		return &d.sole, nil
	}
	return nil, io.EOF
}

// veiled tells whether an input must be decoded before its text can be seen.
func veiled(head []byte) bool {
	for _, magic := range []string{"\x1f\x8b", "\x28\xb5\x2f\xfd", "\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(head, []byte(magic)) {
			return true
		}
	}
	return len(head) >= 2 && (head[0] == 0 || head[1] == 0)
}

// beginning is an input of which some was looked at.
type beginning struct {
	in    io.Reader
	ahead []byte // read, and not handed on
	err   error  // behind it
	kept  []byte // the memory of ahead
}

func (b *beginning) reset(in io.Reader) {
	if cap(b.kept) == 0 {
		b.kept = make([]byte, 0, headText)
	}
	b.in, b.err, b.ahead = in, nil, b.kept[:0]
}

// maxEmpty is how often a reader may return nothing before it is left to whoever
// reads on.
const maxEmpty = 100

// peek returns the first n bytes, or as many as there are.
func (b *beginning) peek(n int) []byte {
	if cap(b.ahead) < n {
		b.ahead = append(make([]byte, 0, n), b.ahead...)
	}
	for empty := 0; len(b.ahead) < n && b.err == nil && empty < maxEmpty; {
		room := b.ahead[len(b.ahead):n]
		got, err := b.in.Read(room)
		if got < 0 || got > len(room) {
			got, err = 0, errors.New("the reader returned an impossible count")
		}
		b.err = err
		b.ahead = b.ahead[:len(b.ahead)+got]
		if got == 0 {
			empty++
		}
	}
	return b.ahead
}

// blank writes blanks over a word that the input begins with, whatever its
// encoding; false where the bytes do not show it.
func (b *beginning) blank(word string) bool {
	at := 0
	for i := 0; i < len(b.ahead) && i < 4*len(word) && at < len(word); i++ {
		if b.ahead[i] == word[at] {
			b.ahead[i] = ' '
			at++
		}
	}
	return at == len(word)
}

// Read reads what was looked at again, and what follows.
func (b *beginning) Read(p []byte) (int, error) {
	if len(b.ahead) > 0 {
		n := copy(p, b.ahead)
		b.ahead = b.ahead[n:]
		return n, nil
	}
	if b.err != nil {
		return 0, b.err
	}
	return b.in.Read(p)
}
