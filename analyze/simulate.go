package analyze

import (
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

// Preview is what the synchronization of one object would do.
type Preview struct {
	Action int // its action in the scenario, from 1
	Full   bool
	Object engine.ObjectRef
	// Record has the result, counters and errors that a step with this object
	// alone would have.
	Record *engine.StepRecord
	// Events are what would happen, in order (SE-N12).
	Events []engine.Event
}

// Event implements engine.Tracer.
func (p *Preview) Event(ev engine.Event) { p.Events = append(p.Events, ev) }

// Edges are what a simulation tells while it runs; each may be nil.
type Edges struct {
	// Begin is told each action before it is carried out, from 1.
	Begin func(action, actions int)
	// Run is told each run when it is done. Its error ends the simulation.
	Run func(*Run) error
	// Preview is told each preview. Its error ends the simulation.
	Preview func(*Preview) error
	// Tracer receives the events of the engine; those of previews have run 0.
	Tracer engine.Tracer
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
	p, err := m.prepare()
	if err != nil {
		return nil, err
	}
	scripts, err := m.extensions(extension.Options{Faults: p.plan, Print: edges.Print, Anchors: p.sources.anchors})
	if err != nil {
		return nil, err
	}
	x := &execution{Simulation: m, edges: edges, plan: p.plan, sources: p.sources, scripts: scripts, gate: newGate(p.plan, p.sources, m.setup.Agents, m.Configuration.Scripted, scripts.Bound)}
	x.engine, err = engine.New(m.setup, engine.Edges{Sources: p.sources.edges(), Extension: scripts, Tracer: edges.Tracer, Faults: x.gate})
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
		err = x.plan.Begin(x.planned(*a.Fault))
	case a.End != "":
		x.plan.End(a.End) // one that has struck as often as it was to is over already
	case a.Preview != nil:
		return x.preview(i, a)
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
		if r := rec.Steps[k].Result; record.Written(r, record.Profile(x.Scenario.Profile)) != r {
			rec.Steps[k].Note = fmt.Sprintf("the history says %s: profile %s has no %s", record.Written(r, record.Profile(x.Scenario.Profile)), x.Scenario.Profile, r)
		}
	}
	x.runs++
	if x.edges.Run == nil {
		return nil
	}
	return x.edges.Run(&Run{Action: i + 1, Record: rec,
		Details: record.Run(rec, record.Profile(x.Scenario.Profile)), Hash: x.hash(rec)})
}

// hash is that of the state after a run: that after its last step, since nothing
// comes behind it. To hash a large state takes a tenth of a run.
func (x *execution) hash(r *engine.RunRecord) engine.Hash {
	if n := len(r.Steps); n > 0 {
		return r.Steps[n-1].Hash
	}
	return x.engine.Hash()
}

// preview synchronizes one object and takes everything back.
func (x *execution) preview(i int, a *scenario.Action) error {
	told := &Preview{Action: i + 1, Full: a.Preview.Full}
	var err error
	if told.Object, err = x.object(a.Preview); err != nil {
		return x.at(a, err)
	}
	if note := x.gate.missing(told.Object.Agent); note != "" {
		return x.at(a, fmt.Errorf("preview of %q: %s", told.Object.DN, note))
	}
	release := x.plan.Hold(told.Object.Agent)
	defer release()
	x.scripts.Unload()
	defer x.scripts.Unload()
	told.Record, err = x.engine.Preview(engine.PreviewRequest{Agent: told.Object.Agent, DN: told.Object.DN, Full: told.Full, Tracer: told})
	if err != nil {
		return x.at(a, err)
	}
	if x.edges.Tracer != nil {
		for _, ev := range told.Events {
			x.edges.Tracer.Event(ev)
		}
	}
	if x.edges.Preview == nil {
		return nil
	}
	return x.edges.Preview(told)
}

// object finds the object that a preview names: by its DN, or by its anchor,
// which is written as the values of the attributes that it is made of, joined by
// a plus sign.
func (x *execution) object(p *scenario.Preview) (engine.ObjectRef, error) {
	agent := x.Configuration.Agent(p.Agent)
	names := x.anchorOf(agent.Name)
	for o := range x.engine.Objects(agent.Name) {
		meant := !o.Placeholder
		switch {
		case p.DN != "":
			meant = meant && strings.EqualFold(o.DN, p.DN)
		case len(names) == 0:
			meant = meant && o.DN == p.Object
		default:
			meant = meant && strings.EqualFold(anchorText(&o, names), p.Object)
		}
		if meant {
			return engine.ObjectRef{Agent: agent.Name, ID: o.ID, DN: o.DN, Type: o.Type}, nil
		}
	}
	return engine.ObjectRef{}, fmt.Errorf("preview of %q: no such object in the connector space of %s", p.DN+p.Object, agent.Name)
}

// anchorText is the anchor of an object as people write it.
func anchorText(o *engine.ObjectState, names []string) string {
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
	return strings.Join(parts, "+")
}
