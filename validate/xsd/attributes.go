package xsd

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/datatype"
)

// attributes judges the attributes of the current start tag, which are
// declared by t or by the type that xsi:type names; it returns that type.
func (m *Matcher) attributes(r *source.Reader, e *element, t *typ) *typ {
	attrs := r.Attrs()
	for i := range attrs {
		if attrs[i].Space == source.XSINamespace {
			t = m.instanceAttribute(r, &attrs[i], e, t)
		}
	}
	if t.any {
		return t
	}
	required := 0
	for i := range attrs {
		a := &attrs[i]
		if a.Space == source.XMLNSNamespace || a.Space == source.XSINamespace && isInstanceAttribute(a.Local) {
			continue
		}
		decl := t.attribute(a)
		if decl == nil {
			m.unexpectedAttribute(r, a, t, e)
			continue
		}
		if decl.required {
			required++
		}
		m.attributeValue(r, a, decl)
	}
	if required < t.required {
		m.missingAttributes(r, t, e)
	}
	return t
}

// attribute finds the declaration of an attribute, or nil.
func (t *typ) attribute(a *source.Attr) *attribute {
	if a.Sym == 0 {
		return nil
	}
	for i := range t.attributes {
		if t.attributes[i].sym == a.Sym {
			return &t.attributes[i]
		}
	}
	return nil
}

// inOtherLetters tells whether an attribute is the declared one but for capital
// and small letters: one fault, and not one too many and one too few.
func (d *attribute) inOtherLetters(a *source.Attr) bool {
	return a.Space == "" && a.Sym != d.sym && strings.EqualFold(string(a.Local), d.name)
}

// attributeInOtherLetters finds the declaration that an attribute misspells so,
// or nil.
func (t *typ) attributeInOtherLetters(a *source.Attr) *attribute {
	for i := range t.attributes {
		if t.attributes[i].inOtherLetters(a) {
			return &t.attributes[i]
		}
	}
	return nil
}

func (m *Matcher) attributeValue(r *source.Reader, a *source.Attr, decl *attribute) {
	if decl.isFixed {
		if string(a.Value) != decl.fixed {
			m.attributeViolation(r, a, AttributeValue, decl.typ.named(), func() string {
				return fmt.Sprintf("the attribute %s is %s, but must be %q", decl.name, quote(a.Value), decl.fixed)
			})
		}
		return
	}
	if id := check(r, decl.typ.value, a.Value); id != "" {
		m.attributeViolation(r, a, AttributeValue, decl.typ.named(), func() string {
			return m.schema.complaint(decl.typ, id, a.Value, "the attribute "+decl.name)
		})
	}
}

// attributeViolation reports an attribute that is there.
func (m *Matcher) attributeViolation(r *source.Reader, a *source.Attr, id, typeName string, message func() string) {
	if !m.wants(id) {
		m.report(Violation{ID: id})
		return
	}
	m.violation(r, Violation{ID: id, Pos: a.Pos, Path: r.Path() + attributeStep(a), Attribute: string(a.Name),
		Type: typeName, Value: clip(a.Value), Message: message()})
}

// attributeStep is the last step of the path to an attribute; one in a
// namespace is found by its local name.
func attributeStep(a *source.Attr) string {
	if a.Space == "" {
		return "/@" + string(a.Name)
	}
	return fmt.Sprintf("/@*[local-name()='%s']", a.Local)
}

func (m *Matcher) unexpectedAttribute(r *source.Reader, a *source.Attr, t *typ, e *element) {
	if decl := t.attributeInOtherLetters(a); decl != nil && m.wants(AttributeUnexpected) {
		m.violation(r, Violation{ID: AttributeUnexpected, Pos: a.Pos, Path: r.Path() + attributeStep(a), Attribute: decl.name,
			Type: decl.typ.named(), Value: clip(a.Value), Message: fmt.Sprintf("<%s> has the attribute %s, which must be spelt %s", e.name, clip(a.Name), decl.name)})
		return
	}
	m.attributeViolation(r, a, AttributeUnexpected, spaceType(a.Space), func() string {
		var names []string
		for _, known := range t.attributes {
			names = append(names, known.name)
		}
		name := clip(a.Name)
		if a.Space != "" {
			name += fmt.Sprintf(" in the namespace %q", clip([]byte(a.Space)))
		}
		near := nearest(string(a.Local), names, 3)
		switch {
		case len(names) == 0:
			return fmt.Sprintf("<%s> may have no attributes, but has %s", e.name, name)
		case near != "":
			return fmt.Sprintf("<%s> may not have the attribute %s: did you mean %s?", e.name, name, near)
		}
		return fmt.Sprintf("<%s> may not have the attribute %s, only %s", e.name, name, orJoin(names))
	})
}

