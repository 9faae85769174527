package generate

import (
	"iter"

	"github.com/runhist/runhist/schemas/rundetails"
)

// run makes one run.
type run struct {
	o      *Options
	index  int
	agents []agent
	agent  *agent
	plans  []plan
	rand   stream
	size   int64 // of the run, 0 where the counts decide
	cost   [2]int64
	number int
	start  int64 // of the run, in milliseconds since 1970
	clock  int64
	serial int // of the last connector space object

	// due are the changes that synchronization has provisioned to the agent
	// itself and no export has written yet.
	due struct{ adds, updates, renames int }

	numbers []uint64 // of the steps
	faults  faults
	ended   int64 // when the step before the one under way ended, 0 at the first

	importCases  []importCase
	importWeight int
	exportCases  []exportCase
	exportWeight int

	// The records are reused: each is written before the next one is made.
	importError rundetails.ImportError
	exportError rundetails.ExportError
}

// Spans of time, in milliseconds.
const (
	second   = 1000
	minute   = 60 * second
	hour     = 60 * minute
	day      = 24 * hour
	longStep = minute        // a step without errors is shorter
	perError = 110           // between two errors of a step
	maxStep  = 20 * day      // a step is shorter, however many errors it has
	epoch    = 1451865600000 // 2016-01-04
)

func newRun(o *Options, index int) *run {
	r := &run{o: o, index: index, agents: agents(o.Seed), rand: newStream(o.Seed, ofRun, uint64(index))}
	if o.Size > 0 {
		r.size = max(o.Size/int64(o.Runs), 1)
	}
	r.plans = plans(o, r.size)
	r.importCases, r.exportCases = importCases(), exportCases()
	for i := range r.importCases {
		r.importWeight += r.importCases[i].weight
	}
	for i := range r.exportCases {
		r.exportWeight += r.exportCases[i].weight
	}
	r.agent = &r.agents[index%len(r.agents)]
	base := newStream(o.Seed, ofStart, uint64(r.agent.index))
	r.number = 1000 + base.IntN(4000) + index/len(r.agents)
	r.serial = 100_000 + r.rand.IntN(400_000)
	at := newStream(o.Seed, ofStart)
	r.start = epoch + int64(at.IntN(365))*day + int64(at.IntN(24))*hour + int64(index)*r.interval() + int64(r.rand.IntN(5*minute))
	r.clock = r.start
	for i := range r.plans {
		r.numbers = append(r.numbers, uint64(i+1))
	}
	for _, p := range o.faults(index, 1) {
		if p.line == nil {
			r.faults = append(r.faults, p)
		}
	}
	return r
}

// interval is the time from the start of one run to that of the next: longer
// than any run of these options.
func (r *run) interval() int64 {
	longest := int64(len(r.plans)) * (longStep + 5*second)
	for i := range r.plans {
		longest += r.plans[i].errorTime()
	}
	return max(30*minute, longest+10*minute)
}

// errorTime is the part of a step's duration in which its errors occur.
func (p *plan) errorTime() int64 { return min(int64(p.errors)*perError, maxStep) }

// write writes the run.
func (r *run) write(w *rundetails.Writer) error {
	before := w.Written()
	for _, p := range r.faults {
		if p.numbers != nil && p.numbers(r.numbers, p.left) {
			p.left = 0
		}
	}
	head := &rundetails.Run{
		MAID:        r.agent.id,
		MAName:      rundetails.NewText(r.agent.name),
		Number:      rundetails.NewNumber(uint64(r.number)),
		ProfileName: rundetails.NewText(r.agent.profile),
		SecurityID:  rundetails.NewText(`CONTOSO\svc-sync`),
	}
	r.faults.each(false, func(f *fault) bool { return f.run != nil && f.run(head) })
	w.BeginRun(head)
	if r.size > 0 {
		r.cost = measure(r)
	}
	for i := range r.plans {
		s := r.step(i)
		r.breakStep(s)
		r.ended = s.endAt
		if r.size > 0 && r.plans[i].errors > 0 {
			s.until = r.until(i, before, w)
		}
		w.WriteStep(s.Step, s.records(w))
		if w.Err() != nil {
			return w.Err()
		}
	}
	w.EndRun()
	return r.faults.missing()
}

// measure finds out what an import error and an export error cost in bytes,
// from a sample: that depends on the agent.
func measure(r *run) (cost [2]int64) {
	const sample = 400
	for i, kind := range []*stepKind{&deltaSync, &export} {
		probe := *r
		probe.rand, probe.size = newStream(r.o.Seed, ofSample, uint64(r.agent.index), uint64(i)), 0
		probe.plans, probe.numbers, probe.faults = []plan{{kind: kind, errors: sample}}, []uint64{1}, nil
		w := rundetails.NewWriter(discard{})
		w.BeginHistory(false)
		w.BeginRun(&rundetails.Run{})
		s := probe.step(0)
		records := s.records(w)
		var before, after int64
		switch i {
		case 0:
			records.ImportErrors = bracket(records.ImportErrors, w, &before, &after)
		default:
			records.ExportErrors = bracket(records.ExportErrors, w, &before, &after)
		}
		w.WriteStep(s.Step, records)
		cost[i] = max((after-before)/sample, 1)
	}
	return cost
}

// bracket notes how much was written before a sequence and after it.
func bracket[R any](seq iter.Seq[R], w *rundetails.Writer, before, after *int64) iter.Seq[R] {
	return func(yield func(R) bool) {
		*before = w.Written()
		seq(yield)
		*after = w.Written()
	}
}

type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// bytesAStep is about what a step takes without its import or export errors.
const bytesAStep = 4700

// until is the place in the document up to which step i may write errors, so
// that what is left of the size suffices for the steps behind it.
func (r *run) until(i int, before int64, w *rundetails.Writer) int64 {
	written := w.Written() - before
	var all int64 // what the errors still to come cost
	for j := i; j < len(r.plans); j++ {
		all += r.errorBytes(j)
	}
	left := r.size - written - bytesAStep*int64(len(r.plans)-i)
	if left <= 0 || all == 0 {
		return 1
	}
	const head = bytesAStep * 2 / 5 // of it stands before the errors
	// A product of two sizes could overflow; a millionth is exact enough.
	return w.Written() + head + left/1000*(r.errorBytes(i)*1000/all)
}

func (r *run) errorBytes(i int) int64 {
	p := &r.plans[i]
	if p.kind.exports {
		return int64(p.errors) * r.cost[1]
	}
	return int64(p.errors) * r.cost[0]
}
