package analyze

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/directory"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/extension"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/analyze/scenario"
	rd "github.com/runhist/runhist/schemas/rundetails"
)

// Run is one run of a simulation.
type Run struct {
	Action int // its action in the scenario, from 1
	Record *engine.RunRecord
	// Details are what is written, in the profile of the scenario.
	Details *rd.Run
	// Hash of the state after the run.
	Hash engine.Hash
}

// Edges are what a simulation tells while it runs; each may be nil.
type Edges struct {
	// Begin is told each action before it is carried out, from 1.
	Begin func(action, actions int)
	// Run is told each run when it is done. Its error ends the simulation.
	Run func(*Run) error
	// Tracer receives the events of the engine.
	Tracer engine.Tracer
	// Loaded is told the objects of each source's first content.
	Loaded func(agent string, objects int)
	// Print is told what scripts print.
	Print func(assembly, text string)
}

// Outcome is what is left after the last action.
type Outcome struct {
	Engine *engine.Engine // for its state
	Runs   int
}

// Run carries out the actions, in order, on the virtual clock. It ends early
// with the error of ctx, between two actions. Another error is an [*Invalid]:
// an action that cannot be carried out, with its line.
func (m *Simulation) Run(ctx context.Context, edges Edges) (*Outcome, error) {
	plan := new(fault.Plan)
	sources, err := m.sources(plan, edges.Loaded)
	if err != nil {
		return nil, err
	}
	scripts, err := m.extensions(extension.Options{Faults: plan, Print: edges.Print})
	if err != nil {
		return nil, err
	}
	x := &execution{Simulation: m, edges: edges, plan: plan, sources: sources, scripts: scripts, gate: newGate(plan, m.Configuration.Scripted, scripts.Bound)}
	x.engine, err = engine.New(m.setup, engine.Edges{Sources: sources.edges(), Extension: scripts, Tracer: edges.Tracer, Faults: x.gate})
	if err != nil {
		return nil, &Invalid{err}
	}
	for i := range m.Scenario.Actions {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if edges.Begin != nil {
			edges.Begin(i+1, len(m.Scenario.Actions))
		}
		if err := x.action(i); err != nil {
			return nil, err
		}
	}
	return &Outcome{x.engine, x.runs}, nil
}

// execution is a simulation under way.
type execution struct {
	*Simulation
	edges   Edges
	plan    *fault.Plan
	gate    *gate
	sources connected
	scripts *extension.Extensions
	engine  *engine.Engine
	runs    int
}

func (x *execution) action(i int) error {
	a := &x.Scenario.Actions[i]
	var err error
	switch {
	case a.Apply != nil:
		err = x.feed(a.Apply.File, x.sourceOf(a.Apply.Agent).Apply)
	case a.Run != nil:
		return x.run(i, a)
	case a.Fault != nil:
		err = x.plan.Begin(x.planned(a.Fault))
	case a.End != "":
		x.plan.End(a.End) // one that has struck as often as it was to is over already
	case a.Preview != nil:
		err = x.preview(a.Preview)
	}
	return x.at(a, err)
}

// at puts the line of an action before its error.
func (x *execution) at(a *scenario.Action, err error) error {
	var invalid *Invalid
	switch {
	case err == nil:
		return nil
	case errors.As(err, &invalid):
		err = invalid.err
	}
	return &Invalid{fmt.Errorf("%s:%d:%d: %w", scenario.FileName, a.Line, a.Column, err)}
}

// sourceOf is the source of an agent, which [scenario.Scenario.Against] has
// found.
func (x *execution) sourceOf(agent string) *directory.Directory {
	return x.sources[x.Configuration.Agent(agent).Name]
}

func (x *execution) run(i int, a *scenario.Action) error {
	r := a.Run
	agent := x.Configuration.Agent(r.Agent)
	req := engine.RunRequest{Agent: agent.Name, Profile: r.Profile, Resume: r.Resume, Stop: r.Stop}
	if req.Stop.Step == 0 {
		req.Stop = x.plan.Stop(agent.Name)
	}
	var steps []engine.Step
	for k := range agent.Profiles {
		if strings.EqualFold(agent.Profiles[k].Name, r.Profile) {
			steps = agent.Profiles[k].Steps
		}
	}
	x.gate.begin(steps)
	x.scripts.Unload()
	rec, err := x.engine.Run(req)
	if err != nil {
		return x.at(a, err)
	}
	for k := range rec.Steps {
		if note := x.gate.notes[rec.Steps[k].Number]; note != "" && rec.Steps[k].Note == "" {
			rec.Steps[k].Note = note
		}
	}
	x.runs++
	if x.edges.Run == nil {
		return nil
	}
	return x.edges.Run(&Run{Action: i + 1, Record: rec,
		Details: record.Run(rec, record.Profile(x.Scenario.Profile)), Hash: x.engine.Hash()})
}

// preview synchronizes one object and takes everything back, the faults that
// struck with it; what it would do is in the trace.
func (x *execution) preview(p *scenario.Preview) error {
	agent := x.Configuration.Agent(p.Agent)
	dn := p.DN
	if dn == "" {
		var err error
		if dn, err = x.byAnchor(agent.Name, p.Object); err != nil {
			return err
		}
	}
	if note := x.gate.missing(agent.Name); note != "" {
		return fmt.Errorf("preview of %q: %s", cmp.Or(p.Object, dn), note)
	}
	defer x.plan.Save()()
	defer x.scripts.Unload()
	_, err := x.engine.Preview(engine.PreviewRequest{Agent: agent.Name, DN: dn, Full: p.Full})
	return err
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

// byAnchor finds the DN of the object with an anchor: the values of the
// attributes that the anchor is made of, joined by a plus sign.
func (x *execution) byAnchor(agent, anchor string) (string, error) {
	names := x.anchorOf(agent)
	for o := range x.engine.Objects(agent) {
		values := o.Import
		if len(values) == 0 {
			values = o.Synced
		}
		var parts []string
		for _, name := range names {
			k := slices.IndexFunc(values, func(v engine.AttributeRecord) bool { return strings.EqualFold(v.Attribute.Name, name) })
			if k >= 0 && len(values[k].Values) > 0 {
				parts = append(parts, values[k].Values[0].Text)
			}
		}
		if strings.EqualFold(strings.Join(parts, "+"), anchor) && len(parts) > 0 || len(names) == 0 && o.DN == anchor {
			return o.DN, nil
		}
	}
	return "", fmt.Errorf("preview of %q: no such object in the connector space of %s", anchor, agent)
}
