package analyze

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Question asks what stands behind a counter or an error of a simulation.
type Question struct {
	Path string // as it was asked

	run           int    // of the simulation, from 1; 0 where agent, profile and number say which
	agent         string // names, compared without case
	profile       string
	number        int // 0: the first such run
	step          int
	block         string // staging, inbound, outbound, export, discovery, errors
	target        string // agent of an outbound counter
	name          string // counter; of an error its DN
	errorsOfAnyDN bool
}

// blocks are the elements that hold counters and errors, as the trace calls
// them.
func blocks() map[string]string {
	return map[string]string{"staging-counters": "staging", "inbound-flow-counters": "inbound", "outbound-flow-counters": "outbound",
		"export-counters": "export", "ma-discovery-counters": "discovery", "synchronization-errors": "errors", "mv-retry-errors": "errors"}
}

// ParseQuestion reads a path: as reports of differences name it,
//
//	run-details[AD, Export, 3]/step-details[1]/export-counters/export-update
//	run-details[HR, Delta Synchronization, 2]/step-details[1]/outbound-flow-counters[AD]/connector-flow
//	run-details[5]/step-details[1]/synchronization-errors/import-error[CN=Ann,DC=x]
//
// A number alone is that of the run in the simulation; agent and profile without
// one mean the first such run. A leading run-history is
// left out.
func ParseQuestion(path string) (*Question, error) {
	q := &Question{Path: path}
	parts := segments(path)
	if len(parts) > 0 && parts[0].name == "run-history" {
		parts = parts[1:]
	}
	if len(parts) != 4 || parts[0].name != "run-details" || parts[1].name != "step-details" {
		return nil, fmt.Errorf("%q is no path such as run-details[AD, Export, 3]/step-details[1]/export-counters/export-update", path)
	}
	if err := q.ofRun(parts[0].key); err != nil {
		return nil, fmt.Errorf("%q: %w", path, err)
	}
	var err error
	if q.step, err = strconv.Atoi(parts[1].key); err != nil || q.step < 1 {
		return nil, fmt.Errorf("%q: step-details wants the number of the step", path)
	}
	q.block = blocks()[parts[2].name]
	switch q.block {
	case "":
		return nil, fmt.Errorf("%q: %s holds neither counters nor errors of objects", path, parts[2].name)
	case "outbound":
		q.target, q.name = parts[2].key, parts[3].name
	case "errors":
		q.name, q.errorsOfAnyDN = parts[3].key, parts[3].key == ""
	default:
		q.name = parts[3].name
	}
	return q, nil
}

// ofRun reads which run is meant.
func (q *Question) ofRun(key string) error {
	if n, err := strconv.Atoi(key); err == nil && n > 0 {
		q.run = n
		return nil
	}
	agent, profile, ok := strings.Cut(key, ", ")
	if !ok {
		return fmt.Errorf("run-details wants its agent and profile, or its number in the simulation")
	}
	q.agent, q.profile = agent, profile
	if last := strings.LastIndex(profile, ", "); last > 0 {
		if n, err := strconv.Atoi(profile[last+2:]); err == nil {
			q.profile, q.number = profile[:last], n
		}
	}
	return nil
}

type segment struct{ name, key string }

// segments splits a path at the slashes outside of brackets.
func segments(path string) []segment {
	var list []segment
	for rest := strings.TrimPrefix(path, "/"); rest != ""; {
		end := strings.IndexAny(rest, "/[")
		s := segment{name: rest}
		switch {
		case end < 0:
			rest = ""
		case rest[end] == '/':
			s.name, rest = rest[:end], rest[end+1:]
		default:
			s.name, rest = rest[:end], rest[end+1:]
			shut := strings.Index(rest, "]/")
			if shut < 0 {
				s.key, rest = strings.TrimSuffix(rest, "]"), ""
			} else {
				s.key, rest = rest[:shut], rest[shut+2:]
			}
		}
		list = append(list, s)
	}
	return list
}

// Answer is what the trace says about the objects behind a counter or an error.
type Answer struct {
	Question *Question
	// Run is where it was found; nil if no run of the simulation is meant.
	Run     *Run
	Objects []Counted
}

// Counted is an object that was counted, with the events about it in the step.
type Counted struct {
	Object engine.ObjectRef
	Rule   string // that counted it
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
func (i *Inquiry) Event(ev engine.Event) { i.events = append(i.events, ev) }

// Take looks for answers in the events of a run that is done.
func (i *Inquiry) Take(r *Run) {
	i.runs++
	for k := range i.answers {
		if a := &i.answers[k]; a.Run == nil && a.Question.meant(i.runs, r) {
			a.Run = r
			a.Objects = a.Question.counted(i.events)
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

// counted are the objects that the question is about.
func (q *Question) counted(events []engine.Event) []Counted {
	var list []Counted
	for i := range events {
		if ev := &events[i]; ev.Step == q.step && q.about(ev) {
			object := ev.Object
			if q.block == "outbound" {
				object = ev.Target
			}
			list = append(list, Counted{Object: object, Rule: ev.Rule, Events: decisions(events, ev)})
		}
	}
	return list
}

// about tells whether an event counted what the question asks for.
func (q *Question) about(ev *engine.Event) bool {
	if q.block == "errors" {
		return ev.Kind == engine.EventError && (q.errorsOfAnyDN || strings.EqualFold(ev.Object.DN, q.name) || ev.Object.ID.String() == q.name)
	}
	if ev.Kind != engine.EventCount || ev.Block != q.block || ev.Counter != q.name {
		return false
	}
	return q.block != "outbound" || q.target == "" || strings.EqualFold(ev.Target.Agent, q.target)
}

// decisions are the events of the step about the object of one of them, without
// the counts of other counters.
func decisions(events []engine.Event, of *engine.Event) []engine.Event {
	var list []engine.Event
	for i := range events {
		ev := &events[i]
		if ev.Step == of.Step && ev.Object.ID == of.Object.ID && ev.Object.Agent == of.Object.Agent && ev.Object.DN == of.Object.DN && ev.Kind != engine.EventCount {
			list = append(list, *ev)
		}
	}
	return list
}
