package rundetails

import (
	"github.com/runhist/runhist/schemas/source"
)

// Place is where an element or an attribute stands in its document. The zero
// Place belongs to what a document lacks, or to what was made by a program.
type Place struct {
	Line, Column uint32     // of the start tag or the attribute name, 1-based
	Index        uint32     // among the siblings of its name, 1-based; 0 for an attribute
	Name         source.Sym // symbol of [Vocabulary]
	up           *Place
}

// Path is the XPath that selects the element or attribute, with a position at
// every element.
func (p *Place) Path() string {
	return string(p.append(nil))
}

func (p *Place) append(path []byte) []byte {
	if p.up != nil {
		path = p.up.append(path)
	}
	switch {
	case p.Line == 0:
		return path // the document itself
	case p.Index == 0:
		return append(append(path, "/@"...), vocabulary.Name(p.Name)...)
	}
	return source.AppendStep(path, vocabulary.Name(p.Name), p.Index)
}

// Pos is the line and column of the place.
func (p *Place) Pos() source.Pos { return source.Pos{Line: p.Line, Column: p.Column} }

// At returns the place itself; types that embed a Place can be handed to
// whoever needs to know where something is.
func (p *Place) At() *Place { return p }

// Parent is the place of the element around, or nil.
func (p *Place) Parent() *Place { return p.up }

// Under returns the same place with another parent: for whoever keeps places
// longer than the nodes of the document, whose memory is used again.
func (p Place) Under(parent *Place) Place {
	p.up = parent
	return p
}
