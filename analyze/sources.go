package analyze

import (
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/directory"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/analyze/scenario"
)

// connected are the connected data sources of one simulation, by the names of
// agents.
type connected map[string]*directory.Directory

// edges are the sources as the engine takes them.
func (c connected) edges() map[string]engine.Source {
	all := make(map[string]engine.Source, len(c))
	for name, d := range c {
		all[name] = d
	}
	return all
}

// anchors returns the texts that stand for the anchor of an object in its
// source.
func (c connected) anchors(agent, dn string, anchor []byte) []string {
	if d := c[agent]; d != nil {
		return d.AnchorTexts(dn, anchor)
	}
	return nil
}

// capabilities changes what an agent can do as the scenario says.
func (m *Simulation) capabilities(a *engine.Agent) {
	if s := m.source(a.Name); s != nil && s.DNStyle != nil {
		a.Capabilities.DNStyle = *s.DNStyle
	}
	for i := range m.Scenario.Capabilities {
		if c := &m.Scenario.Capabilities[i]; strings.EqualFold(c.Agent, a.Name) {
			c.Apply(&a.Capabilities)
		}
	}
}

// source is what the scenario says of the source of an agent, nil if nothing.
func (m *Simulation) source(agent string) *scenario.Source {
	for i := range m.Scenario.Sources {
		if strings.EqualFold(m.Scenario.Sources[i].Agent, agent) {
			return &m.Scenario.Sources[i]
		}
	}
	return nil
}

// sources makes the connected data sources with their first content.
func (m *Simulation) sources(faults *fault.Plan) (connected, error) {
	all := connected{}
	for i := range m.setup.Agents {
		a := &m.setup.Agents[i]
		s := m.source(a.Name)
		if s == nil {
			continue
		}
		d, err := directory.New(m.options(a, s), faults)
		if err != nil {
			return nil, &Invalid{err}
		}
		all[a.Name] = d
		if s.File == "" {
			continue
		}
		if err := m.feed(s.File, d.Load); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// feed hands a file to a source.
func (m *Simulation) feed(name string, take func(directory.Form, string, io.Reader) error) error {
	form, err := directory.FormOf(name)
	if err != nil {
		return &Invalid{err}
	}
	in, err := m.files.Open(path.Clean(name))
	if err != nil {
		return fmt.Errorf("read source: %w", err)
	}
	defer in.Close()
	if err := take(form, name, in); err != nil {
		return &Invalid{err}
	}
	return nil
}

// anchorOf names the attributes that the anchors of an agent are made of.
func (m *Simulation) anchorOf(agent string) []string {
	if s := m.source(agent); s != nil && len(s.Anchor) > 0 {
		return s.Anchor
	}
	a := m.Configuration.Agent(agent)
	if a.Delimited != nil {
		return a.Delimited.Anchor
	}
	return a.Anchor
}

// dnFrom says what the DNs of provisioned objects are made of where scripts
// name none: what the agent's configuration says, or else the anchor.
func (m *Simulation) dnFrom(agent string) []engine.DNFrom {
	var list []engine.DNFrom
	for _, d := range m.Configuration.Agent(agent).DNConstruction {
		list = append(list, engine.DNFrom{Type: d.Type, Attributes: d.Attributes})
	}
	if anchor := m.anchorOf(agent); len(list) == 0 && len(anchor) > 0 {
		list = []engine.DNFrom{{Attributes: anchor}}
	}
	return list
}

// options are what a source is like: the agent's configuration, and what the
// scenario says beyond.
func (m *Simulation) options(a *engine.Agent, s *scenario.Source) directory.Options {
	o := directory.Options{
		Agent: a.Name, Schema: a.Schema, Capabilities: a.Capabilities, Partitions: a.Partitions,
		Anchor: s.Anchor, AssignAnchor: s.AssignAnchor, Seed: m.Scenario.Seed, Server: s.Server, File: s.File,
	}
	for i := range m.Scenario.Capabilities {
		c := &m.Scenario.Capabilities[i]
		o.EveryChange = o.EveryChange || strings.EqualFold(c.Agent, a.Name) && c.ChangeLog
	}
	c := m.Configuration.Agent(a.Name)
	if c != nil {
		o.Unselected, o.FromFile = c.Unselected(), c.FromFile()
	}
	if c != nil && len(o.Anchor) == 0 {
		o.Anchor = c.Anchor
	}
	if c != nil && c.Delimited != nil {
		t := c.Delimited
		o.FoldAnchor = t.FoldAnchor && o.Capabilities.DNStyle == engine.StyleNone
		o.Layout = layout(t, s.Separator)
	} else if s.Separator != "" {
		o.Layout = &directory.Layout{Delimiter: ',', Qualifier: '"', Header: true, ObjectClass: "objectClass", Separator: s.Separator}
	}
	return o
}

// layout is how a delimited text agent has its file written.
func layout(t *config.Delimited, separator string) *directory.Layout {
	l := &directory.Layout{
		CodePage: t.CodePage, Delimiter: byte(t.Delimiter), Qualifier: byte(t.Qualifier), Header: t.Header, Columns: t.Columns,
		ObjectClass: t.TypeColumn, DN: t.DN, Separator: separator,
		ChangeType: t.ChangeType, Added: t.Added, Modified: t.Modified, Deleted: t.Deleted,
	}
	for _, c := range t.Classes {
		l.Classes = append(l.Classes, directory.ClassMapping{Type: c.Type, Classes: c.Values})
	}
	return l
}
