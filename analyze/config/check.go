package config

import (
	"github.com/runhist/runhist/analyze/engine"
)

// Report is what simulate --check tells of a configuration, as plain values.
type Report struct {
	Agents      []AgentReport
	Metaverse   *MetaverseReport // nil if no file has one
	NotExecuted []NotExecuted
	Unbound     []ScriptedRule // scripted rules that no script carries out
	Bound       int            // scripted rules that one does
	Missing     []MissingAgent
	Kept        []Kept
	Warnings    []Problem
}

// AgentReport says what was understood of an agent.
type AgentReport struct {
	ID             engine.GUID
	Name, Category string
	File           string
	Types          []string // that it works with, in the order of the schema
	Attributes     int      // of its schema
	Included       int      // that are staged and exported
	Anchor         []string // as the agent's own settings name it; nil if they do not
	Partitions     []PartitionReport
	Profiles       []ProfileReport
	Filters        int // filter sets
	Joins          int // join criteria
	Projections    int
	ImportFlows    int
	ExportFlows    int
	Deprovisioning string // the action, or scripted
	Recall         bool
	Extension      string
	Capabilities   engine.Capabilities
	// Assumed: no source tells what agents of this category can do.
	Assumed bool
}

// PartitionReport says what was understood of a partition.
type PartitionReport struct {
	Name     string
	Selected bool
	Types    []string
	// Inclusions and Exclusions are containers; an empty inclusion is every one.
	Inclusions, Exclusions []string
}

// ProfileReport says what was understood of a run profile.
type ProfileReport struct {
	Name  string
	Steps []string // as the server's user interface calls them
}

// MetaverseReport says what was understood of the metaverse.
type MetaverseReport struct {
	File          string
	Types         []string
	Attributes    int
	ImportFlows   int
	Provisioning  string
	DeletionRules int
	Extension     string
}

// Check tells what was understood of a configuration, what is not executed and
// which scripted rules are unbound. Bound says whether an assembly is bound to
// a script that carries out a call site; nil stands for no scripts.
func (c *Configuration) Check(bound func(assembly string, site CallSite) bool) Report {
	r := Report{Missing: c.Missing, Kept: c.Kept, Warnings: c.Warnings}
	_, r.NotExecuted = c.Setup()
	flows := map[engine.GUID]int{}
	if mv := c.Metaverse; mv != nil {
		r.Metaverse = &MetaverseReport{File: mv.File, Types: mv.Schema.classNames(), Attributes: len(mv.Schema.Attributes),
			Provisioning: provisioningName(mv.Provisioning), DeletionRules: len(mv.Deletion), Extension: mv.Extension}
		for _, all := range mv.ImportFlows {
			r.Metaverse.ImportFlows += len(all.Flows)
			for _, f := range all.Flows {
				flows[f.Agent]++
			}
		}
	}
	for _, a := range c.Agents {
		r.Agents = append(r.Agents, a.report(flows[a.ID]))
	}
	for _, s := range c.Scripted {
		if bound != nil && s.Assembly != "" && bound(s.Assembly, s.CallSite) {
			r.Bound++
			continue
		}
		r.Unbound = append(r.Unbound, s)
	}
	return r
}

func (a *Agent) report(importFlows int) AgentReport {
	r := AgentReport{ID: a.ID, Name: a.Name, Category: a.Category, File: a.File, Attributes: len(a.Schema.Attributes),
		Included: len(a.Included), Anchor: a.Anchor, Filters: len(a.Filters), Joins: len(a.Joins), Projections: len(a.Projections),
		ImportFlows: importFlows, Deprovisioning: a.deprovisioningName(), Recall: a.Recall, Extension: a.Extension}
	r.Capabilities, r.Assumed = a.Capabilities()
	if a.Included == nil {
		r.Included = r.Attributes
	}
	types := a.types()
	for _, class := range a.Schema.Classes {
		if types[fold(class.Name)] {
			r.Types = append(r.Types, class.Name)
		}
	}
	for _, f := range a.ExportFlows {
		r.ExportFlows += len(f.Flows)
	}
	for _, p := range a.Partitions {
		r.Partitions = append(r.Partitions, PartitionReport{p.Name, p.Selected, p.Types, p.Inclusions, p.Exclusions})
	}
	for _, p := range a.Profiles {
		profile := ProfileReport{Name: p.Name}
		for _, s := range p.Steps {
			profile.Steps = append(profile.Steps, stepName(s))
		}
		r.Profiles = append(r.Profiles, profile)
	}
	return r
}

func (a *Agent) deprovisioningName() string {
	switch {
	case a.Deprovisioning.Scripted:
		return "scripted"
	case a.Deprovisioning.Action == engine.MakeExplicitDisconnector:
		return "make-explicit-disconnector"
	case a.Deprovisioning.Action == engine.DeleteObject:
		return "delete-object"
	}
	return "make-normal-disconnector"
}

func provisioningName(p engine.Provisioning) string {
	return [...]string{"none", "scripted", "sync-rule", "both"}[p]
}

// stepName is what the server's user interface calls a step (SE-R2).
func stepName(s engine.Step) string {
	name := map[engine.StepKind]string{
		engine.FullImport:           "Full Import (Stage Only)",
		engine.FullImportDeltaSync:  "Full Import and Delta Synchronization",
		engine.FullImportFullSync:   "Full Import and Full Synchronization",
		engine.DeltaImport:          "Delta Import (Stage Only)",
		engine.DeltaImportDeltaSync: "Delta Import and Delta Synchronization",
		engine.DeltaSync:            "Delta Synchronization",
		engine.FullSync:             "Full Synchronization",
		engine.FullSyncAll:          "Full Synchronization (reevaluate-join-flow-all)",
		engine.Export:               "Export",
	}[s.Kind]
	switch {
	case s.ToFile && s.ResumeFromFile:
		name += ", with a drop file"
	case s.ToFile:
		name += ", to a drop file only"
	case s.ResumeFromFile:
		name += ", from a drop file"
	}
	return name
}
