package config

import (
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// notExecuted are the sections of an agent that the engine does not execute,
// and why they are kept.
var notExecuted = map[string]string{
	"ma-ui-settings":           "user interface",
	"controller-configuration": "how the server hosts the agent",
	"password-sync":            "password synchronization is not simulated",
	"password-sync-allowed":    "password synchronization is not simulated",
	"refresh-schema":           "user interface",
	"internal-version":         "of the server's database",
	"encrypted-attributes":     "encryption of attributes is not simulated",
	"ma-listname":              "user interface",
	"ma-companyname":           "user interface",
	"format-version":           "",
}

// agent reads ma-data.
func (d *decoder) agent(e *Element) {
	a := &Agent{File: d.file, Place: e.Place, Recall: true}
	d.identity(e, a)
	if s := e.child("schema"); s != nil {
		a.Schema = d.schema(s, "the schema of "+a.Name)
	}
	for _, c := range e.Children {
		if c.Name == "attribute-inclusion" {
			d.inclusion(c, a)
		}
	}
	sections := d.agentSections(a)
	seen := map[string]bool{}
	for _, c := range e.Children {
		if seen[c.Name] && !(d.short && (c.Name == "attribute-inclusion" || c.Name == "dn-construction")) {
			d.problem(c.Place, "<%s> stands twice in <ma-data>", c.Name)
			continue
		}
		seen[c.Name] = true
		if read, ok := sections[c.Name]; ok {
			read(c)
		} else if reason, ok := notExecuted[c.Name]; !ok {
			d.unknownSection(c, e, c.Name, append(keys(sections), keys(notExecuted)...))
		} else if reason != "" && strings.TrimSpace(c.Text) != "0" {
			d.keep(c, c.Name, reason)
		}
	}
	if len(d.c.Agents) >= maxAgents {
		d.problem(e.Place, "there are more than %d management agents", maxAgents)
		return
	}
	if len(a.Partitions) == 0 {
		d.defaultPartition(a)
	}
	if p := e.child("ma-run-data"); p != nil {
		d.profiles(p, a)
	}
	d.c.Agents = append(d.c.Agents, a)
}

// unknownSection keeps a section that this version does not know: a later
// server may write it. In what people write it is a slip.
func (d *decoder) unknownSection(c, in *Element, path string, known []string) {
	if d.short {
		d.problem(c.Place, "%s", d.unknown("element", "<"+c.Name+"> in <"+in.Name+">", c.Name, known))
		return
	}
	d.keep(c, path, "unknown to this version")
}

// identity reads id, name and category, which other sections need.
func (d *decoder) identity(e *Element, a *Agent) {
	leaf := func(name string) string {
		if c := e.child(name); c != nil {
			return d.word(c)
		}
		return ""
	}
	a.Name, a.Category = leaf("name"), leaf("category")
	d.required(e, "name", a.Name)
	d.required(e, "category", a.Category)
	c := e.child("id")
	switch {
	case c != nil:
		a.ID = d.guid("<id>", d.word(c), c.Place)
	case d.short:
		a.ID = made("management agent", a.Name)
	default:
		d.required(e, "id", "")
	}
	if first := d.names[a.ID]; first != nil && a.ID != (engine.GUID{}) {
		d.problem(e.Place, "a second management agent with the id %v: the first stands in %s", a.ID, first.File)
		return
	}
	d.names[a.ID] = a
}

// agentSections are the sections of an agent and what reads them; those that
// depend on others are read by agent itself.
func (d *decoder) agentSections(a *Agent) map[string]func(*Element) {
	nothing := func(*Element) {}
	leaf := func(s *string) func(*Element) { return func(e *Element) { *s = d.word(e) } }
	return map[string]func(*Element){
		"id": nothing, "name": nothing, "category": nothing, "schema": nothing, "attribute-inclusion": nothing, "ma-run-data": nothing,
		"subtype":                leaf(&a.Subtype),
		"description":            func(e *Element) { a.Description = d.text(e) },
		"creation-time":          func(e *Element) { a.Created = d.when(e) },
		"last-modification-time": func(e *Element) { a.Modified = d.when(e) },
		"version":                func(e *Element) { d.number(e, &a.Version) },
		"capabilities-mask":      leaf(&a.CapabilitiesMask),
		"export-type":            func(e *Element) { d.exportType(e, a) },
		"dn-construction":        func(e *Element) { d.dnConstruction(e, a) },
		"component_mappings":     func(e *Element) { d.components(e, a) },
		"stay-disconnector":      func(e *Element) { d.list(e, "filter-set", func(c *Element) { d.filterSet(c, a) }) },
		"join":                   func(e *Element) { d.list(e, "join-profile", func(c *Element) { d.joinProfile(c, a) }) },
		"projection":             func(e *Element) { d.list(e, "class-mapping", func(c *Element) { d.classMapping(c, a) }) },
		"export-attribute-flow":  func(e *Element) { d.list(e, "export-flow-set", func(c *Element) { d.exportFlowSet(c, a) }) },
		"provisioning-cleanup":   func(e *Element) { d.deprovisioning(e, a) },
		"extension":              func(e *Element) { d.extension(e, &a.Extension, a.Name) },
		"private-configuration":  func(e *Element) { d.private(e, a) },
		"ma-partition-data":      func(e *Element) { d.list(e, "partition", func(c *Element) { d.partition(c, a) }) },
	}
}

func (d *decoder) inclusion(e *Element, a *Agent) {
	if a.included == nil {
		a.Included, a.included = []string{}, map[string]bool{}
	}
	read := func(c *Element) {
		name := d.word(c)
		switch {
		case a.Schema.Attribute(name) == nil && !d.short:
			d.warn(c.Place, "the attribute inclusion names %q, which the schema of %s lacks", wording.Clip(name), a.Name)
		case d.known(&a.Schema, name, c.Place) != nil && !a.included[fold(name)]:
			a.Included = append(a.Included, name)
			d.losses(a.Schema.Attribute(name))
			a.included[fold(name)] = true
		}
	}
	d.list(e, "attribute", read)
}

func (d *decoder) exportType(e *Element, a *Agent) {
	text := d.word(e)
	if text == "" {
		return
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 4 {
		d.warn(e.Place, "<export-type> is %q, and known are 1 (attribute update), 2 (attribute replace), 3 (object replace) and 4 (multivalued reference attribute update): the usual one of the category is taken", wording.Clip(text))
		return
	}
	a.ExportType = n
}

// dnConstruction reads what the DNs of provisioned objects are made of: the
// same attributes for every object type, or those of each.
func (d *decoder) dnConstruction(e *Element, a *Agent) {
	add := func(objectType, attribute string) {
		i := slices.IndexFunc(a.DNConstruction, func(c DNConstruction) bool { return c.Type == objectType })
		if i < 0 {
			i = len(a.DNConstruction)
			a.DNConstruction = append(a.DNConstruction, DNConstruction{Type: objectType})
		}
		c := &a.DNConstruction[i]
		c.Attributes = append(c.Attributes, attribute)
	}
	d.lenient(e, e.Name, shape{text: func(text string) { add("", text) }, children: map[string]child{
		"attribute": many(func(c *Element) { add("", d.word(c)) }),
		"dn": many(func(c *Element) {
			objectType := ""
			d.read(c, shape{
				attrs:    map[string]func(Attr){"object-type": func(v Attr) { objectType = v.Value }},
				children: map[string]child{"attribute": many(func(x *Element) { add(objectType, d.word(x)) })},
			})
		}),
	}})
}

func (d *decoder) components(e *Element, a *Agent) {
	d.lenient(e, e.Name, shape{children: map[string]child{"mapping": many(func(c *Element) {
		var m Component
		d.read(c, shape{children: map[string]child{"dn_component": d.into(&m.Attribute), "object_class": d.into(&m.Type)}})
		a.Components = append(a.Components, m)
	})}})
}

// deprovisioning reads provisioning-cleanup.
func (d *decoder) deprovisioning(e *Element, a *Agent) {
	kind, action := "", ""
	d.read(e, shape{
		attrs:    map[string]func(Attr){"type": func(v Attr) { kind = v.Value }},
		children: map[string]child{"action": d.into(&action)},
		text: func(text string) {
			if action = text; text == "scripted" {
				kind = text
			}
		},
	})
	if kind == "" && action != "" && d.short {
		kind = "declared"
	}
	switch d.choice("type of <provisioning-cleanup>", kind, e.Place, "declared", "scripted") {
	case 0:
		actions := []string{"make-normal-disconnector", "make-explicit-disconnector", "delete-object"}
		if i := d.choice("action of <provisioning-cleanup>", action, e.Place, actions...); i >= 0 {
			a.Deprovisioning.Action = [...]engine.DeprovisionAction{engine.MakeDisconnector, engine.MakeExplicitDisconnector, engine.DeleteObject}[i]
		}
	case 1:
		a.Deprovisioning.Scripted = true
		d.scripted(e.Place, a.Name, CallDeprovision, "", "")
	}
}

// extension reads the assembly of scripted rules, and gives it to those that
// were read before.
func (d *decoder) extension(e *Element, assembly *string, agent string) {
	d.lenient(e, e.Name, shape{text: func(text string) { *assembly = text }, children: map[string]child{
		"assembly-name":          d.into(assembly),
		"application-protection": one(func(c *Element) { d.keep(c, "extension/application-protection", "how the server hosts the extension") }),
	}})
}

// scripted notes a rule that an extension carries out.
func (d *decoder) scripted(at Place, agent string, site CallSite, context, id string) {
	d.c.Scripted = append(d.c.Scripted, ScriptedRule{File: d.file, Place: at, Agent: agent, CallSite: site, Context: context, ID: id})
}

// csType checks an object type against the schema of an agent.
func (d *decoder) csType(a *Agent, name string, at Place) {
	if name != "" && a != nil && a.Schema.Class(name) == nil {
		d.problem(at, "%s", d.unknown("object type of "+a.Name, strconv.Quote(name), name, a.Schema.classNames()))
	}
}

// mvType checks an object type against the schema of the metaverse.
func (d *decoder) mvType(name string, at Place) {
	mv := d.c.Metaverse
	if name != "" && mv != nil && mv.Schema.Class(name) == nil {
		d.problem(at, "%s", d.unknown("object type of the metaverse", strconv.Quote(name), name, mv.Schema.classNames()))
	}
}

// known finds an attribute of a schema and notes its absence.
func (d *decoder) known(s *Schema, name string, at Place) *Attribute {
	if attribute := s.Attribute(name); attribute != nil {
		return attribute
	}
	names := make([]string, len(s.Attributes))
	for i := range s.Attributes {
		names[i] = s.Attributes[i].Name
	}
	d.problem(at, "%s", d.unknown("attribute of "+s.of, strconv.Quote(wording.Clip(name)), name, names))
	return nil
}

// losses warns of an attribute that is not read as what it is.
func (d *decoder) losses(x *Attribute) {
	if x.loses != "" {
		d.warn(x.at, "the attribute %s is %s", x.Name, x.loses)
	}
}

// includes tells whether an attribute is staged and exported.
func (a *Agent) includes(name string) bool {
	return a.Included == nil || a.included[fold(name)]
}
