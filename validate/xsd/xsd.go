// Package xsd compiles XML Schema 1.0 files into a streaming matcher.
//
// [Compile] reads a schema into types whose element content is a
// deterministic automaton; a [Matcher] runs it along the events of a
// source.Reader, one frame for each open element. Every kind of violation has
// an id of the closed list below. After a violation the matcher goes on: it
// finds the place in the content where the document seems to continue, and
// says what it expected.
//
// It follows XML Schema 1.0, second edition, with three exceptions, all inside
// content that may be anything: that an xs:ID is unique, that an xs:IDREF has
// its ID, and what schema locations say is not judged.
//
// What the schemas of this module do not use is refused at compile time, so
// nothing is passed over in silence: named groups, wildcards other than that
// of xs:anyType, substitution groups, identity constraints, xs:all, includes.
//
// Below it, datatype holds the simple types of XML Schema part 2, and libxml2
// an independent implementation to compare with. The package imports source
// and datatype. To accept another construct: parse.go reads it, compile.go
// gives it a meaning.
package xsd

import (
	"github.com/runhist/runhist/schemas/source"
)

// The ids of violations. The list is closed.
const (
	UnexpectedRoot      = "XSD-unexpected-root"
	UnexpectedElement   = "XSD-unexpected-element"
	MissingElement      = "XSD-missing-element"
	UnexpectedText      = "XSD-unexpected-text"
	Enumeration         = "XSD-enumeration"
	Pattern             = "XSD-pattern"
	Datatype            = "XSD-datatype"
	Range               = "XSD-range"
	AttributeMissing    = "XSD-attribute-missing"
	AttributeUnexpected = "XSD-attribute-unexpected"
	AttributeValue      = "XSD-attribute-value"
)

// Violation is one place where a document leaves its schema.
type Violation struct {
	ID   string
	Pos  source.Pos
	Path string // XPath with positions; ends in /@name for an attribute that is there

	// What the place is in the schema's terms, for whoever looks up what
	// stands behind it.
	Element   string // path of names without positions
	Attribute string // the attribute concerned, without @
	Child     string // the element that is missing or unexpected in Element
	Late      bool   // Child is known there, and stands behind what it belongs before
	Type      string // the nearest named type of the value; "namespace" where that is the fault

	Value   string // the value that is wrong, where one is; shortened
	Message string
}

// Schema is a compiled schema. It is immutable and safe for concurrent use.
type Schema struct {
	vocab *source.Vocabulary
	roots map[source.Sym]*element
	types map[string]*typ
	upper map[source.Sym]*element // the roots, their children and grandchildren that have element content
	anyOf *typ
	form  func(typeName string) string
}

// Vocabulary is the vocabulary that readers of documents for this schema must
// use: the one given to [Compile] with the names of the schema added.
func (s *Schema) Vocabulary() *source.Vocabulary { return s.vocab }

// element is an element declaration.
type element struct {
	name string
	sym  source.Sym
	typ  *typ
}

// typ is a type: simple, or complex with simple, element or any content.
type typ struct {
	name       string // "" for an anonymous type
	base       *typ   // nil for anyType
	simpleType bool   // a simple type: no attributes
	value      *simple
	model      *model // element content
	attributes []attribute
	required   int  // number of required attributes
	any        bool // anyType: anything, mixed, lax
}

// named is the name of the nearest named type: what a value is called.
func (t *typ) named() string {
	for ; t != nil; t = t.base {
		if t.name != "" {
			return t.name
		}
	}
	return ""
}

// derivesFrom tells whether t is base or derived from it in any steps.
func (t *typ) derivesFrom(base *typ) bool {
	for ; t != nil; t = t.base {
		if t == base {
			return true
		}
	}
	return false
}

// attribute is an attribute declaration in a type.
type attribute struct {
	name     string
	sym      source.Sym
	typ      *typ
	required bool
	fixed    string
	isFixed  bool
}
