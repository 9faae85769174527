package config

import (
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// side is where a mapping reads from: the connector space of an agent, or the
// metaverse.
type side struct {
	agent     *Agent
	metaverse bool
}

// source checks what a rule names, and returns its attribute; nil for intrinsic
// ones, and where the schema is not at hand.
func (d *decoder) source(s engine.SourceAttribute, from side, at Place) *Attribute {
	switch {
	case s.Name == "":
	case s.Intrinsic && from.metaverse:
		d.choice("intrinsic attribute of the metaverse", s.Name, at, "object-id")
	case s.Intrinsic:
		d.choice("intrinsic attribute of a connector space", s.Name, at, "dn")
	case from.metaverse && d.c.Metaverse != nil:
		return d.known(&d.c.Metaverse.Schema, s.Name, at)
	case from.agent != nil:
		return d.known(&from.agent.Schema, s.Name, at)
	}
	return nil
}

// readSource is source for an attribute that a rule reads or searches: dn and object-id
// are intrinsic without being marked where the schema has no such attribute.
func (d *decoder) readSource(s *engine.SourceAttribute, from side, at Place) *Attribute {
	switch {
	case from.metaverse:
		s.Intrinsic = s.Intrinsic || fold(s.Name) == "object-id" && (d.c.Metaverse == nil || d.c.Metaverse.Schema.Attribute(s.Name) == nil)
	case from.agent != nil:
		s.Intrinsic = s.Intrinsic || fold(s.Name) == "dn" && from.agent.Schema.Attribute(s.Name) == nil
	}
	return d.source(*s, from, at)
}

// mappingShapes is a shape that fills a mapping.
type mappingShapes struct {
	shape
	mapping *engine.Mapping
	rule    *SyncRulePart // of a mapping of a synchronization rule
	id      *string       // of the rule
}

// mappingShape is the shape of an element that holds one mapping of the kinds
// given.
func (d *decoder) mappingShape(from side, kinds ...string) mappingShapes {
	s := mappingShapes{mapping: &engine.Mapping{}, rule: &SyncRulePart{}, id: new(string)}
	m := s.mapping
	readers := map[string]func(*Element){
		"direct-mapping":   func(e *Element) { d.direct(e, m, from) },
		"scripted-mapping": func(e *Element) { d.scriptedMapping(e, m, from) },
		"constant-mapping": func(e *Element) {
			m.Kind = engine.Constant
			d.read(e, shape{
				children: map[string]child{"constant-value": one(func(c *Element) { m.Value = d.text(c) })},
				text:     func(string) { m.Value = e.Text },
			})
		},
		"dn-part-mapping": func(e *Element) {
			m.Kind = engine.DNPart
			part := func(c *Element) { d.number(c, &m.Part) }
			d.read(e, shape{
				children: map[string]child{"dn-part": one(part)},
				text:     func(text string) { part(&Element{Name: "dn-part", Text: text, Place: e.Place}) },
			})
			if m.Part < 1 {
				d.problem(e.Place, "<dn-part-mapping> names no component of the DN: 1 is the rightmost")
			}
		},
		"sync-rule-mapping": func(e *Element) {
			m.Kind = engine.SyncRule
			*s.id = d.syncRuleMapping(e, m, s.rule)
		},
	}
	s.children = map[string]child{}
	for _, kind := range kinds {
		s.children[kind] = one(readers[kind])
	}
	return s
}

// mapping reads an element that holds exactly one mapping.
func (d *decoder) mapping(e *Element, s mappingShapes) engine.Mapping {
	found := 0
	for name, c := range s.children {
		if !strings.HasSuffix(name, "-mapping") {
			continue
		}
		read := c.read
		s.children[name] = one(func(c *Element) {
			found++
			read(c)
		})
	}
	before := len(d.problems)
	d.read(e, s.shape)
	if found != 1 && len(d.problems) == before {
		d.problem(e.Place, "<%s> has %d mappings: one is wanted", e.Name, found)
	}
	return *s.mapping
}

// sourceAttribute reads src-attribute.
func (d *decoder) sourceAttribute(e *Element) engine.SourceAttribute {
	var s engine.SourceAttribute
	text := e.Text
	d.read(e, shape{attrs: map[string]func(Attr){
		"intrinsic": func(v Attr) { s.Intrinsic = d.truth("intrinsic", v.Value, v.Place) },
	}})
	s.Name = strings.TrimSpace(text)
	d.required(e, "name", s.Name)
	return s
}

func (d *decoder) direct(e *Element, m *engine.Mapping, from side) {
	m.Kind = engine.Direct
	source := func(c *Element) {
		s := d.sourceAttribute(c)
		d.readSource(&s, from, c.Place)
		m.Sources = append(m.Sources, s)
	}
	d.read(e, shape{text: func(text string) { source(&Element{Name: "src-attribute", Text: text, Place: e.Place}) }, children: map[string]child{
		"src-attribute": many(source),
		"script-context": one(func(c *Element) {
			if strings.TrimSpace(d.text(c)) != "" {
				d.problem(c.Place, "a direct mapping has the script context %q", wording.Clip(c.Text))
			}
		}),
	}})
	if len(m.Sources) != 1 {
		d.problem(e.Place, "<direct-mapping> has %d source attributes: one is wanted", len(m.Sources))
	}
}

func (d *decoder) scriptedMapping(e *Element, m *engine.Mapping, from side) {
	m.Kind = engine.Scripted
	d.read(e, shape{text: func(string) { m.Script = e.Text }, children: map[string]child{
		"src-attribute": many(func(c *Element) {
			s := d.sourceAttribute(c)
			d.readSource(&s, from, c.Place)
			m.Sources = append(m.Sources, s)
		}),
		"script-context": one(func(c *Element) { m.Script = d.text(c) }),
	}})
}

// exportFlowSet reads the flows from one metaverse type to one connector space
// type.
func (d *decoder) exportFlowSet(e *Element, a *Agent) {
	var f engine.ExportFlowSet
	var flows []*Element
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"cd-object-type": func(v Attr) { f.CSType = v.Value },
			"mv-object-type": func(v Attr) { f.MVType = v.Value },
		},
		children: map[string]child{"export-flow": many(func(c *Element) { flows = append(flows, c) })},
	})
	d.required(e, "cd-object-type", f.CSType)
	d.required(e, "mv-object-type", f.MVType)
	d.csType(a, f.CSType, e.Place)
	d.mvType(f.MVType, e.Place)
	for _, c := range flows {
		f.Flows = append(f.Flows, d.exportFlow(c, a, &f))
	}
	a.ExportFlows = append(a.ExportFlows, f)
}

