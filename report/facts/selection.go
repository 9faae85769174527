package facts

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/schemas/rundetails"
)

// Selection says which runs and steps are wanted; the zero Selection wants all.
type Selection struct {
	// Since and Until bound the start of a step, in milliseconds since 1970:
	// from Since on, and before Until. A step whose start cannot be read is
	// not wanted where one of them is set.
	Since, Until *int64
	Agents       []string // names or GUIDs of management agents, in any case
	Profiles     []string // names of run profiles, in any case
	Results      []string // step results
}

// Run tells whether steps of the run may be wanted.
func (s *Selection) Run(r *rundetails.Run) bool {
	return s.Names(r.MAName.Value, r.MAID.Value, r.ProfileName.Value)
}

// Names tells whether runs of a profile of an agent may be wanted.
func (s *Selection) Names(agent, agentID, profile string) bool {
	return among(s.Agents, agent, agentID) && among(s.Profiles, profile)
}

// Step tells whether the step is wanted, given that its run is.
func (s *Selection) Step(step *rundetails.Step) bool {
	if len(s.Results) > 0 && !slices.Contains(s.Results, trimmed(&step.Result.Text)) {
		return false
	}
	if s.Since == nil && s.Until == nil {
		return true
	}
	return step.Start.Valid && (s.Since == nil || step.Start.Millis >= *s.Since) && (s.Until == nil || step.Start.Millis < *s.Until)
}

// ofSteps tells whether steps are chosen one by one.
func (s *Selection) ofSteps() bool { return len(s.Results) > 0 || s.Since != nil || s.Until != nil }

func among(wanted []string, names ...string) bool {
	if len(wanted) == 0 {
		return true
	}
	return slices.ContainsFunc(wanted, func(w string) bool {
		return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(strings.TrimSpace(n), w) })
	})
}

// Select hands what is wanted of each document to all of the followers. A run
// is wanted when one of its steps is; a run without steps is wanted unless
// steps are chosen one by one.
//
// What a step is chosen by must stand before its errors, as the schema has it:
// where a document puts it behind, the errors are not chosen.
func Select(s Selection, to ...operations.Follower) operations.Follower {
	f := &selected{selection: s, all: s.empty(), to: to}
	for _, one := range to {
		f.Visitors = append(f.Visitors, one)
	}
	return f
}

func (s *Selection) empty() bool {
	return !s.ofSteps() && len(s.Agents) == 0 && len(s.Profiles) == 0
}

// selected is a Follower in front of others.
type selected struct {
	rundetails.Visitors // the others, as those who take nodes
	selection           Selection
	all                 bool
	to                  []operations.Follower
	steps               bool // some step of the run under way is wanted
}

func (s *selected) wants(step *rundetails.Step) bool {
	return s.all || s.selection.Run(step.Run) && s.selection.Step(step)
}

// Begin passes the beginning of a document on.
func (s *selected) Begin() {
	s.steps = false
	for _, f := range s.to {
		f.Begin()
	}
}

// Cut passes on that the document ends early.
func (s *selected) Cut() {
	for _, f := range s.to {
		f.Cut()
	}
}

// Incident passes an incident of a wanted step on.
func (s *selected) Incident(i *rundetails.Incident) {
	if s.wants(i.Step) {
		s.Visitors.Incident(i)
	}
}

// ObjectError passes an error of a wanted step on.
func (s *selected) ObjectError(e *rundetails.ObjectError) {
	if s.wants(e.Step) {
		s.Visitors.ObjectError(e)
	}
}

// ImportError passes an error of a wanted step on.
func (s *selected) ImportError(e *rundetails.ImportError) {
	if s.wants(e.Step) {
		s.Visitors.ImportError(e)
	}
}

// ExportError passes an error of a wanted step on.
func (s *selected) ExportError(e *rundetails.ExportError) {
	if s.wants(e.Step) {
		s.Visitors.ExportError(e)
	}
}

// RetryError passes an error of a wanted step on.
func (s *selected) RetryError(e *rundetails.RetryError) {
	if s.wants(e.Step) {
		s.Visitors.RetryError(e)
	}
}

// CounterBlock passes a block of a wanted step on.
func (s *selected) CounterBlock(b *rundetails.CounterBlock) {
	if s.wants(b.Step) {
		s.Visitors.CounterBlock(b)
	}
}

// Step passes a wanted step on.
func (s *selected) Step(step *rundetails.Step) {
	if s.wants(step) {
		s.steps = true
		s.Visitors.Step(step)
	}
}

// Run passes a wanted run on.
func (s *selected) Run(r *rundetails.Run) {
	wanted := s.all || s.selection.Run(r) && (s.steps || !s.selection.ofSteps())
	s.steps = false
	if wanted {
		s.Visitors.Run(r)
	}
}
