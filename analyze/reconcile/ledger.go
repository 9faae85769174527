package reconcile

import (
	"strings"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// The limits of what is remembered of an archive. All of it together, with what
// checks make of it, stays below 230 MiB.
const (
	maxRuns   = 1 << 17
	maxSteps  = 1 << 18
	maxCounts = 1 << 22
	maxTypes  = 1 << 20
	maxFlows  = 1 << 19
	maxErrors = 1 << 20
	maxAgents = 1 << 12
	maxTexts  = 1 << 16 // names, results, error types, partitions
	maxNamed  = 1 << 16 // objects that are known by name
)

// ledger is what is remembered of the runs of all documents, in the order in
// which they were given; [ledger.settle] brings them into the order of time.
type ledger struct {
	texts   []string
	byText  map[string]uint32
	results map[uint32]after // what follows a result, by its text
	files   []string

	agents []agent
	byID   map[rundetails.ID]uint32
	byName map[string]uint32 // agents of which no id is known

	runs   []run
	steps  []step
	counts []count
	types  []typeCount
	flows  []flow
	errors []failure
	labels map[uint64]string

	full string // the first limit that was hit, "" for none
}

// agent is a management agent.
type agent struct {
	id    rundetails.ID
	known bool
	name  uint32 // the last one in time, once the ledger is settled
	named []uint32
	same  uint32 // the agent that this one turned out to be, or itself

	runs       []uint32 // of the settled ledger, in the order of time
	undated    int      // runs without a date
	unplaced   int      // runs of which nobody knows where in the order they belong
	partitions map[uint32]bool
	restarts   []restart
	gaps       []gap
}

// run is a run.
type run struct {
	start, end    int64 // of its first step, and of its last one where that has ended
	file          uint32
	path, profile uint32
	agent, name   uint32
	number, line  uint32
	steps, to     uint32 // its part of the steps, sorted by their numbers
	numbered      bool
	cut           bool // some of it is missing
	finished      bool // every step let the next one begin, and the last one has ended
	working       bool // some step is at work
	twin          bool // it is there more than once
}

// step is a step of a run.
type step struct {
	start, end                       int64
	id                               uint64
	run                              uint32
	partition, result                uint32
	number, line, index              uint32
	counts, countsTo, types, typesTo uint32
	flows, flowsTo, errors, errorsTo uint32
	kind                             kind
	after                            after
}

// typeCount counts errors of a type.
type typeCount struct {
	text, n uint32
	of      measure.Measure
}

// flow is what a step did to the pending changes of an agent.
type flow struct {
	to, adds, changes, disconnects uint32
}

// failure is an error of an object. Whether it is one with another error of the
// archive is told by its object, kind and type.
type failure struct {
	object  uint64 // a key of its GUID, else of its name
	first   int64  // first-occurred, or never
	line    uint32
	retries uint32
	text    uint32 // of its type
	kind    errorKind
}

// errorKind is a kind of error whose course is followed from run to run.
type errorKind uint8

// The kinds.
const (
	stagingError errorKind = iota // of an import: exported-change-not-reimported
	flowError                     // of a synchronization
	exportError
)

const notReimported = "exported-change-not-reimported"

// after is what comes after a step with some result.
type after uint8

// What comes after a step.
const (
	unsaid after = iota
	goes         // the next step
	stops        // no step
	works        // it is at work
)

func newLedger() *ledger {
	l := &ledger{byText: map[string]uint32{}, results: map[uint32]after{}, byID: map[rundetails.ID]uint32{}, byName: map[string]uint32{}, labels: map[uint64]string{}}
	l.text("")
	return l
}

// limit notes that something did not fit.
func (l *ledger) limit(what string) {
	if l.full == "" {
		l.full = what
	}
}

func (l *ledger) text(s string) uint32 {
	if i, ok := l.byText[s]; ok {
		return i
	}
	if len(l.texts) >= maxTexts {
		l.limit("names")
		return 0
	}
	i := uint32(len(l.texts))
	l.texts = append(l.texts, s)
	l.byText[s] = i
	return i
}

// agent finds or makes the agent; ok is false for one without id and name, and
// for one too many.
func (l *ledger) agent(who *identity) (index uint32, ok bool) {
	switch {
	case who.known:
		index, ok = l.byID[who.id]
	case who.name != "":
		index, ok = l.byName[who.name]
	default:
		return 0, false
	}
	if !ok {
		if len(l.agents) >= maxAgents {
			l.limit("agents")
			return 0, false
		}
		index = uint32(len(l.agents))
		l.agents = append(l.agents, agent{id: who.id, known: who.known, same: index, partitions: map[uint32]bool{}})
		if who.known {
			l.byID[who.id] = index
		} else {
			l.byName[who.name] = index
		}
	}
	if name := l.text(who.name); name != 0 {
		a := &l.agents[index]
		if !contains(a.named, name) && len(a.named) < 16 {
			a.named = append(a.named, name)
		}
	}
	return index, true
}

func contains(list []uint32, n uint32) bool {
	for _, m := range list {
		if m == n {
			return true
		}
	}
	return false
}

// after says what comes after a result.
func (l *ledger) after(result uint32) after {
	if a, ok := l.results[result]; ok {
		return a
	}
	a := afterResult(l.texts[result])
	l.results[result] = a
	return a
}

func afterResult(result string) after {
	for _, t := range terms.Lookup(result) {
		if t.Kind != terms.StepResult {
			continue
		}
		switch t.Follow {
		case terms.Goes:
			return goes
		case terms.Stops:
			return stops
		case terms.Running:
			return works
		}
	}
	if strings.HasPrefix(result, "stopped-") || strings.HasPrefix(result, "no-start-") {
		return stops
	}
	return unsaid
}

// add takes the facts of a document.
func (l *ledger) add(file string, d *document) {
	if len(d.runs) == 0 {
		return
	}
	if n := len(l.files); n == 0 || l.files[n-1] != file {
		l.files = append(l.files, file)
	}
	for _, n := range d.labels {
		if _, ok := l.labels[n.key]; !ok && len(l.labels) < maxNamed {
			l.labels[n.key] = n.text
		}
	}
	from := 0
	for i := range d.runs {
		r := &d.runs[i]
		l.run(d, r, from)
		from = r.stepsTo
	}
}

// run takes a run whose steps begin at from.
func (l *ledger) run(d *document, r *runFacts, from int) {
	who, ok := l.agent(&r.agent)
	if !ok {
		return
	}
	if len(l.runs) >= maxRuns || len(l.steps)+r.stepsTo-from > maxSteps {
		l.limit("runs")
		return
	}
	index := uint32(len(l.runs))
	mine := run{file: uint32(len(l.files) - 1), path: l.text(r.path), profile: l.text(r.profile), agent: who, name: l.text(r.agent.name), number: r.number, line: r.line,
		numbered: r.numbered, cut: r.cut, steps: uint32(len(l.steps))}
	for i := from; i < r.stepsTo; i++ {
		l.step(d, i, index)
	}
	mine.to = uint32(len(l.steps))
	l.runs = append(l.runs, mine)
}

// step takes a step.
func (l *ledger) step(d *document, i int, of uint32) {
	s := &d.steps[i]
	before := &stepFacts{}
	if i > 0 {
		before = &d.steps[i-1]
	}
	mine := step{start: s.start, end: s.end, id: s.id, run: of, partition: l.text(s.partition), result: l.text(s.result), number: s.number,
		line: s.line, index: s.index, kind: s.kind, counts: uint32(len(l.counts)), types: uint32(len(l.types)), flows: uint32(len(l.flows)), errors: uint32(len(l.errors))}
	mine.after = l.after(mine.result)
	if counts := d.counts[before.countsTo:s.countsTo]; len(l.counts)+len(counts) <= maxCounts {
		l.counts = append(l.counts, counts...)
	} else {
		l.limit("counters")
	}
	for _, t := range d.types[before.typesTo:s.typesTo] {
		if len(l.types) >= maxTypes {
			l.limit("types of errors")
			break
		}
		l.types = append(l.types, typeCount{l.text(t.errType), t.n, t.of})
	}
	for _, f := range d.flows[before.flowsTo:s.flowsTo] {
		to, ok := l.agent(&f.to)
		switch {
		case len(l.flows) >= maxFlows:
			l.limit("flows between agents")
		case ok:
			f.flow.to = to
			l.flows = append(l.flows, f.flow)
		}
	}
	for _, e := range d.errors[before.errorsTo:s.errorsTo] {
		if len(l.errors) >= maxErrors {
			l.limit("errors of objects")
			break
		}
		e.failure.kind, e.failure.text = e.kind, l.text(e.errType)
		l.errors = append(l.errors, e.failure)
	}
	mine.countsTo, mine.typesTo, mine.flowsTo, mine.errorsTo = uint32(len(l.counts)), uint32(len(l.types)), uint32(len(l.flows)), uint32(len(l.errors))
	l.steps = append(l.steps, mine)
}

// count is the value of a measure in a step.
func (l *ledger) count(s *step, of measure.Measure) uint64 {
	n := uint64(0)
	for _, c := range l.counts[s.counts:s.countsTo] {
		if c.of == of || of == measure.Errors && c.of.IsErrors() {
			n += uint64(c.n)
		}
	}
	return n
}

// sum adds measures of a step up.
func (l *ledger) sum(s *step, of ...measure.Measure) uint64 {
	n := uint64(0)
	for _, m := range of {
		n += l.count(s, m)
	}
	return n
}

// errorsOf counts the errors of a type, of one kind or of all.
func (l *ledger) errorsOf(s *step, of measure.Measure, errType string) uint64 {
	text, ok := l.byText[errType]
	if !ok {
		return 0
	}
	n := uint64(0)
	for _, t := range l.types[s.types:s.typesTo] {
		if t.text == text && (of == measure.Errors || of == t.of) {
			n += uint64(t.n)
		}
	}
	return n
}
