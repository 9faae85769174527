package config

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// syncRule adds a part to the synchronization rule of an id, and returns the
// index of the rule.
func (d *decoder) syncRule(id string, part SyncRulePart) int {
	part.File = d.file
	if g, err := engine.ParseGUID(strings.TrimSpace(id)); err == nil {
		id = g.String()
	}
	i, ok := d.loader.syncRule[id]
	if !ok {
		i = len(d.c.SyncRules)
		d.loader.syncRule[id] = i
		d.c.SyncRules = append(d.c.SyncRules, SyncRule{ID: id})
	}
	d.c.SyncRules[i].Parts = append(d.c.SyncRules[i].Parts, part)
	return i
}

// syncRuleMapping reads the mapping of a flow that a synchronization rule
// brought. The engine does not execute it, so what is in it is kept as it
// stands.
func (d *decoder) syncRuleMapping(e *Element, m *engine.Mapping, p *SyncRulePart) (id string) {
	value := func(a Attr) {
		switch a.Name {
		case "mapping-type":
			p.Mapping = a.Value
		case "sync-rule-id":
			id = a.Value
		case "initial-flow-only":
			p.InitialOnly = strings.TrimSpace(a.Value) == "true"
		case "is-existence-test":
			p.Existence = strings.TrimSpace(a.Value) == "true"
		}
	}
	for _, a := range e.Attrs {
		value(a)
	}
	for _, c := range e.Children {
		switch c.Name {
		case "src-attribute":
			intrinsic := slices.ContainsFunc(c.Attrs, func(a Attr) bool { return a.Name == "intrinsic" && a.Value == "true" })
			name := strings.TrimSpace(c.Text)
			p.Sources = append(p.Sources, name)
			m.Sources = append(m.Sources, engine.SourceAttribute{Name: name, Intrinsic: intrinsic})
		case "sync-rule-value":
			p.Value = c
			p.Functions = functions(c, p.Functions)
			m.Value = c.Text
		default:
			value(Attr{c.Name, c.Text, c.Place})
		}
	}
	return id
}

// functions collects the functions that an expression calls.
func functions(e *Element, found []string) []string {
	if e.Name == "fn" {
		for _, a := range e.Attrs {
			if a.Name == "id" && !slices.Contains(found, a.Value) {
				found = append(found, a.Value)
			}
		}
	}
	for _, c := range e.Children {
		found = functions(c, found)
	}
	return found
}
