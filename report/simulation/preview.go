package simulation

import (
	"fmt"

	"github.com/runhist/runhist/analyze/engine"
)

// Preview is what the synchronization of one object would do.
type Preview struct {
	Action int // in the scenario, from 1
	Full   bool
	Object engine.ObjectRef
	// Record has the result, counters and errors that a step with this object
	// alone would have.
	Record *engine.StepRecord
	Events []engine.Event // in order
}

func (p *Preview) mode() string {
	if p.Full {
		return "full"
	}
	return "delta"
}

// AddPreview adds a preview: its object, what would happen in order, and what a
// step would count.
func (t *Table) AddPreview(p *Preview) {
	add := func(format string, args ...any) { t.previews = append(t.previews, fmt.Sprintf(format, args...)) }
	kind := ""
	if p.Object.Type != "" {
		kind = " (" + p.Object.Type + ")"
	}
	add("")
	add("Preview of action %d: %s%s, %s synchronization", p.Action, named(&p.Object), kind, p.mode())
	for i := range p.Events {
		if p.Events[i].Kind != engine.EventCount {
			add("  %s", Decision(&p.Events[i]))
		}
	}
	what := sentence(counts(p.Record))
	if what == "" {
		what = "nothing"
	}
	add("  it would end with %s and count %s; nothing was kept", p.Record.Result, what)
}

// SummaryPreview is one preview.
type SummaryPreview struct {
	Action   int              `json:"action"` // in the scenario, from 1
	Agent    string           `json:"agent"`
	Mode     string           `json:"mode"` // delta, full
	Object   *object          `json:"object"`
	Result   string           `json:"result"` // of a step with this object alone
	Counters []SummaryCounter `json:"counters"`
	Errors   []string         `json:"errors"` // their types
	Events   []*event         `json:"events"`
}

// SummaryCounter is a counter above zero.
type SummaryCounter struct {
	Target string `json:"target,omitempty"` // the management agent of an outbound counter
	Name   string `json:"name"`
	Count  uint64 `json:"count"`
}

// AddPreview adds a preview.
func (s *Summary) AddPreview(p *Preview) {
	x := SummaryPreview{Action: p.Action, Agent: p.Object.Agent, Mode: p.mode(), Object: objectOf(p.Object), Result: string(p.Record.Result),
		Counters: []SummaryCounter{}, Errors: []string{}, Events: []*event{}}
	for _, c := range counts(p.Record) {
		x.Counters = append(x.Counters, SummaryCounter{c.block, c.name, c.n})
	}
	for i := range p.Record.SyncErrors {
		x.Errors = append(x.Errors, p.Record.SyncErrors[i].Type)
	}
	for i := range p.Events {
		x.Events = append(x.Events, eventOf(&p.Events[i]))
	}
	s.Previews = append(s.Previews, x)
}
