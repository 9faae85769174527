package config

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// NotExecuted is something in a configuration that the engine does not carry
// out, and why.
type NotExecuted struct {
	File string
	Place
	Agent  string // name; "" for the metaverse
	What   string
	Reason string
}

// Setup makes what the engine executes: agents and metaverse, in the order of
// the configuration. Seed, start, account, limits and switches are left to the
// caller, and capabilities may be changed by it. What the engine will not carry
// out is listed, in the order of agents.
func (c *Configuration) Setup() (engine.Setup, []NotExecuted) {
	var s engine.Setup
	var not []NotExecuted
	for _, a := range c.Agents {
		agent, missing := a.setup()
		s.Agents = append(s.Agents, agent)
		not = append(not, missing...)
	}
	if mv := c.Metaverse; mv != nil {
		s.Metaverse = engine.Metaverse{
			Schema: mv.Schema.setup(nil, nil), Extension: mv.Extension,
			ImportFlows: mv.ImportFlows, Provisioning: mv.Provisioning, Deletion: mv.Deletion,
		}
		if mv.Provisioning == engine.ProvisionSyncRule || mv.Provisioning == engine.ProvisionBoth {
			not = append(not, NotExecuted{mv.File, mv.Place, "", "provisioning by synchronization rules", syncRulesReason})
		}
	}
	for _, rule := range c.SyncRules {
		first := rule.Parts[0]
		not = append(not, NotExecuted{first.File, first.Place, first.Agent, "synchronization rule " + strings.TrimSpace(rule.ID+" "+rule.Name) + ": " + rule.summary(), syncRulesReason})
	}
	return s, not
}

const syncRulesReason = "synchronization rules are not executed: a step that needs one does not start"

// summary counts the parts of a rule by their kind.
func (r *SyncRule) summary() string {
	var parts []string
	for _, kind := range []string{"join", "projection", "import flow", "export flow"} {
		n := 0
		for _, p := range r.Parts {
			if p.Kind == kind {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, count(n, kind))
		}
	}
	return strings.Join(parts, ", ")
}

// count writes a number of things.
func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func (a *Agent) setup() (engine.Agent, []NotExecuted) {
	var not []NotExecuted
	capabilities, _ := a.Capabilities()
	s := engine.Agent{
		ID: a.ID, Name: a.Name, Created: a.Created, Extension: a.Extension, Capabilities: capabilities,
		Schema:  a.Schema.setup(a.types(), a),
		Filters: a.Filters, Joins: a.Joins, Projections: a.Projections, ExportFlows: a.ExportFlows,
		Deprovisioning: a.Deprovisioning, Recall: a.Recall, Profiles: a.Profiles,
	}
	for _, p := range a.Partitions {
		s.Partitions = append(s.Partitions, p.Partition)
	}
	if len(s.Partitions) == 0 {
		s.Partitions = []engine.Partition{{ID: made("partition", a.Name, "default"), Name: "default"}}
		not = append(not, NotExecuted{a.File, a.Place, a.Name, "the agent", "it has no partition, so none of its steps starts"})
	}
	for _, p := range a.Profiles {
		for i, step := range p.Steps {
			if step.Kind.Imports() && step.Kind.Delta() && !capabilities.DeltaImport {
				not = append(not, NotExecuted{a.File, a.Place, a.Name, fmt.Sprintf("step %d of %s", i+1, p.Name),
					"agents of category " + a.Category + " import no changes by themselves: it ends in no-start-delta-step-type-not-configured unless the scenario says otherwise"})
			}
		}
	}
	return s, not
}

// types are the object types that the agent works with: those that a partition
// selects and those that a rule names; all structural ones, as far as types
// are concerned, if a partition takes all, or no partition selects any.
func (a *Agent) types() map[string]bool {
	types := map[string]bool{}
	add := func(name string) {
		if name != "" {
			types[fold(name)] = true
		}
	}
	all := false
	for _, p := range a.Partitions {
		all = all || p.Selected && len(p.Types) == 0
		for _, t := range p.Types {
			add(t)
		}
		for _, h := range p.Hierarchies {
			if h.Included {
				add(h.Type)
			}
		}
	}
	selected := len(types) > 0
	for t := range a.flowTypes {
		add(t)
	}
	for _, f := range a.Filters {
		add(f.Type)
	}
	for _, j := range a.Joins {
		add(j.CSType)
	}
	for _, p := range a.Projections {
		add(p.CSType)
	}
	for _, f := range a.ExportFlows {
		add(f.CSType)
	}
	if selected && !all {
		return types
	}
	for _, c := range a.Schema.Classes {
		if c.Type == "structural" {
			add(c.Name)
		}
	}
	return types
}

// Unselected are the object types of the schema that the agent does not work
// with. The connected data source has objects of them all the same, which an
// import reads and drops (SE-K08).
func (a *Agent) Unselected() []engine.ObjectType {
	var out []engine.ObjectType
	types, hierarchies := a.types(), a.hierarchies()
	for _, c := range a.Schema.Classes {
		if c.Type == "structural" && !types[fold(c.Name)] {
			out = append(out, engine.ObjectType{Name: c.Name, Hierarchy: hierarchies[fold(c.Name)]})
		}
	}
	return out
}

// hierarchies are the objectClass values of object types, by their folded
// names.
func (a *Agent) hierarchies() map[string][]string {
	all := map[string][]string{}
	for _, p := range a.Partitions {
		for _, h := range p.Hierarchies {
			if all[fold(h.Type)] == nil {
				all[fold(h.Type)] = h.Classes
			}
		}
	}
	return all
}

// containers are the classes of directories that hold other objects [A].
func containers() []string {
	return []string{"builtindomain", "container", "country", "domain", "domaindns", "locality", "organization", "organizationalunit"}
}

// setup makes the schema of an agent, or, with no agent, of the metaverse. Of
// the object types only those wanted are there, all if nil.
func (s *Schema) setup(wanted map[string]bool, a *Agent) engine.Schema {
	var out engine.Schema
	var hierarchies map[string][]string
	if a != nil {
		hierarchies = a.hierarchies()
	}
	for _, c := range s.Classes {
		if wanted != nil && !wanted[fold(c.Name)] {
			continue
		}
		t := engine.ObjectType{Name: c.Name, Hierarchy: hierarchies[fold(c.Name)], Attributes: s.AttributesOf(c.Name)}
		if a != nil {
			t.Container = slices.Contains(containers(), fold(c.Name)) ||
				slices.ContainsFunc(a.Components, func(m Component) bool { return fold(m.Type) == fold(c.Name) })
		}
		out.Types = append(out.Types, t)
	}
	for _, x := range s.Attributes {
		attribute := engine.Attribute{Name: x.Name, Kind: x.Kind, MultiValued: x.MultiValued}
		if a != nil {
			attribute.Excluded = !a.includes(x.Name)
			attribute.ExportOnly = x.ExportOnly || x.Encrypted
		} else if x.Kind == engine.String && x.RangeUpper != nil && *x.RangeUpper > 0 && *x.RangeUpper < 1<<31 {
			attribute.MaxLength = int(*x.RangeUpper)
		}
		out.Attributes = append(out.Attributes, attribute)
	}
	return out
}
