// Package fault holds what interferes with a simulation: the closed list of
// faults of a scenario, which of them hold at a moment, and how often each may
// still strike. A fault holds from its action until it is ended, or until it
// struck as often as it says.
//
// It is asked by those who carry a fault out: analyze/directory for everything
// that a connected data source does, analyze/extension for scripted rules, the
// engine (engine.Faults) for what happens before a step and to a locked
// object. A [Plan] belongs to one simulation and is not safe for concurrent
// use.
//
// To add a fault: extend design/scenario.md, add a Kind and its row in
// kinds.go, and strike it where it is carried out with [Plan.Strike].
package fault

import (
	"fmt"
	"slices"

	"github.com/runhist/runhist/analyze/engine"
)

// Fault is one fault, with the fields of the scenario. Which fields a kind
// needs and which it may have says [Kinds].
type Fault struct {
	ID    string // by which an end action names it; may be empty
	Kind  Kind
	MA    string // name of the management agent; empty for stop-service
	Times int    // how often it strikes; 0: until it is ended
	Step  int    // only in this step of a run, from 1; 0: in every step

	// Object is a DN, or an anchor as text; empty means every object.
	Object    string
	Attribute string
	Value     string
	// Type is an error type of a discovery or export error.
	Type string
	// Result is a connection result, or a step result.
	Result                  string
	ErrorCode, ErrorLiteral string
	// AfterObjects is how many objects of the step are done before it strikes.
	AfterObjects int
	// Page and Entry are the place of an entry in an import, both from 1.
	Page, Entry int
	Answer      string // see [Answers]
	// During: the step starts, and ends after AfterObjects objects.
	During bool
	// Assembly, CallSite and Context say which call of a scripted rule fails;
	// an empty one means any. Outcome is how: see [Outcomes].
	Assembly, CallSite, Context string
	Outcome                     string
}

// CDError returns what the connected data source says of the fault, or nil.
func (f *Fault) CDError() *engine.CDError {
	if f.ErrorCode == "" && f.ErrorLiteral == "" {
		return nil
	}
	return &engine.CDError{Code: f.ErrorCode, Literal: f.ErrorLiteral}
}

// Plan is the faults that hold. The zero Plan, and a nil one, has none.
type Plan struct {
	active []*active // in the order of their actions
	steps  map[string]int
}

type active struct {
	Fault
	left int // strikes left; negative: any number
}

// Begin makes a fault hold. The error says which field is missing, out of
// place or unknown.
func (p *Plan) Begin(f Fault) error {
	if err := f.check(); err != nil {
		return err
	}
	if f.ID != "" && p.find(f.ID) >= 0 {
		return fmt.Errorf("fault %s holds already", f.ID)
	}
	left := f.Times
	if left == 0 {
		left = -1
	}
	p.active = append(p.active, &active{f, left})
	return nil
}

// End ends a fault. Ending one that struck as often as it was to is no error
// of the caller's, but ended reports false then.
func (p *Plan) End(id string) (ended bool) {
	at := p.find(id)
	if at < 0 {
		return false
	}
	p.active = slices.Delete(p.active, at, at+1)
	return true
}

func (p *Plan) find(id string) int {
	return slices.IndexFunc(p.active, func(a *active) bool { return a.ID == id })
}

// Holds reports whether any fault of the agent holds: the quick question
// before each object.
func (p *Plan) Holds(agent string) bool {
	if p == nil {
		return false
	}
	return slices.ContainsFunc(p.active, func(a *active) bool { return a.MA == agent })
}

// Strike returns the first fault of the kind that holds for the agent in its
// present step and meets the condition, and counts that it struck. It returns
// nil if there is none.
func (p *Plan) Strike(kind Kind, agent string, meets func(*Fault) bool) *Fault {
	a := p.lookup(kind, agent, meets)
	if a == nil {
		return nil
	}
	p.count(a)
	return &a.Fault
}

// Ahead returns what [Plan.Strike] would, without counting it.
func (p *Plan) Ahead(kind Kind, agent string, meets func(*Fault) bool) *Fault {
	if a := p.lookup(kind, agent, meets); a != nil {
		return &a.Fault
	}
	return nil
}

func (p *Plan) lookup(kind Kind, agent string, meets func(*Fault) bool) *active {
	if p == nil {
		return nil
	}
	for _, a := range p.active {
		if a.Kind == kind && a.MA == agent && (a.Step == 0 || a.Step == p.steps[agent]) && (meets == nil || meets(&a.Fault)) {
			return a
		}
	}
	return nil
}

func (p *Plan) count(a *active) {
	if a.left < 0 {
		return
	}
	if a.left--; a.left == 0 {
		p.active = slices.DeleteFunc(p.active, func(other *active) bool { return other == a })
	}
}

// Before implements engine.Faults: the result of a step that may not start. It
// notes which step the agent is in, so it has to be asked before every step.
func (p *Plan) Before(agent string, step int) engine.StepResult {
	if p == nil {
		return ""
	}
	if p.steps == nil {
		p.steps = make(map[string]int)
	}
	p.steps[agent] = step
	f := p.Strike(StepResult, agent, func(f *Fault) bool { return !f.During })
	if f == nil {
		return ""
	}
	return engine.StepResult(f.Result)
}

// Sync implements engine.Faults: the error of an object that another run
// holds.
func (p *Plan) Sync(agent, dn string) string {
	f := p.Strike(Lock, agent, func(f *Fault) bool { return f.Names(dn) })
	if f == nil {
		return ""
	}
	return "locking-error-needs-retry"
}

// Stop returns where the service stops in the next run of the agent, if it
// does; the zero Stop if not.
func (p *Plan) Stop(agent string) engine.Stop {
	if p == nil {
		return engine.Stop{}
	}
	for _, a := range p.active {
		if a.Kind == StopService && (a.MA == "" || a.MA == agent) {
			p.count(a)
			return engine.Stop{Step: max(a.Step, 1), Objects: a.AfterObjects, Result: engine.StoppedServiceShutdown}
		}
	}
	return engine.Stop{}
}

var _ engine.Faults = (*Plan)(nil)
