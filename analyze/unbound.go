package analyze

import (
	"fmt"
	"slices"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// gate keeps steps from starting: for the faults of the scenario, and for
// scripted rules whose assembly has no script.
type gate struct {
	*fault.Plan
	sources connected
	unbound []config.ScriptedRule
	// linking are the agents whose objects can get to the metaverse.
	linking map[string]bool
	steps   []engine.Step // of the run under way
	notes   map[int]string
}

// newGate finds the rules that no script carries out: those of assemblies
// without a script. A script that lacks a function is another matter: the rule
// is not implemented then, and fails where it is called.
func newGate(plan *fault.Plan, sources connected, agents []engine.Agent, rules []config.ScriptedRule, bound func(assembly string) bool) *gate {
	g := &gate{Plan: plan, sources: sources, linking: map[string]bool{}}
	for i := range agents {
		g.linking[agents[i].Name] = len(agents[i].Joins)+len(agents[i].Projections) > 0
	}
	for _, r := range rules {
		if r.Assembly == "" || !bound(r.Assembly) {
			g.unbound = append(g.unbound, r)
		}
	}
	return g
}

// begin tells the gate which run is to come.
func (g *gate) begin(steps []engine.Step) { g.steps, g.notes = steps, map[int]string{} }

// Before implements engine.Faults.
func (g *gate) Before(agent string, step int) engine.StepResult {
	if result := g.Plan.Before(agent, step); result != "" {
		return result
	}
	if step < 1 || step > len(g.steps) || !g.steps[step-1].Kind.Synchronizes() {
		return ""
	}
	if g.notes[step] = g.missing(agent); g.notes[step] == "" {
		return ""
	}
	return engine.NoStartBadMAConfiguration
}

// missing names a rule that a synchronization of an agent's objects may call
// and no script carries out; "" if there is none.
func (g *gate) missing(agent string) string {
	i := slices.IndexFunc(g.unbound, func(r config.ScriptedRule) bool { return g.calls(agent, &r) })
	if i < 0 {
		return ""
	}
	r := &g.unbound[i]
	assembly := r.Assembly
	if assembly == "" {
		assembly = "an assembly that is not configured"
	}
	return fmt.Sprintf("no script carries out %s of %s (%s:%d), and there may be more: see --check", r.CallSite, assembly, r.File, r.Line)
}

// Locked implements engine.Faults: a fault may mean an object by its anchor as
// the source knows it.
func (g *gate) Locked(agent, dn string, anchor []byte) string {
	if !g.Holds(agent) {
		return ""
	}
	return g.LockedAs(agent, []string{dn}, append(g.sources.anchors(agent, dn, anchor), dn, string(anchor)))
}

// calls tells whether a synchronization of an agent's objects may call a rule.
// Joins and projections are called for the agent's own objects only; filters,
// flows and deprovisioning of other agents for what it changes there. An agent
// without joins and projections changes nothing: only another agent's
// synchronization could give it connectors, and a rule that lacks its script
// kept that from starting. So only its own filter is called.
func (g *gate) calls(agent string, r *config.ScriptedRule) bool {
	switch r.CallSite {
	case config.CallMapJoin, config.CallResolveJoin, config.CallProject:
		return r.Agent == agent
	case config.CallFilter:
		return r.Agent == agent || g.linking[agent]
	}
	return g.linking[agent]
}
