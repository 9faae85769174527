package config

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

// schemaReader resolves the ids of a DSML schema, which need not be names.
type schemaReader struct {
	*decoder
	s                 Schema
	classes, attrs    map[string]string // names by id
	syntaxes          map[string]syntax
	unread            map[string]bool // names of attributes that were kept
	classElements     []*Element
	attributeElements []*Element
	rules             []*Element
}

// schema reads a DSML schema; elements count by their names, whatever prefix or
// default namespace the file uses.
func (d *decoder) schema(e *Element, of string) Schema {
	r := &schemaReader{decoder: d, s: Schema{of: of, classes: map[string]int{}, attributes: map[string]int{}},
		classes: map[string]string{}, attrs: map[string]string{}, syntaxes: syntaxes(), unread: map[string]bool{}}
	directory := e.find("dsml", "directory-schema")
	if directory == nil && d.short {
		directory = e
	}
	if directory == nil {
		if !e.empty() {
			d.problem(e.Place, "<schema> holds no DSML: dsml and in it directory-schema are wanted")
		}
		return r.s
	}
	for _, a := range directory.Attrs {
		switch a.Name {
		case "no-objectclass-validation":
			r.s.NoClassAttribute = d.truth(a.Name, a.Value, a.Place)
		default:
			r.other(a)
		}
	}
	r.collect(directory)
	for _, e := range r.attributeElements {
		r.attribute(e)
	}
	for _, e := range r.classElements {
		r.class(e)
	}
	for _, e := range r.rules {
		r.contentRule(e)
	}
	return r.s
}

// collect notes the names that ids stand for.
func (r *schemaReader) collect(directory *Element) {
	for _, c := range directory.Children {
		id, name := r.attr(c, "id"), ""
		if n := c.child("name"); n != nil {
			name = strings.TrimSpace(n.Text)
		}
		names := r.classes
		switch c.Name {
		case "class":
			r.classElements = append(r.classElements, c)
		case "attribute-type":
			names = r.attrs
			r.attributeElements = append(r.attributeElements, c)
		case "dit-content-rule":
			r.rules = append(r.rules, c)
			continue
		case "no-objectclass-validation":
			r.s.NoClassAttribute = r.truth(c.Name, c.Text, c.Place)
			continue
		default:
			r.keep(c, "schema/"+c.Name, "unknown to this version")
			continue
		}
		if name == "" && r.short {
			if name = id; len(c.Children) == 0 && id == "" {
				name = strings.TrimSpace(c.Text)
			}
		}
		if id == "" && r.short {
			id = name
		}
		if id == "" || name == "" {
			r.problem(c.Place, "<%s> of the schema needs an id and a name", c.Name)
			continue
		}
		if _, twice := names[id]; twice {
			r.problem(c.Place, "a second <%s> of the schema has the id %q", c.Name, wording.Clip(id))
			continue
		}
		names[id] = name
	}
}

// attr is the value of an attribute, which in short form may be a child.
func (r *schemaReader) attr(e *Element, name string) string {
	for _, a := range e.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	if c := e.child(name); c != nil && r.short {
		return strings.TrimSpace(c.Text)
	}
	return ""
}

// named is what an element without an id is called: short form may write no
// more than that.
func (r *schemaReader) named(e *Element) string {
	if name := r.attr(e, "name"); name != "" || !r.short || len(e.Children) > 0 {
		return name
	}
	return strings.TrimSpace(e.Text)
}

// all hands out the attributes of an element, and in short form its leaves.
func (r *schemaReader) all(e *Element, read func(Attr)) {
	for _, a := range e.Attrs {
		read(a)
	}
	for _, c := range e.Children {
		if r.short && len(c.Children) == 0 {
			read(Attr{c.Name, c.Text, c.Place})
		}
	}
}

func (r *schemaReader) attribute(e *Element) {
	id := r.attr(e, "id")
	name := r.attrs[id]
	if name == "" {
		name = r.attrs[r.named(e)]
	}
	if name == "" {
		return // noted before
	}
	a := Attribute{Name: name, MultiValued: true}
	if s := e.child("syntax"); s != nil {
		a.Syntax = strings.TrimSpace(s.Text)
	}
	syntax := syntaxOf(r.syntaxes, a.Syntax)
	a.Kind, a.loses, a.at = syntax.kind, syntax.loses, e.Place
	r.all(e, func(v Attr) {
		switch v.Name {
		case "id", "name", "syntax", "description", "object-identifier":
		case "single-value":
			a.MultiValued = !r.truth(v.Name, v.Value, v.Place)
		case "immutable":
			a.Immutable = r.truth(v.Name, v.Value, v.Place)
		case "user-modification":
			a.ReadOnly = !r.truth(v.Name, v.Value, v.Place)
		case "isreadonly":
			a.ReadOnly = r.truth(v.Name, v.Value, v.Place)
		case "encrypted":
			a.Encrypted = r.truth(v.Name, v.Value, v.Place)
		case "export-only":
			a.ExportOnly = r.truth(v.Name, v.Value, v.Place)
		case "indexed":
			a.Indexed = r.truth(v.Name, v.Value, v.Place)
		case "indexable":
			r.truth(v.Name, v.Value, v.Place)
		case "range-lower":
			a.RangeLower = r.bound(v)
		case "range-upper":
			a.RangeUpper = r.bound(v)
		default:
			r.other(v)
		}
	})
	if _, twice := r.s.attributes[fold(name)]; twice || len(r.s.Attributes) >= maxAttributes {
		r.problem(e.Place, "a second attribute %s in %s, or more than %d", name, r.s.of, maxAttributes)
		return
	}
	r.s.attributes[fold(name)] = len(r.s.Attributes)
	r.s.Attributes = append(r.s.Attributes, a)
}

