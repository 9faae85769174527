package forms

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// Origin says where an input has what stands in one of its documents: text of a
// string stands at that string. A nil Origin is that of a document that is an
// input.
type Origin struct {
	spans []span // ordered by line
	cut   bool   // the document ends where something of it could not be read
}

// span is the lines of a document from a line on.
type span struct {
	line uint32
	pos  source.Pos
	ours bool // this package wrote them around what the input has
}

// At returns the place in the input of a place in the document. The zero Pos
// stays what it is.
func (o *Origin) At(p source.Pos) source.Pos {
	if o == nil || p.Line == 0 {
		return p
	}
	return o.spans[o.find(p)].pos
}

// Ours tells whether a finding at a place of the document, by its id, is about
// what this package wrote and not about the input: that an element is missing
// which the input could not have.
func (o *Origin) Ours(id string, p source.Pos) bool {
	if o == nil || p.Line == 0 || !o.spans[o.find(p)].ours {
		return false
	}
	return strings.HasPrefix(id, "XSD-") || o.cut && id == source.XMLTruncated
}

// Fault is a fault of the document as one of the input; false where it is ours.
func (o *Origin) Fault(f source.Fault) (source.Fault, bool) {
	if o == nil {
		return f, true
	}
	if o.Ours(f.ID, f.Pos) {
		return f, false
	}
	f.Pos = o.At(f.Pos)
	if strings.Contains(f.Message, " line ") {
		f.Message += ", counted in the string"
	}
	return f, true
}

func (o *Origin) find(p source.Pos) int {
	i, _ := slices.BinarySearchFunc(o.spans, p.Line, func(s span, line uint32) int {
		if s.line <= line {
			return -1
		}
		return 1
	})
	return max(i-1, 0)
}

// at is the origin of a document that stands in one string.
func at(pos source.Pos) *Origin { return &Origin{spans: []span{{line: 1, pos: pos}}} }
