package config

import (
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// entraRule reads a synchronization rule in the file of its own that Entra
// Connect exports. It is not executed, so nothing in it is checked; an agent
// that a rule at work is for gets a join criterion that says so, and no step
// that synchronizes starts.
func (d *decoder) entraRule(e *Element) {
	leaf := func(name string) string {
		if c := e.child(name); c != nil {
			return strings.TrimSpace(c.Text)
		}
		return ""
	}
	d.required(e, "id", leaf("id"))
	if strings.EqualFold(leaf("disabled"), "true") {
		d.keep(e, e.Name, "the rule "+wording.Clip(leaf("name"))+" is disabled")
		return
	}
	part := SyncRulePart{Place: e.Place, Kind: "join", CSType: leaf("sourceObjectType"), MVType: leaf("targetObjectType"), Value: e}
	flows := "import flow"
	if strings.EqualFold(leaf("direction"), "outbound") {
		flows = "export flow"
		part.CSType, part.MVType = part.MVType, part.CSType
	}
	id, a := d.agentOf("connector", leaf("connector"), e.Place)
	if a == nil {
		if id != (engine.GUID{}) {
			d.warn(e.Place, "the rule %s is for the management agent %v, which has no file here", wording.Clip(leaf("name")), id)
			d.lacks(id, e.Place)
		}
		return
	}
	part.Agent = a.Name
	a.Joins = append(a.Joins, engine.JoinCriterion{ID: leaf("id"), CSType: part.CSType, MVType: part.MVType, SyncRule: true})
	rule := d.syncRule(leaf("id"), part)
	d.c.SyncRules[rule].Name = leaf("name")
	if mappings := e.child("attribute-mappings"); mappings != nil {
		for _, m := range mappings.Children {
			part.Kind, part.Place, part.Value = flows, m.Place, m
			d.entraMapping(m, &part)
			d.syncRule(leaf("id"), part)
		}
	}
}

// entraMapping reads one flow of a rule.
func (d *decoder) entraMapping(e *Element, part *SyncRulePart) {
	part.Attribute, part.Sources, part.Mapping = "", nil, "direct"
	for _, c := range e.Children {
		switch c.Name {
		case "dest":
			part.Attribute = strings.TrimSpace(c.Text)
		case "expression":
			part.Mapping = "expression"
		case "src":
			if len(c.Children) == 0 && strings.TrimSpace(c.Text) != "" {
				part.Mapping = "constant"
			}
			for _, source := range c.Children {
				part.Sources = append(part.Sources, strings.TrimSpace(source.Text))
			}
		}
	}
}