func (r *schemaReader) bound(v Attr) *int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(v.Value), 10, 64)
	if err != nil {
		r.warn(v.Place, "%s is %q, which is no number: there is no bound", v.Name, wording.Clip(v.Value))
		return nil
	}
	return &n
}

// other keeps a name that is not read, once.
func (r *schemaReader) other(v Attr) {
	if !r.unread[v.Name] {
		r.unread[v.Name] = true
		r.keepAttr(v, "schema/@"+v.Name, "unknown to this version")
	}
}

func (r *schemaReader) class(e *Element) {
	id := r.attr(e, "id")
	if id == "" {
		id = r.named(e)
	}
	name := r.classes[id]
	if name == "" {
		return // noted before
	}
	c := Class{Name: name, Type: "structural"}
	if t := r.attr(e, "type"); t != "" {
		c.Type = t
		if t != "structural" && t != "abstract" && t != "auxiliary" {
			r.warn(e.Place, "the object type %s is of the unknown kind %q: it counts as structural", name, wording.Clip(t))
			c.Type = "structural"
		}
	}
	if superior := r.attr(e, "superior"); superior != "" {
		c.Superior = r.resolve(r.classes, superior, "class", e.Place)
	}
	for _, a := range e.Attrs {
		switch a.Name {
		case "id", "type", "superior", "locked":
		default:
			r.other(a)
		}
	}
	r.members(e, &c)
	if _, twice := r.s.classes[fold(name)]; twice || len(r.s.Classes) >= maxClasses {
		r.problem(e.Place, "a second object type %s in %s, or more than %d", name, r.s.of, maxClasses)
		return
	}
	r.s.classes[fold(name)] = len(r.s.Classes)
	r.s.Classes = append(r.s.Classes, c)
}

// members reads the attributes and auxiliary classes of a class or of its
// content rule.
func (r *schemaReader) members(e *Element, c *Class) {
	for _, m := range e.Children {
		ref := r.attr(m, "ref")
		if ref == "" && r.short {
			ref = strings.TrimSpace(m.Text)
		}
		switch m.Name {
		case "attribute":
			if name := r.resolve(r.attrs, ref, "attribute-type", m.Place); name != "" {
				c.Attributes = append(c.Attributes, name)
				r.memberFlags(m, name, c)
			}
		case "aux-class":
			if name := r.resolve(r.classes, ref, "class", m.Place); name != "" {
				c.Auxiliary = append(c.Auxiliary, name)
			}
		case "id", "name", "type", "superior", "description", "object-identifier":
		default:
			r.unknownSection(m, e, "schema/"+e.Name+"/"+m.Name, []string{"attribute", "aux-class", "name", "type", "superior"})
		}
	}
}

// memberFlags reads what a class says of one of its attributes.
func (r *schemaReader) memberFlags(m *Element, name string, c *Class) {
	r.all(m, func(v Attr) {
		switch v.Name {
		case "ref", "isAnchor": // the private settings name the anchor
		case "required":
			if r.truth(v.Name, v.Value, v.Place) {
				c.Required = append(c.Required, name)
			}
		case "allowedOperation":
			switch strings.TrimSpace(v.Value) {
			case "ImportOnly":
				c.ImportOnly = append(c.ImportOnly, name)
			case "ExportOnly", "ImportExport":
			default:
				r.warn(v.Place, "allowedOperation of %s is %q, and known are ImportOnly, ExportOnly and ImportExport", name, wording.Clip(v.Value))
			}
		default:
			r.other(v)
		}
	})
}

// contentRule reads dit-content-rule, whose id is that of its class.
func (r *schemaReader) contentRule(e *Element) {
	name := r.resolve(r.classes, r.attr(e, "id"), "class", e.Place)
	if c := r.s.Class(name); c != nil {
		r.members(e, c)
	}
}

// resolve finds what a reference such as #A7m names; "" and a warning where it
// names nothing.
func (r *schemaReader) resolve(names map[string]string, ref, what string, at Place) string {
	if name, ok := names[strings.TrimPrefix(strings.TrimSpace(ref), "#")]; ok {
		return name
	}
	r.warn(at, "%s refers to the %s %q, which it lacks", r.s.of, what, wording.Clip(ref))
	return ""
}
