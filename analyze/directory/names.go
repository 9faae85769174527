package directory

import (
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// objectClass is the attribute of LDIF that says of what class an object is.
const objectClass = "objectClass"

// dropped stands for an attribute that the source does not keep: it is not in
// the schema, or the agent does not read it.
const dropped = -1

// attribute is what a source knows of one attribute.
type attribute struct {
	name   string
	kind   engine.AttributeKind
	multi  bool
	hidden bool // read, because a name or type is made of it, but not kept
}

// attributes numbers the attributes of a source: those of the schema first, in
// its order.
type attributes struct {
	list []attribute
	// byName has every spelling that was met; what was not met yet is folded
	// first.
	byName map[string]int32
	open   bool  // there is no schema: every attribute is taken as text
	class  int32 // objectClass, of LDIF
	column int32 // the object class of delimited text
	// unknown are attributes of texts that the schema does not have, in the
	// order in which they were met.
	unknown []string
}

func newAttributes(o *Options) *attributes {
	a := &attributes{byName: make(map[string]int32), open: len(o.Schema.Attributes) == 0}
	for _, s := range o.Schema.Attributes {
		if s.Excluded || s.ExportOnly {
			a.byName[strings.ToLower(s.Name)] = dropped
			continue
		}
		a.add(attribute{name: s.Name, kind: s.Kind, multi: s.MultiValued})
	}
	a.class = a.need(o, objectClass)
	a.column = a.class
	if o.Layout != nil {
		if o.Layout.ObjectClass != "" {
			a.column = a.need(o, o.Layout.ObjectClass)
		}
		for _, name := range o.Layout.DN {
			a.need(o, name)
		}
	}
	for _, name := range o.Anchor {
		a.need(o, name)
	}
	return a
}

// need returns the number of an attribute that the source has to read even if
// the agent does not.
func (a *attributes) need(o *Options, name string) int32 {
	if n, ok := a.byName[strings.ToLower(name)]; ok && n != dropped {
		return n
	}
	attr := attribute{name: name, hidden: !a.open, multi: a.open}
	for _, s := range o.Schema.Attributes {
		if strings.EqualFold(s.Name, name) {
			attr.kind, attr.multi = s.Kind, s.MultiValued
		}
	}
	return a.add(attr)
}

func (a *attributes) add(attr attribute) int32 {
	n := int32(len(a.list))
	a.list = append(a.list, attr)
	a.byName[strings.ToLower(attr.name)] = n
	return n
}

// number returns the number of an attribute, or dropped.
func (a *attributes) number(name []byte) int32 {
	if n, ok := a.byName[string(name)]; ok {
		return n
	}
	text := string(name)
	n, ok := a.byName[strings.ToLower(text)]
	if !ok {
		n = dropped
		if a.open {
			n = a.add(attribute{name: text, multi: true})
		} else {
			a.unknown = append(a.unknown, text)
		}
	}
	a.byName[text] = n
	return n
}

// types numbers the object types.
type types struct {
	list   []engine.ObjectType
	byName map[string]int32
	known  int // of list, those that the agent works with
	open   bool
}

func newTypes(o *Options) *types {
	t := &types{byName: make(map[string]int32), open: len(o.Schema.Types) == 0}
	for _, s := range o.Schema.Types {
		t.add(s)
	}
	t.known = len(t.list)
	for _, s := range o.Unselected {
		t.add(s)
	}
	return t
}

func (t *types) add(s engine.ObjectType) int32 {
	n := int32(len(t.list))
	if len(s.Hierarchy) == 0 {
		s.Hierarchy = []string{s.Name}
	}
	t.list = append(t.list, s)
	t.byName[strings.ToLower(s.Name)] = n
	return n
}

// of returns the number of the type that an export names, which is new only
// where there is no schema.
func (t *types) of(name string) (int32, bool) {
	if n, ok := t.byName[strings.ToLower(name)]; ok {
		return n, true
	}
	if !t.open {
		return 0, false
	}
	return t.add(engine.ObjectType{Name: name}), true
}

// match returns the type of an object of LDIF by its classes: the one with the
// longest hierarchy that the classes begin with, if that is all of them; else
// that of the last class that names a type. Names are compared without case.
func (t *types) match(classes []string) (int32, bool) {
	best, length := int32(-1), 0
	for n, s := range t.list {
		if len(s.Hierarchy) > length && beginsWith(classes, s.Hierarchy) {
			best, length = int32(n), len(s.Hierarchy)
		}
	}
	if length == len(classes) {
		return best, best >= 0
	}
	for i := len(classes) - 1; i >= 0; i-- {
		if n, ok := t.byName[strings.ToLower(classes[i])]; ok {
			return n, true
		}
	}
	if best < 0 && t.open {
		return t.add(engine.ObjectType{Name: classes[len(classes)-1]}), true
	}
	return best, best >= 0
}

// prefix returns the type of an object of delimited text: that of the mapping
// with the most values that the classes begin with (SE-N9, step 5).
func (t *types) prefix(classes []string, mappings []ClassMapping) (int32, bool) {
	if len(mappings) == 0 {
		best, length := int32(-1), 0
		for n, s := range t.list {
			if len(s.Hierarchy) > length && beginsWith(classes, s.Hierarchy) {
				best, length = int32(n), len(s.Hierarchy)
			}
		}
		if best < 0 {
			return t.match(classes)
		}
		return best, true
	}
	best, length := "", 0
	for _, m := range mappings {
		if len(m.Classes) > length && beginsWith(classes, m.Classes) {
			best, length = m.Type, len(m.Classes)
		}
	}
	if best == "" {
		return 0, false
	}
	return t.of(best)
}

func beginsWith(classes, hierarchy []string) bool {
	if len(classes) < len(hierarchy) {
		return false
	}
	for i, h := range hierarchy {
		if !strings.EqualFold(classes[i], h) {
			return false
		}
	}
	return true
}
