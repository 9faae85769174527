// Package fault holds what interferes with a simulation: the faults of a
// scenario, which of them hold at a moment, and how often each may still
// strike. A fault holds from its action until it is ended, or until it struck as
// often as it says. Whoever reads a scenario checks that a fault has the fields
// of its kind.
//
// It is asked by those who carry a fault out: analyze/directory for everything
// that a connected data source does, analyze/extension for scripted rules, the
// engine (engine.Faults) for what happens before a step and to a locked
// object. A [Plan] belongs to one simulation and is not safe for concurrent
// use.
//
// To add a fault: a Kind in kinds.go, its keys where scenarios are read, and
// [Plan.Strike] where it is carried out.
package fault

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Fault is something that goes wrong. What does not belong to its kind is zero.
type Fault struct {
	ID    string // by which it is ended; may be empty
	Agent string // name; empty: every agent, or the whole server
	Kind  Kind
	Times int // how often it strikes; 0: until it is ended
	Step  int // only in this step of a run, from 1; 0: in every step

	// Object is an anchor as text, DN a name; both empty: every object.
	Object, DN string
	Attribute  string
	Value      string
	Type       string // error-type; of Lock empty for locking-error-needs-retry
	// ErrorCode and ErrorLiteral are what the connected data source says.
	ErrorCode    *int64
	ErrorLiteral string

	ConnectionResult string // Connect
	// AfterObjects is how many objects of the step are done before it strikes:
	// Connect, StepResult, StopService.
	AfterObjects int
	// Page and Entry are the place of an entry in an import, both from 1.
	Page, Entry int
	// Answer of an export: ConvertUpdateToAdd, ProvisioningParent,
	// RetryReferences, or ExportFailed and ExportFailedStop for errors of the
	// agent's own.
	Answer engine.ExportStatus
	// Result of StepResult; of DiscoveryError the result with which the step
	// stops behind the entry, if it does (SE-K55).
	Result engine.StepResult
	During bool // StepResult: the step starts, and ends after AfterObjects objects
	// Extension: how which call of a scripted rule fails; an empty call site,
	// assembly or context means any.
	Outcome                     Outcome
	CallSite, Assembly, Context string
}

// CDError returns what the connected data source says of the fault, or nil.
func (f *Fault) CDError() *engine.CDError {
	if f.ErrorCode == nil && f.ErrorLiteral == "" {
		return nil
	}
	said := engine.CDError{Literal: f.ErrorLiteral}
	if f.ErrorCode != nil {
		said.Code = strconv.FormatInt(*f.ErrorCode, 10)
	}
	return &said
}

// Names reports whether the fault is about an object that has one of the DNs,
// or one of the anchors as text. Names are compared without case, and DNs
// without spaces beside their commas.
func (f *Fault) Names(dns, anchors []string) bool {
	switch {
	case f.DN != "":
		name := tight(f.DN)
		return slices.ContainsFunc(dns, func(n string) bool { return strings.EqualFold(tight(n), name) })
	case f.Object != "":
		return slices.ContainsFunc(anchors, func(n string) bool { return strings.EqualFold(n, f.Object) })
	}
	return true
}

// tight is a DN without the spaces beside its commas. In a quoted or escaped
// part they mean something, but no two objects differ in that alone.
func tight(dn string) string {
	if !strings.Contains(dn, ", ") && !strings.Contains(dn, " ,") {
		return dn
	}
	parts := strings.Split(dn, ",")
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, ",")
}

// Plan is the faults that hold. The zero Plan, and a nil one, has none.
type Plan struct {
	active  []*active // in the order of their actions
	steps   map[string]int
	running string // the agent of the step that was asked for last
}

type active struct {
	Fault
	left int // strikes left; negative: any number
}

// Begin makes a fault hold. No two faults that hold have one id.
func (p *Plan) Begin(f Fault) error {
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
	return slices.ContainsFunc(p.active, func(a *active) bool { return a.concerns(agent) })
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

func (p *Plan) lookup(kind Kind, agent string, meets func(*Fault) bool) *active {
	if p == nil {
		return nil
	}
	for _, a := range p.active {
		if a.Kind == kind && a.concerns(agent) && (a.Step == 0 || a.Step == p.steps[agent]) && (meets == nil || meets(&a.Fault)) {
			return a
		}
	}
	return nil
}

func (f *Fault) concerns(agent string) bool { return f.Agent == "" || f.Agent == agent }

func (p *Plan) count(a *active) {
	if a.left < 0 {
		return
	}
	if a.left--; a.left == 0 {
		p.active = slices.DeleteFunc(p.active, func(other *active) bool { return other == a })
	}
}

// Hold keeps what strikes from now on from being counted; the function that it
// returns ends that. It is for a preview of an object of the agent, which keeps
// nothing.
func (p *Plan) Hold(agent string) (release func()) {
	if p == nil {
		return func() {}
	}
	held := *p
	p.running = agent
	p.active = make([]*active, len(held.active))
	for i, a := range held.active {
		copied := *a
		p.active[i] = &copied
	}
	return func() { p.active, p.running = held.active, held.running }
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
	p.steps[agent], p.running = step, agent
	f := p.Strike(StepResult, agent, func(f *Fault) bool { return !f.During })
	if f == nil {
		return ""
	}
	return f.Result
}

// During implements engine.Faults: what a step ends with that has started.
func (p *Plan) During(agent string, step int) engine.Stop {
	if f := p.Strike(StepResult, agent, func(f *Fault) bool { return f.During }); f != nil {
		return engine.Stop{Step: step, Objects: f.AfterObjects, Result: f.Result}
	}
	return engine.Stop{}
}

// Running returns the agent whose step runs, or ran last.
func (p *Plan) Running() string {
	if p == nil {
		return ""
	}
	return p.running
}

// Locked implements engine.Faults: the error of an object that another run
// holds. The anchor is compared as text.
func (p *Plan) Locked(agent, dn string, anchor []byte) string {
	return p.LockedAs(agent, []string{dn}, []string{dn, string(anchor)})
}

// LockedAs is Locked for an object with all the names that it has.
func (p *Plan) LockedAs(agent string, dns, anchors []string) string {
	f := p.Strike(Lock, agent, func(f *Fault) bool { return f.Names(dns, anchors) })
	if f == nil {
		return ""
	}
	if f.Type == "" {
		return "locking-error-needs-retry"
	}
	return f.Type
}

// Stop returns where the service stops in the next run of the agent, if it
// does; the zero Stop if not.
func (p *Plan) Stop(agent string) engine.Stop {
	if p == nil {
		return engine.Stop{}
	}
	for _, a := range p.active {
		if a.Kind == StopService && a.concerns(agent) {
			p.count(a)
			return engine.Stop{Step: max(a.Step, 1), Objects: a.AfterObjects, Result: engine.StoppedServiceShutdown}
		}
	}
	return engine.Stop{}
}

var _ engine.Faults = (*Plan)(nil)
