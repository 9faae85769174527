package xsd

import (
	"fmt"
	"slices"

	"github.com/runhist/runhist/schemas/source"
)

// mode is how the children of an open element are judged.
type mode uint8

const (
	strict  mode = iota // by the type
	lax                 // anything; what has a global declaration by that
	unknown             // the element was unexpected: look for the next known one
)

// frame is an open element.
type frame struct {
	typ      *typ
	element  *element // nil where the schema has no declaration
	mode     mode
	state    int   // of the content model
	pending  []int // positions passed over as missing, to be reported at the end
	guesses  int   // unknown children so far
	early    int   // the state that a child led to which stands too early, as was reported; 0 for none
	children bool  // simple content has child elements
	text     bool  // unexpected text was reported
}

// Matcher judges one document at a time against a schema. It is driven by the
// events of a source.Reader that uses the schema's vocabulary, and is not safe
// for concurrent use.
type Matcher struct {
	schema *Schema
	report func(Violation)
	want   func(id string) bool
	frames []frame
}

// NewMatcher returns a matcher that hands violations to report, in document
// order but for missing elements, which are known only at their parent's end.
// When want returns false for an id, the violation is reported with its ID
// alone: whoever has enough of them need not pay for the words.
func (s *Schema) NewMatcher(report func(Violation), want func(id string) bool) *Matcher {
	return &Matcher{schema: s, report: report, want: want}
}

// Reset makes the matcher begin a new document.
func (m *Matcher) Reset() { m.frames = m.frames[:0] }

// Start takes the start of an element.
func (m *Matcher) Start(r *source.Reader) {
	if len(m.frames) == 0 {
		m.root(r)
		return
	}
	top := &m.frames[len(m.frames)-1]
	switch top.mode {
	case lax:
		m.laxChild(r)
		return
	case unknown:
		if e := m.schema.upper[r.Sym()]; e != nil {
			m.open(r, e)
			return
		}
		m.push(frame{mode: unknown})
		return
	}
	if top.typ.model == nil {
		m.childOfSimple(r, top)
		return
	}
	if !r.LeadBlank() {
		m.strayText(r, top)
	}
	sym := r.Sym()
	for _, t := range top.typ.model.next[top.state] {
		if t.sym == sym {
			top.state = t.state
			m.open(r, top.typ.model.positions[t.state-1])
			return
		}
	}
	m.unexpected(r, top)
}

// open opens an element that has a declaration.
func (m *Matcher) open(r *source.Reader, e *element) {
	t := e.typ
	attrs := r.Attrs()
	if len(attrs) > 0 || t.required > 0 {
		t = m.attributes(r, e, t)
	}
	n := len(m.frames)
	if n < cap(m.frames) {
		m.frames = m.frames[:n+1]
	} else {
		m.frames = append(m.frames, frame{})
	}
	f := &m.frames[n]
	*f = frame{typ: t, element: e, pending: f.pending[:0]}
	if t.any {
		f.mode = lax
	}
}

func (m *Matcher) push(f frame) { m.frames = append(m.frames, f) }

// End takes the end of an element.
func (m *Matcher) End(r *source.Reader) {
	last := len(m.frames) - 1
	f := &m.frames[last]
	if f.mode == strict {
		m.finish(r, f)
	}
	m.frames = m.frames[:last]
}

// finish judges the content of an element at its end.
func (m *Matcher) finish(r *source.Reader, f *frame) {
	t := f.typ
	if t.model == nil {
		if f.children {
			return
		}
		if id := check(r, t.value, r.Lead()); id != "" {
			m.wrongValue(r, t, id)
		}
		return
	}
	if !r.LeadBlank() {
		m.strayText(r, f)
	}
	if !t.model.accepts[f.state] {
		path, _ := t.model.route(f.state, acceptance)
		f.pending = append(f.pending, path...)
	}
	for _, position := range f.pending {
		m.missing(r, f, position)
	}
}

// root opens the root element.
func (m *Matcher) root(r *source.Reader) {
	if e := m.schema.roots[r.Sym()]; e != nil {
		m.open(r, e)
		return
	}
	m.unexpectedRoot(r)
	m.push(frame{mode: unknown})
}

func (m *Matcher) unexpectedRoot(r *source.Reader) {
	if !m.wants(UnexpectedRoot) {
		m.report(Violation{ID: UnexpectedRoot})
		return
	}
	var names []string
	for _, e := range m.schema.roots {
		names = append(names, e.name)
	}
	slices.Sort(names)
	m.violation(r, Violation{ID: UnexpectedRoot, Type: spaceType(r.Space()),
		Message: fmt.Sprintf("the root element is <%s>%s, but must be %s", clip([]byte(r.Name())), inSpace(r), tagList(names))})
}

