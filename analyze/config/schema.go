package config

import (
	"slices"

	"github.com/runhist/runhist/analyze/engine"
)

// Schema is the DSML schema of an agent or of the metaverse.
type Schema struct {
	Classes    []Class
	Attributes []Attribute // document order
	// NoClassAttribute says that the source has no objectClass attribute
	// (no-objectclass-validation).
	NoClassAttribute bool

	of         string // for messages
	classes    map[string]int
	attributes map[string]int
}

// Class is an object type. References are names.
type Class struct {
	Name       string
	Type       string   // structural, abstract or auxiliary
	Attributes []string // its own, without those of superiors
	Required   []string // of those
	ImportOnly []string // of those, that cannot be exported (allowedOperation)
	Superior   string
	// Auxiliary classes and further attributes come from its content rule.
	Auxiliary []string
}

// Attribute is an attribute type.
type Attribute struct {
	Name        string
	Kind        engine.AttributeKind
	Syntax      string // as written
	MultiValued bool
	Immutable   bool
	ReadOnly    bool // user-modification="false"
	Encrypted   bool
	ExportOnly  bool
	Indexed     bool
	// RangeLower and RangeUpper bound the length of a text or a number; nil
	// where there is no bound.
	RangeLower, RangeUpper *int64

	loses string // of a value, see syntax
	at    Place
}

// Class returns the object type of a name, compared without case; nil if there
// is none.
func (s *Schema) Class(name string) *Class {
	if i, ok := s.classes[fold(name)]; ok {
		return &s.Classes[i]
	}
	return nil
}

// Attribute returns the attribute of a name, compared without case; nil if
// there is none.
func (s *Schema) Attribute(name string) *Attribute {
	if i, ok := s.attributes[fold(name)]; ok {
		return &s.Attributes[i]
	}
	return nil
}

// AttributesOf lists the attributes that objects of a type may have, in the
// order of the schema: its own, those of its superiors and those of auxiliary
// classes (SE-N10, point 3).
func (s *Schema) AttributesOf(class string) []string {
	has := make([]bool, len(s.Attributes))
	seen := map[string]bool{}
	var add func(name string)
	add = func(name string) {
		c := s.Class(name)
		if c == nil || seen[fold(name)] {
			return
		}
		seen[fold(name)] = true
		for _, a := range c.Attributes {
			if i, ok := s.attributes[fold(a)]; ok {
				has[i] = true
			}
		}
		add(c.Superior)
		for _, aux := range c.Auxiliary {
			add(aux)
		}
	}
	add(class)
	var names []string
	for i, a := range s.Attributes {
		if has[i] {
			names = append(names, a.Name)
		}
	}
	return names
}

// importOnly tells whether a type says of an attribute that it cannot be
// exported.
func (s *Schema) importOnly(class, attribute string) bool {
	c := s.Class(class)
	return c != nil && slices.ContainsFunc(c.ImportOnly, func(name string) bool { return fold(name) == fold(attribute) })
}

func (s *Schema) classNames() []string {
	names := make([]string, len(s.Classes))
	for i, c := range s.Classes {
		names[i] = c.Name
	}
	return names
}
