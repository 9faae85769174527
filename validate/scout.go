package validate

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd"
)

// The scout reads this much of a document before it chooses: bytes as they
// come, and characters' bytes when they are decoded or unpacked. That is more
// than most histories have, and as much memory as a worker may hold for it. A
// file could be opened twice and read to its end, standard input could not; one
// way for both gives one answer for both.
const (
	lookAhead        = 4 << 20
	lookAheadDecoded = 16 << 20
)

// scout chooses the profile of a document: the one whose schema objects to the
// fewest kinds of things in what it reads of it. What tells the products apart
// is what their schemas differ in, so no other table is needed: the order of
// the children of import-error, values that one schema has, several runs. Where
// none objects less than upsmods, it is upsmods.
type scout struct {
	standards []*standard // upsmods first
	matchers  []*xsd.Matcher
	objected  []objections // parallel to standards
	forms     *forms.Documents
	reader    *source.Reader
	head      bytes.Buffer
	decoded   int
}

// objections are what a schema objects to in a document.
type objections struct {
	kinds map[objection]bool
	order []noted
}

// noted is the first of its kind in the document.
type noted struct {
	kind    objection
	line    uint32
	message string
}

// objection is a kind of thing: a fault at a place of the schema, however often
// the document has it. Values count one by one where they are of a list.
type objection struct{ id, element, child, attribute, value string }

// maxKinds is where counting ends: a document with more objections is none of
// any product.
const maxKinds = 256

// newScout returns a scout over standards, upsmods first. The last one has the
// names of all of them.
func newScout(standards []*standard, limits source.Limits) *scout {
	s := &scout{standards: standards, objected: make([]objections, len(standards))}
	s.forms = forms.NewDocuments(limits, func(source.Fault) {})
	s.reader = source.NewReader(standards[len(standards)-1].schema.Vocabulary(), limits, func(source.Fault) {})
	s.reader.CopyTo(func(decoded []byte) { s.decoded += len(decoded) })
	for i, standard := range standards {
		o := &s.objected[i]
		o.kinds = map[objection]bool{}
		s.matchers = append(s.matchers, standard.schema.NewMatcher(o.add, func(string) bool { return len(o.kinds) < maxKinds }))
	}
	return s
}

func (o *objections) add(v xsd.Violation) {
	if len(o.kinds) >= maxKinds {
		return
	}
	kind := objection{id: v.ID, element: v.Element, child: v.Child, attribute: v.Attribute}
	if v.ID == xsd.Enumeration {
		kind.value = v.Value
	}
	if !o.kinds[kind] {
		o.kinds[kind] = true
		o.order = append(o.order, noted{kind, v.Pos.Line, v.Message})
	}
}

// choose reads the beginning of a document. It returns the profile, why it is
// that, and a reader of the whole document.
func (s *scout) choose(in io.Reader) (p Profile, because string, whole io.Reader) {
	s.head.Reset()
	_, err := io.CopyN(&s.head, in, lookAhead)
	whole = io.MultiReader(bytes.NewReader(s.head.Bytes()), in)
	if err != nil && !errors.Is(err, io.EOF) {
		whole = io.MultiReader(bytes.NewReader(s.head.Bytes()), broken{err})
	}
	complete := s.read() && err != nil
	best := 0
	for i := range s.objected {
		if len(s.objected[i].kinds) < len(s.objected[best].kinds) {
			best = i
		}
	}
	return s.standards[best].profile, s.because(best, complete), whole
}

// broken is the rest of an input that could not be read.
type broken struct{ err error }

func (b broken) Read([]byte) (int, error) { return 0, b.err }

// read shows what was read of the document to the matchers. It tells whether
// that was all of what there is.
func (s *scout) read() bool {
	s.decoded = 0
	s.forms.Reset(bytes.NewReader(s.head.Bytes()))
	for i := range s.objected {
		clear(s.objected[i].kinds)
		s.objected[i].order = s.objected[i].order[:0]
	}
	for {
		document, err := s.forms.Next()
		if err != nil {
			return true
		}
		if !s.events(document) {
			return false
		}
	}
}

// events shows a document to the matchers. It tells whether that was all of it.
func (s *scout) events(document io.Reader) bool {
	s.reader.Reset(document)
	for _, m := range s.matchers {
		m.Reset()
	}
	for s.decoded < lookAheadDecoded {
		switch s.reader.Next() {
		case source.StartElement:
			for _, m := range s.matchers {
				m.Start(s.reader)
			}
		case source.EndElement:
			for _, m := range s.matchers {
				m.End(s.reader)
			}
		default:
			return true
		}
	}
	return false
}

// because says why the document is judged by a profile.
func (s *scout) because(best int, complete bool) string {
	within := ""
	if !complete {
		within = fmt.Sprintf(" in the first %d MB", lookAhead>>20)
	}
	first, chosen := &s.objected[0], &s.objected[best]
	switch {
	case len(first.kinds) == 0:
		return fmt.Sprintf("its schema has no objection%s", within)
	case best == 0:
		return fmt.Sprintf("no other schema has fewer objections%s", within)
	}
	// There are more of them, so one at least is not shared.
	i := slices.IndexFunc(first.order, func(n noted) bool { return !chosen.kinds[n.kind] })
	return fmt.Sprintf("its schema has %s%s, that of %s has %d: line %d, %s", count(len(chosen.kinds)), within,
		s.standards[0].profile, len(first.kinds), first.order[i].line, first.order[i].message)
}

func count(objections int) string {
	switch objections {
	case 0:
		return "no objection"
	case 1:
		return "1 objection"
	}
	return fmt.Sprintf("%d objections", objections)
}
