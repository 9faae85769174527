package config

import (
	"github.com/runhist/runhist/analyze/engine"
)

// mvNotExecuted are the sections of the metaverse that the engine does not
// execute, and why they are kept.
var mvNotExecuted = map[string]string{
	"password-change-history-size": "password synchronization is not simulated",
	"password-sync":                "password synchronization is not simulated",
	"mv-ui-settings":               "user interface",
	"parameter-values":             "settings of the server",
}

// metaverseSchema reads what the rules of agents refer to.
func (d *decoder) metaverseSchema(e *Element) {
	mv := &Metaverse{File: d.file, Place: e.Place}
	if s := e.child("schema"); s != nil {
		mv.Schema = d.schema(s, "the schema of the metaverse")
		for i := range mv.Schema.Attributes {
			d.losses(&mv.Schema.Attributes[i])
		}
	}
	d.c.Metaverse = mv
}

// metaverseRules reads the rest of mv-data, which refers to agents.
func (d *decoder) metaverseRules(e *Element) {
	mv := d.c.Metaverse
	nothing := func(*Element) {}
	options := map[engine.GUID]bool{}
	sections := map[string]func(*Element){
		"schema": nothing, "format-version": nothing,
		"version":               func(c *Element) { d.number(c, &mv.Version) },
		"import-attribute-flow": func(c *Element) { d.importAttributeFlow(c, options) },
		"provisioning":          func(c *Element) { d.provisioning(c, mv) },
		"mv-deletion": func(c *Element) {
			d.list(c, "mv-deletion-rule", func(r *Element) { d.deletionRule(r, mv) })
		},
		"extension": func(c *Element) { d.extension(c, &mv.Extension, "") },
	}
	seen := map[string]bool{}
	for _, c := range e.Children {
		if seen[c.Name] {
			d.problem(c.Place, "<%s> stands twice in <mv-data>", c.Name)
			continue
		}
		seen[c.Name] = true
		if read, ok := sections[c.Name]; ok {
			read(c)
		} else if reason, ok := mvNotExecuted[c.Name]; ok {
			d.keep(c, c.Name, reason)
		} else {
			d.unknownSection(c, e, c.Name, append(keys(sections), keys(mvNotExecuted)...))
		}
	}
	for _, a := range d.c.Agents {
		if !options[a.ID] && !d.short {
			d.warn(e.Place, "no ma-options for %s: its values are recalled on disconnection", a.Name)
		}
	}
}

func (d *decoder) importAttributeFlow(e *Element, options map[engine.GUID]bool) {
	d.read(e, shape{children: map[string]child{
		"import-flow-set": many(d.importFlowSet),
		"per-ma-options": one(func(c *Element) {
			d.list(c, "ma-options", func(o *Element) { d.maOptions(o, options) })
		}),
	}})
}

// maOptions reads the options of one agent. One that no file has is listed
// (SE-F08).
func (d *decoder) maOptions(e *Element, options map[engine.GUID]bool) {
	id, recall := "", true
	d.read(e, shape{
		attrs: map[string]func(Attr){"ma-id": func(v Attr) { id = v.Value }},
		children: map[string]child{"enable-recall": one(func(c *Element) {
			recall = d.truth("<enable-recall>", d.text(c), c.Place)
		})},
	})
	g, a := d.agentOf("ma-id", id, e.Place)
	if a == nil {
		if g != (engine.GUID{}) {
			d.warn(e.Place, "ma-options of the management agent %v, which has no file here", g)
			d.lacks(g, e.Place)
		}
		return
	}
	if options[g] {
		d.problem(e.Place, "a second <ma-options> for %s", a.Name)
	}
	options[g] = true
	a.Recall = recall
}

// lacks notes that the metaverse names an agent that no file has.
func (d *decoder) lacks(id engine.GUID, at Place) {
	if !d.missing[id] {
		d.missing[id] = true
		d.c.Missing = append(d.c.Missing, MissingAgent{ID: id, File: d.file, Place: at})
	}
}

// sourceAgent finds the agent of src-ma, without which a rule means nothing.
func (d *decoder) sourceAgent(value string, at Place) (engine.GUID, *Agent) {
	id, a := d.agentOf("src-ma", value, at)
	if a == nil && id != (engine.GUID{}) {
		d.problem(at, "src-ma names the management agent %v, which has no file here", id)
	}
	return id, a
}

func (d *decoder) importFlowSet(e *Element) {
	mvType := ""
	var all []*Element
	d.read(e, shape{
		attrs:    map[string]func(Attr){"mv-object-type": func(v Attr) { mvType = v.Value }},
		children: map[string]child{"import-flows": many(func(c *Element) { all = append(all, c) })},
	})
	d.required(e, "mv-object-type", mvType)
	d.mvType(mvType, e.Place)
	for _, c := range all {
		d.importFlows(c, mvType)
	}
}

// importFlows reads the flows into one attribute. Their order is their
// precedence.
func (d *decoder) importFlows(e *Element, mvType string) {
	f := engine.ImportFlows{MVType: mvType}
	kind := ""
	var flows []*Element
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"mv-attribute": func(v Attr) { f.Attribute = v.Value },
			"type":         func(v Attr) { kind = v.Value },
		},
		children: map[string]child{"import-flow": many(func(c *Element) { flows = append(flows, c) })},
	})
	if kind == "" && d.short {
		kind = "ranked"
	}
	if i := d.choice("type of <import-flows>", kind, e.Place, "ranked", "equal", "manual"); i >= 0 {
		f.Precedence = [...]engine.Precedence{engine.Ranked, engine.Equal, engine.Manual}[i]
	}
	d.required(e, "mv-attribute", f.Attribute)
	target := d.source(engine.SourceAttribute{Name: f.Attribute}, side{metaverse: true}, e.Place)
	for _, c := range flows {
		f.Flows = append(f.Flows, d.importFlow(c, &f, target))
	}
	d.addFlows(e, f)
}

