package config

import (
	"slices"
	"strings"
)

// resourcePrefix begins the names of attributes of a configuration that is kept
// as a resource: each holds one section, as an escaped string.
const resourcePrefix = "SyncConfig-"

// renamed are sections that a resource calls otherwise than an export does.
var renamed = map[string]string{"DisplayName": "name", "sub-type": "subtype"}

// typed are sections and the attributes of a resource that hold their types.
var typed = [][2]string{{"provisioning-cleanup", "provisioning-cleanup-type"}, {"provisioning", "provisioning-type"}}

// resource turns the attributes of a resource into the sections of an export.
// What is none is left as it is.
func (d *decoder) resource(e *Element) *Element {
	out := *e
	out.Children = nil
	for _, c := range e.Children {
		name, isAttribute := strings.CutPrefix(c.Name, resourcePrefix)
		if other, ok := renamed[name]; ok && !d.short {
			name, isAttribute = other, true
		}
		if isAttribute {
			c = d.unescaped(name, c)
		}
		out.Children = append(out.Children, c)
	}
	for _, t := range typed {
		if e.child(resourcePrefix+t[1]) == nil {
			continue
		}
		kind := out.remove(t[1])
		section := out.remove(t[0])
		if section == nil {
			section = &Element{Name: t[0], Place: kind.Place}
		}
		with := *section
		with.Attrs = append(slices.Clip(section.Attrs), Attr{"type", strings.TrimSpace(kind.Text), kind.Place})
		out.Children = append(out.Children, &with)
	}
	return &out
}

// remove takes the first child of a name out; nil if there is none.
func (e *Element) remove(name string) *Element {
	for i, c := range e.Children {
		if c.Name == name {
			e.Children = slices.Delete(e.Children, i, i+1)
			return c
		}
	}
	return nil
}

// unescaped is a section whose text is XML: what is in the section, or the
// section itself. The places in it are those of the text.
func (d *decoder) unescaped(name string, c *Element) *Element {
	section := *c
	section.Name = name
	text := strings.TrimSpace(c.Text)
	if len(c.Children) > 0 || !strings.HasPrefix(text, "<") {
		return &section
	}
	doc, err := Parse(d.file, strings.NewReader("<"+name+">"+text+"</"+name+">"))
	if err != nil {
		d.problem(c.Place, "<%s> holds no XML: %v", c.Name, err)
		return &section
	}
	root := doc.Root
	if len(root.Children) == 1 && root.Children[0].Name == name {
		root = root.Children[0]
	}
	root.settle(c.Place)
	return root
}

// settle gives an element and all in it one place.
func (e *Element) settle(at Place) {
	e.Place = at
	for i := range e.Attrs {
		e.Attrs[i].Place = at
	}
	for _, c := range e.Children {
		c.settle(at)
	}
}
