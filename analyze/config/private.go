package config

import (
	"slices"
	"strings"
)

// private keeps the settings of the agent's kind. Those of delimited text are
// read, and of others what makes the anchor.
func (d *decoder) private(e *Element, a *Agent) {
	a.Private = e
	c := e.child("MAConfig")
	if c != nil && strings.EqualFold(a.Category, "Delimited") {
		a.Delimited = d.delimited(c, a)
		a.Anchor = a.Delimited.Anchor
		return
	}
	switch {
	case c != nil:
		a.Anchor = anchorOf(c.find("importing", "anchor"))
	default:
		a.Anchor = anchorOf(e.find("oledbma-configuration", "mms-info", "anchor"))
	}
	d.keep(e, "private-configuration", "private settings of agents of category "+a.Category)
}

// anchorOf lists the attributes of an anchor: those that stand for every object
// type, or those of each (object_class) if they are the same ones.
func anchorOf(e *Element) []string {
	if e == nil {
		return nil
	}
	byType := map[string][]string{}
	var types []string
	for _, c := range e.Children {
		name := strings.TrimSpace(c.Text)
		if c.Name != "attribute" || name == "" {
			continue
		}
		objectType := ""
		for _, a := range c.Attrs {
			if a.Name == "object_class" {
				objectType = fold(a.Value)
			}
		}
		if byType[objectType] == nil {
			types = append(types, objectType)
		}
		byType[objectType] = append(byType[objectType], name)
	}
	if len(types) == 0 {
		return nil
	}
	anchor := byType[types[0]]
	for _, t := range types[1:] {
		if !slices.Equal(byType[t], anchor) {
			return nil
		}
	}
	return anchor
}