func (d *decoder) exportFlow(e *Element, a *Agent, set *engine.ExportFlowSet) engine.ExportFlow {
	var f engine.ExportFlow
	s := d.mappingShape(side{metaverse: true}, "direct-mapping", "scripted-mapping", "constant-mapping", "sync-rule-mapping")
	s.attrs = map[string]func(Attr){
		"cd-attribute": func(v Attr) { f.Attribute = v.Value },
		"id":           func(v Attr) { f.ID = v.Value },
		"suppress-deletions": func(v Attr) {
			f.AllowNull = !d.truth("suppress-deletions", v.Value, v.Place)
		},
	}
	f.Mapping = d.mapping(e, s)
	d.required(e, "cd-attribute", f.Attribute)
	if f.Mapping.Kind == engine.SyncRule {
		p := *s.rule
		f.InitialOnly = p.InitialOnly
		p.Place, p.Agent, p.Kind, p.CSType, p.MVType, p.Attribute = e.Place, a.Name, "export flow", set.CSType, set.MVType, f.Attribute
		d.syncRule(*s.id, p)
		return f
	}
	if f.Mapping.Kind == engine.Scripted {
		d.scripted(e.Place, a.Name, CallExportFlow, f.Mapping.Script, f.ID)
	}
	target := d.source(engine.SourceAttribute{Name: f.Attribute}, side{agent: a}, e.Place)
	if target == nil {
		return f
	}
	switch {
	case !a.includes(f.Attribute):
		d.warn(e.Place, "%s is not in the attribute inclusion of %s: the flow stays pending and is never exported (SE-K27)", f.Attribute, a.Name)
	case target.ReadOnly || a.Schema.importOnly(set.CSType, f.Attribute):
		d.warn(e.Place, "%s of %s can be imported only (user-modification, allowedOperation)", f.Attribute, a.Name)
	}
	if mv := d.c.Metaverse; mv != nil && f.Mapping.Kind == engine.Direct && len(f.Mapping.Sources) == 1 {
		d.singleFromMulti(e.Place, mv.Schema.Attribute(f.Mapping.Sources[0].Name), target)
	}
	return f
}

// singleFromMulti warns of a direct flow that may end as an error.
func (d *decoder) singleFromMulti(at Place, from, to *Attribute) {
	if from != nil && to != nil && from.MultiValued && !to.MultiValued {
		d.warn(at, "%s has several values and %s has one: an object with two of them ends in flow-multi-values-to-single-value", from.Name, to.Name)
	}
}
