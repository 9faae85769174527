package scenario

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/schemas/strict"
)

// Against checks the names that a scenario uses against its configuration:
// management agents, run profiles and assemblies. The error is an
// [*strict.Invalid].
func (s *Scenario) Against(c *config.Configuration) error {
	a := &against{c: c, s: s}
	for _, x := range s.Sources {
		a.agent(x.Agent, x.Place)
		for _, name := range x.Anchor {
			a.attribute(x.Agent, name, x.Place)
		}
	}
	for _, x := range s.Capabilities {
		a.agent(x.Agent, x.Place)
	}
	a.assemblies()
	for _, x := range s.Actions {
		a.action(x)
	}
	return a.r.Err()
}

type against struct {
	c *config.Configuration
	s *Scenario
	r strict.Reader
}

func (a *against) problem(at Place, message string) {
	a.r.At(int(at.Line), int(at.Column), "%s", message)
}

// agent finds the agent of a name; nil and a problem if there is none.
func (a *against) agent(name string, at Place) *config.Agent {
	if found := a.c.Agent(name); found != nil {
		return found
	}
	var names []string
	for _, x := range a.c.Agents {
		names = append(names, x.Name)
	}
	a.problem(at, strict.Unknown("management agent", name, names))
	return nil
}

// attribute checks an attribute of the schema of an agent.
func (a *against) attribute(agent, name string, at Place) {
	found := a.c.Agent(agent)
	if found == nil || found.Schema.Attribute(name) != nil {
		return
	}
	var names []string
	for _, x := range found.Schema.Attributes {
		names = append(names, x.Name)
	}
	if len(names) > 40 {
		names = nil // nobody reads so many
	}
	a.problem(at, strict.Unknown("attribute of "+found.Name, name, names))
}

// assemblies checks the assemblies of extensions and of faults.
func (a *against) assemblies() {
	var known []string
	for _, x := range a.c.Agents {
		known = append(known, x.Extension)
	}
	if a.c.Metaverse != nil {
		known = append(known, a.c.Metaverse.Extension)
	}
	slices.Sort(known)
	known = slices.DeleteFunc(slices.Compact(known), func(name string) bool { return name == "" })
	check := func(assembly string, at Place) {
		if !slices.ContainsFunc(known, func(name string) bool { return strings.EqualFold(name, assembly) }) {
			a.problem(at, strict.Unknown("assembly", assembly, known))
		}
	}
	for _, x := range a.s.Extensions {
		check(x.Assembly, x.Place)
	}
	for _, x := range a.s.Actions {
		if x.Fault != nil && x.Fault.Assembly != "" {
			check(x.Fault.Assembly, x.Place)
		}
	}
}

func (a *against) action(x Action) {
	switch {
	case x.Apply != nil:
		a.agent(x.Apply.Agent, x.Place)
		a.sourced(x.Apply.Agent, x.Place)
	case x.Run != nil:
		if agent := a.agent(x.Run.Agent, x.Place); agent != nil {
			a.profile(agent, x.Run.Profile, x.Place)
		}
	case x.Fault != nil && x.Fault.Agent != "":
		a.fault(x.Fault, x.Place)
	case x.Preview != nil:
		a.agent(x.Preview.Agent, x.Place)
	}
}

// sourced checks that an agent whose content changes has a source.
func (a *against) sourced(agent string, at Place) {
	if !slices.ContainsFunc(a.s.Sources, func(x Source) bool { return strings.EqualFold(x.Agent, agent) }) && a.c.Agent(agent) != nil {
		a.problem(at, "there is no source for "+agent+" whose content could change: name it under sources")
	}
}

// fault checks the agent of a fault, and the attribute that it meets there.
func (a *against) fault(f *fault.Fault, at Place) {
	agent := a.agent(f.Agent, at)
	if agent == nil || f.Attribute == "" || f.Kind == fault.DiscoveryError {
		return // an entry that cannot be read may name anything
	}
	a.attribute(f.Agent, f.Attribute, at)
	if found := agent.Schema.Attribute(f.Attribute); f.Kind == fault.ReferenceFailure && found != nil && found.Kind != engine.Reference {
		a.problem(at, found.Name+" of "+agent.Name+" is no reference")
	}
}

func (a *against) profile(agent *config.Agent, name string, at Place) {
	var names []string
	for _, p := range agent.Profiles {
		if strings.EqualFold(p.Name, name) {
			return
		}
		names = append(names, p.Name)
	}
	if len(names) == 0 {
		a.problem(at, agent.Name+" has no run profiles")
		return
	}
	a.problem(at, strict.Unknown("run profile of "+agent.Name, name, names))
}
