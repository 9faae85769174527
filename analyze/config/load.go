package config

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/wording"
)

// loader collects what the documents of one configuration say.
type loader struct {
	c        *Configuration
	problems []Problem
	names    map[engine.GUID]*Agent
	syncRule map[string]int // index in c.SyncRules
	missing  map[engine.GUID]bool
	flows    map[string]int   // index in ImportFlows by type and attribute
	seen     map[string]Place // what may stand once, by kind and names
}

// Load reads the documents of one configuration: any number of management
// agents and at most one metaverse. The error is an [*Invalid] with all that is
// not understood.
func Load(documents ...*Document) (*Configuration, error) {
	l := &loader{c: &Configuration{}, names: map[engine.GUID]*Agent{}, syncRule: map[string]int{}, missing: map[engine.GUID]bool{}, flows: map[string]int{}, seen: map[string]Place{}}
	var metaverse *decoder
	var mvData *Element
	var agents, rules []func()
	for _, doc := range documents {
		d := &decoder{loader: l, file: doc.Name, short: doc.Short}
		if doc.Root.Name == "synchronizationRule" && !doc.Short {
			rules = append(rules, func() { d.entraRule(doc.Root) })
			continue
		}
		maData, mv := d.sections(doc.Root)
		for _, e := range maData {
			agents = append(agents, func() { d.agent(d.resource(e)) })
		}
		switch {
		case mv == nil:
		case mvData != nil:
			d.problem(mv.Place, "a second metaverse: the first stands in %s, line %d", metaverse.file, mvData.Line)
		default:
			metaverse, mvData = d, d.resource(mv)
		}
	}
	if mvData != nil {
		metaverse.metaverseSchema(mvData)
	}
	for _, read := range append(agents, rules...) {
		read()
	}
	if mvData != nil {
		metaverse.metaverseRules(mvData)
	}
	l.finish()
	if len(l.problems) > 0 {
		order := map[string]int{}
		for i, doc := range documents {
			order[doc.Name] = i
		}
		slices.SortStableFunc(l.problems, func(a, b Problem) int {
			return cmp.Or(cmp.Compare(order[a.File], order[b.File]), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
		})
		return nil, &Invalid{Problems: l.problems[:min(len(l.problems), maxProblems)]}
	}
	return l.c, nil
}

// sections finds the sections of a document by its root.
func (d *decoder) sections(root *Element) (agents []*Element, metaverse *Element) {
	want := map[string][]string{
		"saved-ma-configuration": {"ma-data", "mv-data"},
		"saved-mv-configuration": {"mv-data"},
		"export-ma":              {"ma-data", "mv-data"},
		"configuration":          {"ma-data", "mv-data"},
	}[root.Name]
	switch {
	case root.Name == "ma-data":
		return []*Element{root}, nil
	case root.Name == "mv-data":
		return nil, root
	case want == nil || root.Name == "configuration" && !d.short:
		d.problem(root.Place, "<%s> is no configuration of a management agent (saved-ma-configuration, export-ma), nor of the metaverse (saved-mv-configuration), nor a rule (synchronizationRule)", root.Name)
		return nil, nil
	}
	s := shape{children: map[string]child{}}
	if !d.short {
		ignore := func(Attr) {}
		s.attrs = map[string]func(Attr){"server": ignore, "export-date": ignore}
	}
	for _, name := range want {
		s.children[name] = child{many: d.short && name == "ma-data", read: func(e *Element) {
			switch {
			case e.Name == "ma-data":
				agents = append(agents, e)
			case root.Name != "saved-mv-configuration" && !d.short:
				d.keep(e, e.Name, "what the metaverse has of this agent: the metaverse is read from its own file")
			default:
				metaverse = e
			}
		}}
	}
	d.read(root, s)
	if len(agents) == 0 && metaverse == nil && len(d.problems) == 0 {
		if !d.short {
			want = want[:1]
		}
		d.problem(root.Place, "<%s> has no <%s>", root.Name, strings.Join(want, "> and no <"))
	}
	return agents, metaverse
}

// finish checks agents against each other and puts everything in order.
func (l *loader) finish() {
	c := l.c
	byName := map[string]*Agent{}
	for _, a := range c.Agents {
		if first := byName[fold(a.Name)]; first != nil {
			l.problems = append(l.problems, Problem{a.File, a.Place, "a second management agent " + a.Name + ": the first stands in " + first.File})
			continue
		}
		byName[fold(a.Name)] = a
	}
	for i := range c.Scripted {
		switch s := &c.Scripted[i]; {
		case s.Agent != "":
			s.Assembly = byName[fold(s.Agent)].Extension
		case c.Metaverse != nil:
			s.Assembly = c.Metaverse.Extension
		}
	}
	slices.SortStableFunc(c.Agents, func(a, b *Agent) int {
		return cmp.Or(a.Created.Compare(b.Created), bytes.Compare(a.ID[:], b.ID[:]))
	})
	slices.SortStableFunc(c.SyncRules, func(a, b SyncRule) int { return strings.Compare(a.ID, b.ID) })
	slices.SortStableFunc(c.Missing, func(a, b MissingAgent) int { return bytes.Compare(a.ID[:], b.ID[:]) })
}

// agentOf finds the agent that a value names: by its id, and in short form by
// its name.
func (d *decoder) agentOf(what, value string, at Place) (engine.GUID, *Agent) {
	value = strings.TrimSpace(value)
	id, err := engine.ParseGUID(value)
	if err != nil && d.short {
		if a := d.c.Agent(value); a != nil {
			return a.ID, a
		}
		var names []string
		for _, a := range d.c.Agents {
			names = append(names, a.Name)
		}
		d.problem(at, "%s: %s", what, d.unknown("management agent", value, value, names))
		return id, nil
	}
	if err != nil {
		d.problem(at, "%s is %q, which is no GUID", what, wording.Clip(value))
		return id, nil
	}
	return id, d.names[id]
}

// fold is what names are compared by: ordinal, without case.
func fold(name string) string { return strings.ToLower(name) }
