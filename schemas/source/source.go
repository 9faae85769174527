// Package source turns bytes into positioned markup: it decompresses, decodes
// to UTF-8, and reads XML 1.0 with namespaces strictly, in one pass and in
// bounded memory.
//
// A [Reader] hands out two events, the start and the end of an element. The
// character data between two tags travels with the later of them as its lead:
// the value of a leaf is the lead of its end. Comments, processing
// instructions and CDATA sections leave no trace but their text, because no
// reader of run histories may depend on them.
//
// What is wrong with the bytes is a [Fault]: a value with an id of the closed
// list in fault.go, a place and a message. Document type declarations are
// refused, so no entity is ever expanded and nothing outside is ever read.
//
// Neither events nor faults depend on how the bytes arrive: the window that the
// text passes through may end anywhere. It grows for a tag that is longer, and
// no document makes the reader hold more than a few times [Limits].Value.
//
// The package imports nothing of this module. To accept another compression,
// extend decode.go; another encoding, charset.go and transcode.go; another
// limit belongs into [Limits] with an id of its own.
//
// The package is stable: the README says what that means.
package source

import "io"

// Kind is what [Reader.Next] found.
type Kind uint8

const (
	// Stop means that reading ended early: a fatal fault was reported, or the
	// underlying reader failed (see [Reader.Err]).
	Stop Kind = iota
	// StartElement is a start tag, or the first half of an empty-element tag.
	StartElement
	// EndElement is an end tag, or the second half of an empty-element tag.
	EndElement
	// EndDocument is the well-formed end of the document.
	EndDocument
)

// Limits bound what a document may ask of its reader. The zero Limits lets
// nothing through: begin with [DefaultLimits].
type Limits struct {
	Bytes      int64 // decoded bytes of a document; 0 means no limit
	Depth      int   // nested elements
	Attributes int   // attributes of one element, namespace declarations included
	Value      int   // bytes of one value: the text between two tags, line ends normalised, or one tag as written
}

// DefaultLimits are the limits of design for documents from unknown hands.
func DefaultLimits() Limits {
	return Limits{Depth: 256, Attributes: 256, Value: 64 << 20}
}

// Pos is a place in the decoded text: line and column, both 1-based; a column
// counts characters (code points). The zero Pos means no place. Behind four
// billion lines, or columns of one line, the numbers begin again.
type Pos struct {
	Line, Column uint32
}

// Attr is one attribute of a start tag. Its slices are valid until the next
// call of [Reader.Next].
type Attr struct {
	Sym   Sym    // symbol of the name when it is in no namespace and known, else 0
	Name  []byte // as written, prefix included
	Local []byte // without prefix
	Space string // namespace name; [XMLNSNamespace] for declarations
	Value []byte // normalised as XML 1.0 section 3.3.3 says for CDATA
	Pos   Pos    // of the first character of the name
}

// Names of the namespaces that a reader knows without a declaration, and the
// one that schema instances use.
const (
	XMLNamespace   = "http://www.w3.org/XML/1998/namespace"
	XMLNSNamespace = "http://www.w3.org/2000/xmlns/"
	XSINamespace   = "http://www.w3.org/2001/XMLSchema-instance"
)

// Reader reads one document at a time. It is made once and reused by
// [Reader.Reset]; it is not safe for concurrent use.
type Reader struct {
	vocab   *Vocabulary
	limits  Limits
	onFault func(Fault)

	window
	decoder decoder

	// the event last handed out
	kind      Kind
	tagPos    Pos
	attrs     []Attr
	values    []byte // normalised attribute values that differ from the window
	selfClose bool   // an end event is owed for an empty-element tag
	popOwed   bool   // the frame of the ended element still stands

	lead  lead
	noted noted

	frames   []frame
	siblings []sibling // counts of repeated children, owned by the frames
	bindings []binding
	bound    map[string]int32    // by prefix: 1 + the index of its binding
	held     int                 // bytes of names and bindings of the open elements
	seen     map[string]struct{} // names in a tag of many attributes
	names    map[string]string   // interned names that the vocabulary lacks
	guess    []Sym               // the element that last followed a given one
	lastSym  Sym

	copyTo    func(decoded []byte)
	sawMarkup bool // a '<' was met
	sawRoot   bool
	stopped   bool
	err       error
}

// NewReader returns a reader of documents whose known names are those of
// vocab. Faults are handed to onFault as they are met, in document order.
func NewReader(vocab *Vocabulary, limits Limits, onFault func(Fault)) *Reader {
	limits.Value = max(limits.Value, 1)
	return &Reader{
		window:  window{size: windowSize},
		vocab:   vocab,
		limits:  limits,
		onFault: onFault,
		guess:   make([]Sym, vocab.Len()+1),
		names:   make(map[string]string),
		bound:   make(map[string]int32),
		seen:    make(map[string]struct{}),
	}
}

// maxKept bounds the memory that one huge value may make a reader hold while
// it reads further documents.
const maxKept = 1 << 20

