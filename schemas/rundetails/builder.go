package rundetails

import (
	"unsafe"

	"github.com/runhist/runhist/schemas/source"
)

// element is what a builder knows of an open element.
type element interface {
	// At is where the element stands.
	At() *Place
	// attribute returns what takes the value of an attribute, or nil.
	attribute(name source.Sym) leaf
	// child returns what takes a child element, or nil to pass it over.
	child(name source.Sym, b *Builder) element
	// end is called at the end tag with the text before it.
	end(b *Builder, text []byte)
}

// leaf takes a value.
type leaf interface {
	At() *Place
	assign(value string)
}

// Builder makes the model of a document from the events of a source.Reader.
// Make one and reuse it by Reset; it is not safe for concurrent use.
type Builder struct {
	visitor  Visitor
	retain   bool
	maxBytes int
	onCut    func(at *Place)
	locate   func(source.Pos) source.Pos // nil where places stay what they are

	open []element
	skip int // open elements that are passed over

	root    Place
	history *History
	run     *Run
	step    *Step

	// One record of each kind is reused in the streaming form.
	incident    Incident
	objectError ObjectError
	importError ImportError
	exportError ExportError
	retryError  RetryError
	block       CounterBlock
	previous    Instant // date of the incident before

	attributePool pool[Attribute]
	valuePool     pool[Value]
	textPool      pool[Text]

	runText, stepText, recordText arena
	text                          *arena
}

// NewBuilder returns a builder of the streaming form. A record of more than
// maxBytes loses parts and is marked; onCut is told where it is.
func NewBuilder(v Visitor, maxBytes int, onCut func(at *Place)) *Builder {
	return &Builder{visitor: v, maxBytes: maxBytes, onCut: onCut}
}

// Locate makes f say where in an input the places of the documents to come are,
// for documents that are a part of one; nil ends that.
func (b *Builder) Locate(f func(source.Pos) source.Pos) { b.locate = f }

// Reset makes the builder begin a new document.
func (b *Builder) Reset() {
	clear(b.open)
	b.open = append(b.open[:0], (*document)(b))
	b.skip = 0
	b.history = &History{}
	if b.run == nil || b.retain {
		b.run, b.step = &Run{}, nil
	}
	b.run.History = b.history
	b.begin(&b.runText)
}

// Start takes the start of an element.
func (b *Builder) Start(r *source.Reader) {
	if b.skip > 0 {
		b.skip++
		return
	}
	top := b.open[len(b.open)-1]
	e := top.child(r.Sym(), b)
	free, inFree := top.(*Any)
	if inFree {
		free.before(b, r.Lead(), e)
	}
	if e == nil {
		b.skip = 1
		return
	}
	pos := b.pos(r.Pos())
	*e.At() = Place{Line: pos.Line, Column: pos.Column, Index: r.Index(), Name: r.Sym(), up: top.At()}
	b.open = append(b.open, e)
	if a, ok := e.(*Any); ok {
		a.begin(b, r)
		if !inFree {
			b.step.Description.Place = a.Place
		}
		return
	}
	for i := range r.Attrs() {
		a := &r.Attrs()[i]
		if a.Sym == 0 {
			continue
		}
		if l := e.attribute(a.Sym); l != nil {
			pos := b.pos(a.Pos)
			*l.At() = Place{Line: pos.Line, Column: pos.Column, Name: a.Sym, up: e.At()}
			l.assign(b.keep(a.Value))
		}
	}
}

func (b *Builder) pos(p source.Pos) source.Pos {
	if b.locate == nil {
		return p
	}
	return b.locate(p)
}

// End takes the end of an element.
func (b *Builder) End(r *source.Reader) {
	if b.skip > 0 {
		b.skip--
		return
	}
	last := len(b.open) - 1
	e := b.open[last]
	e.end(b, r.Lead())
	b.open = b.open[:last]
}

// Finish takes the end of the document.
func (b *Builder) Finish() {
	b.visitor.History(b.history)
}

// arena holds the text of one record, so that its strings need no memory each.
type arena struct {
	buf      []byte
	used     int  // of the record, memory of its nodes included
	reported bool // that the record is too large
}

func (a *arena) reset(retain bool) {
	a.used, a.reported = 0, false
	if !retain { // else the strings live on; what is written next goes behind them
		a.buf = a.buf[:0]
	}
}

// charge asks for n more bytes in the record under way.
func (b *Builder) charge(n int) bool {
	b.text.used += n
	if b.text.used <= b.maxBytes {
		return true
	}
	if !b.text.reported && b.onCut != nil {
		b.text.reported = true
		b.onCut(b.open[len(b.open)-1].At())
	}
	return false
}

// An arena grows by chunks of these sizes.
const (
	minChunk = 1 << 10
	maxChunk = 64 << 10
)

// keep copies a value into the arena. The string shares the arena's memory,
// which is written again only when the record is over; when a new chunk is
// needed, older strings keep the old one alive.
func (b *Builder) keep(value []byte) string {
	if len(value) == 0 || !b.charge(len(value)) {
		return ""
	}
	a := b.text
	if cap(a.buf)-len(a.buf) < len(value) {
		size := min(max(2*cap(a.buf), minChunk), maxChunk)
		a.buf = make([]byte, 0, max(size, len(value)))
	}
	start := len(a.buf)
	a.buf = append(a.buf, value...)
	return unsafe.String(&a.buf[start], len(value))
}

// over tells whether a record or step has lost parts because it is too large.
func (b *Builder) over(a *arena) bool { return a.used > b.maxBytes }

// begin makes the following text belong to a record or step of its own.
func (b *Builder) begin(a *arena) {
	a.reset(b.retain)
	b.text = a
}

// Runs is the number of runs that have ended so far.
func (b *Builder) Runs() int { return b.history.RunCount }