// laxChild opens an element in content that may be anything: it is judged
// where the schema knows it, by a global declaration or by xsi:type.
func (m *Matcher) laxChild(r *source.Reader) {
	if e := m.schema.roots[r.Sym()]; e != nil {
		m.open(r, e)
		return
	}
	for i := range r.Attrs() {
		a := &r.Attrs()[i]
		if a.Space != source.XSINamespace || string(a.Local) != "type" {
			continue
		}
		switch t := m.resolveType(r, a.Value); {
		case t == nil:
			m.unknownType(r, a)
		case !t.any:
			m.open(r, &element{name: clip([]byte(r.Name())), typ: t})
			return
		}
	}
	m.push(frame{mode: lax})
}

// childOfSimple takes a child of an element that may only have text.
func (m *Matcher) childOfSimple(r *source.Reader, top *frame) {
	if !top.children {
		m.reportUnexpected(r, false, func() string {
			return fmt.Sprintf("<%s>%s is not expected in <%s>, which holds a value and no elements", clip([]byte(r.Name())), inSpace(r), top.element.name)
		})
	}
	top.children = true
	m.push(frame{mode: unknown})
}

// strayText reports text between elements, once for each parent. White space
// by reference is white space to a schema, though not to the reader.
func (m *Matcher) strayText(r *source.Reader, f *frame) {
	if f.text || len(trim(r.Lead())) == 0 {
		return
	}
	f.text = true
	if !m.wants(UnexpectedText) {
		m.report(Violation{ID: UnexpectedText})
		return
	}
	path, element := r.Path(), r.ElementPath()
	if m.top() == f && r.Depth() > len(m.frames) { // at the start of a child
		path, element = parentOf(path), parentOf(element)
	}
	text := trim(r.Lead())
	m.report(Violation{ID: UnexpectedText, Pos: r.LeadPos(), Path: path, Element: element, Value: clip(text),
		Message: fmt.Sprintf("<%s> holds elements only, but here is the text %s", f.element.name, quote(text))})
}

func (m *Matcher) top() *frame { return &m.frames[len(m.frames)-1] }

// wrongValue reports the value of the element that ends.
func (m *Matcher) wrongValue(r *source.Reader, t *typ, id string) {
	if !m.wants(id) {
		m.report(Violation{ID: id})
		return
	}
	m.violation(r, Violation{ID: id, Type: t.named(), Value: clip(r.Lead()), Message: m.schema.complaint(t, id, r.Lead(), "<"+clip([]byte(r.Name()))+">")})
}

// missing reports that the element of a position of the content model is not
// there.
func (m *Matcher) missing(r *source.Reader, f *frame, position int) {
	if !m.wants(MissingElement) {
		m.report(Violation{ID: MissingElement})
		return
	}
	model := f.typ.model
	e := model.positions[position]
	message := fmt.Sprintf("<%s> lacks <%s>", f.element.name, e.name)
	if alternatives := model.alternatives(position); len(alternatives) > 1 {
		message = fmt.Sprintf("<%s> lacks one of %s", f.element.name, tagList(alternatives))
	} else if before := model.landmark(position); before != "" {
		message += fmt.Sprintf(", which belongs after <%s>", before)
	}
	m.violation(r, Violation{ID: MissingElement, Child: e.name, Message: message})
}

// wants asks whether a violation of this id is worth its words.
func (m *Matcher) wants(id string) bool { return m.want == nil || m.want(id) }

// violation reports a violation at the current element.
func (m *Matcher) violation(r *source.Reader, v Violation) {
	if v.Pos == (source.Pos{}) {
		v.Pos = r.Pos()
	}
	if v.Path == "" {
		v.Path = r.Path()
	}
	if v.Element == "" {
		v.Element = r.ElementPath()
	}
	m.report(v)
}

// spaceType is what Type says of an element or attribute in a namespace: that
// this is the fault.
func spaceType(space string) string {
	if space == "" {
		return ""
	}
	return "namespace"
}

// inSpace says in which namespace the current element is, if in any.
func inSpace(r *source.Reader) string {
	if r.Space() == "" {
		return ""
	}
	return fmt.Sprintf(" in the namespace %q", clip([]byte(r.Space())))
}