// Reset makes the reader read a new document from in.
func (r *Reader) Reset(in io.Reader) {
	r.kind, r.tagPos = Stop, Pos{}
	r.attrs, r.values = r.attrs[:0], r.values[:0]
	r.selfClose, r.popOwed, r.sawMarkup, r.sawRoot, r.stopped = false, false, false, false, false
	r.frames, r.siblings, r.bindings = r.frames[:0], r.siblings[:0], r.bindings[:0]
	clear(r.bound)
	r.held = 0
	r.lead.reset(0)
	r.noted = noted{}
	r.lastSym, r.err = 0, nil
	clear(r.guess)
	if len(r.names) > 0 {
		clear(r.names)
	}
	if cap(r.lead.copied) > maxKept {
		r.lead.copied = nil
	}
	if cap(r.values) > maxKept || cap(r.buf) > r.size+slack {
		r.values, r.attrs = nil, nil // attributes of before would keep the buffers
	}
	if len(r.seen) > 0 {
		r.seen = make(map[string]struct{})
	}
	r.window.reset()
	r.decoder.open(in)
	r.skipMark()
}

// CopyTo makes the reader show every piece of decoded text to f as it is read,
// before it is judged; nil ends that. f must not keep the piece.
func (r *Reader) CopyTo(f func(decoded []byte)) { r.copyTo = f }

// Err returns the error of the underlying reader that made [Reader.Next]
// return [Stop], or nil when a fault did.
func (r *Reader) Err() error { return r.err }

// Depth is the number of open elements, the current one included, also at its
// end.
func (r *Reader) Depth() int { return len(r.frames) }

// The current element, which the methods from here to TagPos are about, is
// that of the last event; there is none before the first event and after the
// last, and asking for it then panics.

// Sym is the symbol of the current element, or 0 when the vocabulary lacks it
// or it is in a namespace.
func (r *Reader) Sym() Sym { return r.frames[len(r.frames)-1].sym }

// Name is the name of the current element as written.
func (r *Reader) Name() string { return r.frames[len(r.frames)-1].name }

// Space is the namespace name of the current element, "" for none.
func (r *Reader) Space() string { return r.frames[len(r.frames)-1].space }

// Index is the 1-based position of the current element: among its siblings of
// the same name where Sym is not 0, else among all its siblings.
func (r *Reader) Index() uint32 { return r.frames[len(r.frames)-1].index }

// Pos is the place of the start tag of the current element.
func (r *Reader) Pos() Pos { return r.frames[len(r.frames)-1].pos }

// TagPos is the place of the tag that made the last event: that of the end
// tag at an end.
func (r *Reader) TagPos() Pos { return r.tagPos }

// Attrs are the attributes of the current start tag, in document order. They
// are valid until the next call of [Reader.Next].
func (r *Reader) Attrs() []Attr { return r.attrs }

// BytesRead is the number of decoded bytes consumed so far.
func (r *Reader) BytesRead() int64 { return r.base + int64(r.p) }

// Next reads up to the next start or end of an element.
func (r *Reader) Next() Kind {
	if r.stopped {
		return Stop
	}
	if r.selfClose {
		r.selfClose, r.popOwed = false, true
		r.attrs = r.attrs[:0]
		r.lead.reset(r.p)
		r.kind = EndElement
		return EndElement
	}
	if r.popOwed {
		r.pop()
	}
	r.kind = r.scan()
	if r.kind == Stop {
		r.stopped = true
		r.attrs = r.attrs[:0]
		r.lead.reset(r.p)
	}
	return r.kind
}

// scan reads character data, comments and the like up to the next tag.
func (r *Reader) scan() Kind {
	r.lead.reset(r.p)
	for {
		if !r.text() {
			return Stop
		}
		if r.p == r.end {
			return r.endOfInput()
		}
		// r.p is at a '<'
		r.sawMarkup = true
		if r.p+1 == r.end && !r.more() {
			r.truncated("after <")
			return Stop
		}
		switch r.buf[r.p+1] {
		case '/':
			return r.endTag()
		case '!':
			if !r.declaration() {
				return Stop
			}
		case '?':
			if !r.instruction() {
				return Stop
			}
		default:
			return r.startTag()
		}
	}
}

// endOfInput judges the end of the bytes: it is well-formed only after a root.
func (r *Reader) endOfInput() Kind {
	switch {
	case r.giveUp():
		return Stop
	case len(r.frames) > 0:
		f := &r.frames[len(r.frames)-1]
		r.fatalf(XMLTruncated, r.here(r.p), "the document ends inside <%s> of line %d", clip([]byte(f.name), 60), f.pos.Line)
		return Stop
	case !r.sawMarkup:
		r.fatalf(SRCEmpty, Pos{1, 1}, "there is nothing to read: %s", r.emptiness())
		return Stop
	case !r.sawRoot:
		r.fatalf(XMLRoot, r.here(r.p), "the document has no root element")
		return Stop
	}
	return EndDocument
}

func (r *Reader) emptiness() string {
	switch r.BytesRead() {
	case 0:
		return "the input is empty"
	case r.markLength:
		return "the input is a byte order mark only"
	}
	return "the input is white space only"
}
