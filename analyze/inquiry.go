package analyze

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// MaxCounted is how many objects an answer lists.
const MaxCounted = 1000

// Answer is what the trace says about the objects behind a counter or an error.
type Answer struct {
	Question *Question
	// Run is where it was found; nil if no run of the simulation is meant.
	Run *Run
	// Step is the step that is meant; nil if the run has none of that number.
	Step    *engine.StepRecord
	Objects []Counted // MaxCounted at most
	More    int       // objects that are not listed
	// Instead is what the engine did in the step with the object of an error that
	// it does not have.
	Instead []Counted
}

// Counted is an object that was counted, with the events of its transaction but
// for what they counted.
type Counted struct {
	Object engine.ObjectRef
	Rule   string // that counted it, or by which it is an error
	Events []engine.Event
}

// Inquiry answers questions while a simulation runs: it is its tracer, and is
// told its runs.
type Inquiry struct {
	answers []Answer
	events  []engine.Event
	runs    int
}

// NewInquiry returns an inquiry for the questions.
func NewInquiry(questions []*Question) *Inquiry {
	i := &Inquiry{}
	for _, q := range questions {
		i.answers = append(i.answers, Answer{Question: q})
	}
	return i
}

// Event implements engine.Tracer. The events of one run are kept at a time.
func (i *Inquiry) Event(ev engine.Event) {
	if ev.Run > 0 { // else it is of a preview
		i.events = append(i.events, ev)
	}
}

// Take looks for answers in the events of a run that is done.
func (i *Inquiry) Take(r *Run) {
	i.runs++
	for k := range i.answers {
		if a := &i.answers[k]; a.Run == nil && a.Question.meant(i.runs, r) {
			a.Run = r
			a.look(i.events)
		}
	}
	i.events = i.events[:0]
}

// Answers are the answers, in the order of the questions.
func (i *Inquiry) Answers() []Answer { return i.answers }

func (q *Question) meant(index int, r *Run) bool {
	if q.run > 0 {
		return q.run == index
	}
	rec := r.Record
	return (q.number == 0 || rec.Number == q.number) && strings.EqualFold(rec.AgentName, q.agent) && strings.EqualFold(rec.Profile, q.profile)
}

// look finds the objects that the question is about.
func (a *Answer) look(events []engine.Event) {
	q := a.Question
	for i := range a.Run.Record.Steps {
		if s := &a.Run.Record.Steps[i]; s.Number == q.step {
			a.Step = s
		}
	}
	if a.Step == nil {
		return
	}
	events = slices.DeleteFunc(slices.Clone(events), func(ev engine.Event) bool { return ev.Step != q.step })
	found, discovery := 0, 0
	for i := range events {
		if isDiscovery(&events[i]) {
			discovery++
		}
		if !q.about(&events[i], a.Step, discovery-1) {
			continue
		}
		if found++; found <= MaxCounted {
			a.Objects = append(a.Objects, counted(q, events, i))
		}
	}
	a.More = found - len(a.Objects)
	if found > 0 || !q.ofErrors() || q.anyError {
		return
	}
	for i := range events {
		if ev := &events[i]; ev.Kind == engine.EventCount && q.labels(ev) && len(a.Instead) < MaxCounted {
			c := counted(q, events, i)
			c.Rule = ev.Counter
			a.Instead = append(a.Instead, c)
		}
	}
}

// counted is the object of an event with its decisions.
func counted(q *Question, events []engine.Event, at int) Counted {
	ev := &events[at]
	c := Counted{Object: ev.Object, Rule: ev.Rule, Events: decisions(events, at)}
	switch {
	case q.block == "outbound":
		c.Object = ev.Target
	case c.Rule == "": // an error of a rule that is not named
		c.Rule = "SE-N8"
	}
	if c.Object == (engine.ObjectRef{}) { // the retry phase works on metaverse objects
		c.Object = engine.ObjectRef{Agent: "metaverse", ID: ev.MV.ID, DN: ev.MV.Display, Type: ev.MV.Type}
	}
	return c
}

// isDiscovery tells the events of discovery errors, which come in the order of
// their records.
func isDiscovery(ev *engine.Event) bool { return ev.Kind == engine.EventError && ev.Rule == "SE-I2" }

// about tells whether an event counted what the question asks for. The index is
// that of a discovery error in its step.
func (q *Question) about(ev *engine.Event, s *engine.StepRecord, index int) bool {
	switch q.block {
	case blockDiscovery:
		return isDiscovery(ev) && (q.anyError || index < len(s.Discovery) && q.labelsDiscovery(&s.Discovery[index]))
	case blockErrors:
		return ev.Kind == engine.EventError && !isDiscovery(ev) && ev.Object != (engine.ObjectRef{}) && (q.anyError || q.labels(ev))
	case blockRetry:
		return ev.Kind == engine.EventError && ev.Object == (engine.ObjectRef{}) && (q.anyError || q.labels(ev))
	}
	if ev.Kind != engine.EventCount || ev.Block != q.block || ev.Counter != q.name {
		return false
	}
	return q.block != "outbound" || q.target == "" || strings.EqualFold(ev.Target.Agent, q.target)
}

// labels tells whether the label of an error is that of the object of an event.
func (q *Question) labels(ev *engine.Event) bool {
	if q.block == blockRetry {
		return q.calls(ev.MV.Display) || q.calls(ev.MV.ID.String())
	}
	return q.calls(ev.Object.DN) || q.calls(ev.Object.ID.String())
}

// calls tells whether a name is the one asked for, of which reports of
// differences show the beginning if it is long.
func (q *Question) calls(name string) bool {
	if start, cut := strings.CutSuffix(q.name, "…"); cut {
		return len(name) > len(start) && strings.EqualFold(name[:len(start)], start)
	}
	return strings.EqualFold(name, q.name)
}

// labelsDiscovery is labels for a discovery error: its DN, its anchor, the
// number of its entry, or its type where it has none of these.
func (q *Question) labelsDiscovery(e *engine.DiscoveryError) bool {
	switch {
	case e.EntryNumber > 0 && q.name == fmt.Sprintf("entry %d", e.EntryNumber):
		return true
	case e.DN == "" && len(e.Anchor) == 0:
		return e.EntryNumber == 0 && q.calls(e.Type)
	}
	return e.DN != "" && q.calls(e.DN) || len(e.Anchor) > 0 && base64.StdEncoding.EncodeToString(e.Anchor) == q.name
}

// decisions are the events of the transaction of one of them, without counts,
// and for an export the requests of the object before it. Events of one
// transaction stand beside each other.
func decisions(events []engine.Event, at int) []engine.Event {
	of := &events[at]
	from, to := at, at+1
	for from > 0 && events[from-1].Transaction == of.Transaction {
		from--
	}
	for to < len(events) && events[to].Transaction == of.Transaction {
		to++
	}
	var list []engine.Event
	if of.Block == "export" || of.Kind == engine.EventError && of.Detail == "export" {
		for i := range events[:from] {
			if events[i].Kind == engine.EventExport && events[i].Object.ID == of.Object.ID {
				list = append(list, events[i])
			}
		}
	}
	for i := from; i < to; i++ {
		if events[i].Kind != engine.EventCount {
			list = append(list, events[i])
		}
	}
	return list
}