// addFlows adds the flows into an attribute. Those of a second element for it
// follow the first.
func (d *decoder) addFlows(e *Element, f engine.ImportFlows) {
	mv := d.c.Metaverse
	key := fold(f.MVType) + "\x00" + fold(f.Attribute)
	i, second := d.flows[key]
	if !second {
		d.flows[key] = len(mv.ImportFlows)
		mv.ImportFlows = append(mv.ImportFlows, f)
		return
	}
	first := &mv.ImportFlows[i]
	if first.Precedence != f.Precedence {
		d.problem(e.Place, "a second <import-flows> for %s of %s has another type than the first", f.Attribute, f.MVType)
		return
	}
	d.warn(e.Place, "a second <import-flows> for %s of %s: its flows rank below those of the first", f.Attribute, f.MVType)
	first.Flows = append(first.Flows, f.Flows...)
}

func (d *decoder) importFlow(e *Element, all *engine.ImportFlows, target *Attribute) engine.ImportFlow {
	var f engine.ImportFlow
	var a *Agent
	srcMA := ""
	for _, v := range e.Attrs { // the sources are checked against its schema
		if v.Name == "src-ma" {
			srcMA = v.Value
		}
	}
	if c := e.child("src-ma"); c != nil && d.short {
		srcMA = c.Text
	}
	f.Agent, a = d.sourceAgent(srcMA, e.Place)
	s := d.mappingShape(side{agent: a}, "direct-mapping", "scripted-mapping", "constant-mapping", "dn-part-mapping", "sync-rule-mapping")
	s.attrs = map[string]func(Attr){
		"src-ma":         func(Attr) {},
		"cd-object-type": func(v Attr) { f.CSType = v.Value },
		"id":             func(v Attr) { f.ID = v.Value },
	}
	f.Mapping = d.mapping(e, s)
	d.required(e, "cd-object-type", f.CSType)
	d.csType(a, f.CSType, e.Place)
	if a == nil {
		return f
	}
	if a.flowTypes == nil {
		a.flowTypes = map[string]bool{}
	}
	a.flowTypes[fold(f.CSType)] = true
	switch f.Mapping.Kind {
	case engine.SyncRule:
		p := *s.rule
		p.Place, p.Agent, p.Kind, p.CSType, p.MVType, p.Attribute = e.Place, a.Name, "import flow", f.CSType, all.MVType, all.Attribute
		d.syncRule(*s.id, p)
	case engine.Scripted:
		d.scripted(e.Place, a.Name, CallImportFlow, f.Mapping.Script, f.ID)
	case engine.Direct:
		for _, source := range f.Mapping.Sources {
			if source.Intrinsic {
				continue
			}
			d.singleFromMulti(e.Place, a.Schema.Attribute(source.Name), target)
			if !a.includes(source.Name) {
				d.warn(e.Place, "%s is not in the attribute inclusion of %s: it is never staged, so the flow has no source", source.Name, a.Name)
			}
		}
	}
	return f
}

func (d *decoder) provisioning(e *Element, mv *Metaverse) {
	kind := ""
	d.read(e, shape{attrs: map[string]func(Attr){"type": func(v Attr) { kind = v.Value }}, text: func(text string) { kind = text }})
	i := d.choice("type of <provisioning>", kind, e.Place, "none", "scripted", "sync-rule", "both")
	if i < 0 {
		return
	}
	mv.Provisioning = [...]engine.Provisioning{engine.ProvisionNone, engine.ProvisionScripted, engine.ProvisionSyncRule, engine.ProvisionBoth}[i]
	if mv.Provisioning == engine.ProvisionScripted || mv.Provisioning == engine.ProvisionBoth {
		d.scripted(e.Place, "", CallProvision, "", "")
	}
}

func (d *decoder) deletionRule(e *Element, mv *Metaverse) {
	var r engine.DeletionRule
	kind := ""
	d.read(e, shape{
		attrs: map[string]func(Attr){
			"mv-object-type": func(v Attr) { r.MVType = v.Value },
			"id":             func(v Attr) { r.ID = v.Value },
			"type":           func(v Attr) { kind = v.Value },
		},
		children: map[string]child{"src-ma": many(func(c *Element) {
			id, _ := d.sourceAgent(d.text(c), c.Place)
			r.Agents = append(r.Agents, id)
		})},
	})
	d.required(e, "mv-object-type", r.MVType)
	d.mvType(r.MVType, e.Place)
	if i := d.choice("type of <mv-deletion-rule>", kind, e.Place, "declared-last", "declared-any", "scripted"); i >= 0 {
		r.Kind = [...]engine.DeletionKind{engine.DeleteWithLast, engine.DeleteWithAny, engine.DeleteScripted}[i]
		if r.Kind == engine.DeleteScripted {
			d.scripted(e.Place, "", CallDelete, "", r.ID)
		}
		if r.Kind == engine.DeleteWithAny && len(r.Agents) == 0 {
			d.warn(e.Place, "the deletion rule of %s names no management agent, so no disconnection meets it", r.MVType)
		}
	}
	d.once(e.Place, "deletion rule for "+r.MVType)
	mv.Deletion = append(mv.Deletion, r)
}