func (m *Matcher) missingAttributes(r *source.Reader, t *typ, e *element) {
next:
	for i := range t.attributes {
		decl := &t.attributes[i]
		if !decl.required {
			continue
		}
		for j := range r.Attrs() {
			if a := &r.Attrs()[j]; a.Sym == decl.sym || decl.inOtherLetters(a) {
				continue next
			}
		}
		if !m.wants(AttributeMissing) {
			m.report(Violation{ID: AttributeMissing})
			continue
		}
		m.violation(r, Violation{ID: AttributeMissing, Attribute: decl.name, Type: decl.typ.named(),
			Message: fmt.Sprintf("<%s> lacks the attribute %s", e.name, decl.name)})
	}
}

// isInstanceAttribute tells the four attributes that any element may have.
func isInstanceAttribute(local []byte) bool {
	switch string(local) {
	case "type", "nil", "schemaLocation", "noNamespaceSchemaLocation":
		return true
	}
	return false
}

// instanceAttribute judges an attribute of the schema instance namespace, and
// returns the type that the element has because of it.
func (m *Matcher) instanceAttribute(r *source.Reader, a *source.Attr, e *element, t *typ) *typ {
	switch string(a.Local) {
	case "nil":
		if e.sym != 0 { // a declaration; none of ours is nillable
			m.attributeViolation(r, a, AttributeUnexpected, "", func() string {
				return fmt.Sprintf("xsi:nil is not allowed: <%s> cannot be nil", e.name)
			})
		}
	case "type":
		named := m.resolveType(r, a.Value)
		switch {
		case named == nil:
			m.unknownType(r, a)
		case !named.derivesFrom(t):
			m.attributeViolation(r, a, AttributeValue, named.name, func() string {
				return fmt.Sprintf("xsi:type is %s, which is not derived from the type of <%s>", quote(a.Value), e.name)
			})
		default:
			return named
		}
	}
	return t
}

// unknownType reports an xsi:type that names nothing.
func (m *Matcher) unknownType(r *source.Reader, a *source.Attr) {
	m.attributeViolation(r, a, AttributeValue, "", func() string {
		return fmt.Sprintf("xsi:type is %s, but must name a type of the schema", quote(a.Value))
	})
}

// check returns the id of what is wrong with a value at the current element,
// or "".
func check(r *source.Reader, v *simple, value []byte) string {
	id := v.check(value)
	if id == "" && v.scoped {
		// There is no DTD to declare entities, and no schema is compiled that
		// declares notations.
		if v.builtin.Name() != "QName" {
			return Datatype
		}
		if _, _, ok := resolveName(r, value); !ok {
			return Datatype
		}
	}
	return id
}

// resolveName parts a qualified name that stands in a value; not ok when it is
// none or its prefix is bound to nothing.
func resolveName(r *source.Reader, name []byte) (space string, local []byte, ok bool) {
	name = datatype.TrimSpace(name)
	prefix, local, found := bytes.Cut(name, []byte{':'})
	if !found {
		prefix, local = nil, name
	} else if len(prefix) == 0 {
		return "", nil, false
	}
	space, ok = r.Resolve(prefix)
	return space, local, ok
}

// resolveType finds the type that a qualified name means at the current
// element, or nil.
func (m *Matcher) resolveType(r *source.Reader, name []byte) *typ {
	space, local, ok := resolveName(r, name)
	switch {
	case !ok:
		return nil
	case space == schemaNamespace && string(local) == "anyType":
		return m.schema.anyOf
	case space == schemaNamespace:
		return m.schema.types["xs:"+string(local)]
	case space == "" && bytes.IndexByte(local, ':') < 0:
		return m.schema.types[string(local)]
	}
	return nil
}
