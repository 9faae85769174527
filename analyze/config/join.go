package config

import (
	"github.com/runhist/runhist/analyze/engine"
)

// joinProfile reads the join rules of one object type. A second profile of the
// type follows the first (SE-Y6).
func (d *decoder) joinProfile(e *Element, a *Agent) {
	csType := ""
	var criteria []*Element
	d.read(e, shape{
		attrs:    map[string]func(Attr){"cd-object-type": func(v Attr) { csType = v.Value }},
		children: map[string]child{"join-criterion": many(func(c *Element) { criteria = append(criteria, c) })},
	})
	d.required(e, "cd-object-type", csType)
	d.csType(a, csType, e.Place)
	for _, c := range criteria {
		d.joinCriterion(c, a, csType)
	}
}

func (d *decoder) joinCriterion(e *Element, a *Agent, csType string) {
	j := engine.JoinCriterion{CSType: csType}
	rule, kind := "", ""
	var scoping *Element
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"id":            func(v Attr) { j.ID = v.Value },
			"join-cri-type": func(v Attr) { kind = v.Value },
			"sync-rule-id":  func(v Attr) { rule = v.Value },
		},
		children: map[string]child{
			"search":     one(func(c *Element) { d.search(c, a, &j) }),
			"resolution": one(func(c *Element) { d.resolution(c, a, &j) }),
			"scoping":    one(func(c *Element) { scoping = c }),
		},
	})
	if kind != "" {
		j.SyncRule = d.choice("join-cri-type", kind, e.Place, "sync-rule", "declared") == 0
	}
	switch {
	case j.SyncRule:
		d.syncRule(rule, SyncRulePart{Place: e.Place, Agent: a.Name, Kind: "join", CSType: csType, MVType: j.MVType, Value: scoping})
	case scoping != nil && !scoping.empty():
		d.problem(scoping.Place, "<scoping> belongs to the join criteria of synchronization rules")
	}
	if len(j.Mappings) == 0 {
		d.problem(e.Place, "<join-criterion> maps no attribute")
	}
	a.Joins = append(a.Joins, j)
}

func (d *decoder) search(e *Element, a *Agent, j *engine.JoinCriterion) {
	var mappings []*Element
	d.read(e, shape{
		attrs:    map[string]func(Attr){"mv-object-type": func(v Attr) { j.MVType = v.Value }},
		children: map[string]child{"attribute-mapping": many(func(c *Element) { mappings = append(mappings, c) })},
	})
	d.mvType(j.MVType, e.Place)
	for _, c := range mappings {
		j.Mappings = append(j.Mappings, d.joinMapping(c, a, j))
	}
}

func (d *decoder) joinMapping(e *Element, a *Agent, j *engine.JoinCriterion) engine.JoinMapping {
	var m engine.JoinMapping
	s := d.mappingShape(side{agent: a}, "direct-mapping", "scripted-mapping")
	s.attrs = map[string]func(Attr){
		"mv-attribute":        func(v Attr) { m.Attribute.Name = v.Value },
		"intrinsic-attribute": func(v Attr) { m.Attribute.Intrinsic = d.truth("intrinsic-attribute", v.Value, v.Place) },
	}
	m.Mapping = d.mapping(e, s)
	d.required(e, "mv-attribute", m.Attribute.Name)
	d.readSource(&m.Attribute, side{metaverse: true}, e.Place)
	if m.Mapping.Kind == engine.Scripted {
		d.scripted(e.Place, a.Name, CallMapJoin, m.Mapping.Script, j.ID)
	}
	return m
}

func (d *decoder) resolution(e *Element, a *Agent, j *engine.JoinCriterion) {
	kind := ""
	d.read(e, shape{
		attrs:    map[string]func(Attr){"type": func(v Attr) { kind = v.Value }},
		children: map[string]child{"script-context": one(func(c *Element) { j.ResolveContext = d.text(c) })},
		text:     func(text string) { kind = text },
	})
	if d.choice("type of <resolution>", kind, e.Place, "none", "scripted") == 1 {
		j.Resolve = true
		d.scripted(e.Place, a.Name, CallResolveJoin, j.ResolveContext, j.ID)
	}
}

// classMapping reads a projection (SE-Y8).
func (d *decoder) classMapping(e *Element, a *Agent) {
	var p engine.Projection
	kind, rule := "", ""
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"type":           func(v Attr) { kind = v.Value },
			"id":             func(v Attr) { p.ID = v.Value },
			"cd-object-type": func(v Attr) { p.CSType = v.Value },
			"sync-rule-id":   func(v Attr) { rule = v.Value },
		},
		children: map[string]child{
			"mv-object-type": d.into(&p.MVType),
			"scoping": one(func(c *Element) {
				d.keep(c, "projection/class-mapping/scoping", "synchronization rules are not executed")
			}),
		},
	})
	if kind == "" && p.MVType != "" && d.short {
		kind = "declared"
	}
	d.required(e, "cd-object-type", p.CSType)
	d.csType(a, p.CSType, e.Place)
	d.mvType(p.MVType, e.Place)
	switch d.choice("type of <class-mapping>", kind, e.Place, "declared", "scripted", "sync-rule") {
	case 0:
		d.required(e, "mv-object-type", p.MVType)
	case 1:
		p.Scripted = true
		d.scripted(e.Place, a.Name, CallProject, "", p.ID)
	case 2:
		p.SyncRule = true
		d.syncRule(rule, SyncRulePart{Place: e.Place, Agent: a.Name, Kind: "projection", CSType: p.CSType, MVType: p.MVType})
	}
	a.Projections = append(a.Projections, p)
}
