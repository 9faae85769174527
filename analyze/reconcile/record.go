package reconcile

import (
	"fmt"
	"math"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/schemas/rundetails"
)

// Record remembers of runs what policies ask for, and judges them as [Run]
// does: copies of a run count once, agents are matched by their GUID. It is a
// visitor of one document after another, for those who read them for a purpose
// of their own, and not safe for concurrent use.
//
// What it holds is bounded by the limits of the ledger, below 80 MiB; what
// follows errors and flow from run to run takes no part in that.
type Record struct {
	*collector
	ledger *ledger
	file   string
	cut    bool // the document ended early, and what comes is the run under way
	judged bool
}

// NewRecord returns a record of no runs.
func NewRecord() *Record { return &Record{collector: newCollector(), ledger: newLedger()} }

// File begins an input: the following runs are of a document of that name.
func (r *Record) File(name string) { r.file = name }

// Begin begins a document, and forgets the run in which the one before ended
// early.
func (r *Record) Begin() {
	r.collector.Take()
	r.cut = false
}

// Cut says that the document ends early: the run under way is not judged.
func (r *Record) Cut() { r.cut = true }

// ImportError takes no notice: its step has counted it.
func (r *Record) ImportError(*rundetails.ImportError) {}

// ExportError takes no notice: its step has counted it.
func (r *Record) ExportError(*rundetails.ExportError) {}

// CounterBlock keeps the counters above 0.
func (r *Record) CounterBlock(b *rundetails.CounterBlock) {
	if len(r.doc.counts) >= maxCounts {
		r.ledger.limit("counters")
		return
	}
	r.collector.CounterBlock(b)
	r.doc.flows = r.doc.flows[:0]
}

// Step keeps a step.
func (r *Record) Step(s *rundetails.Step) {
	if len(r.doc.steps) >= maxSteps {
		r.ledger.limit("steps")
		return
	}
	r.collector.Step(s)
}

// Run takes the run and its steps.
func (r *Record) Run(run *rundetails.Run) {
	if r.cut {
		return
	}
	r.collector.Run(run)
	r.ledger.add(r.file, r.collector.Take().(*document))
}

// Judged is a verdict, and the run that it is about.
type Judged struct {
	policy.Verdict
	File  string // "" for no run
	Start int64  // of the run, in milliseconds since 1970-01-01; 0 where it is not known
}

// Judge checks the policies over the runs that began before an instant, as of
// now; both are in milliseconds since 1970-01-01, and nil is no bound. The
// verdicts are in the order of [policy.Evaluate]. Nothing can be recorded after
// the first call. The error says what was left out because it did not fit.
func (r *Record) Judge(policies []policy.Policy, until *int64, now int64) ([]Judged, error) {
	l := r.ledger
	if !r.judged {
		l.settle()
		r.judged = true
	}
	end := int64(math.MaxInt64)
	if until != nil {
		end = *until
	}
	runs, indexes := l.policyRuns()
	for i := range runs { // they are in the order of time
		if runs[i].Start >= end {
			runs = runs[:i]
			break
		}
	}
	var all []Judged
	for _, v := range policy.Evaluate(policies, runs, min(now, end)) {
		j := Judged{Verdict: v}
		if v.Run >= 0 {
			j.File, j.Start = l.files[l.runs[indexes[v.Run]].file], runs[v.Run].Start
		}
		all = append(all, j)
	}
	if l.full != "" {
		return all, fmt.Errorf("the documents have more %s than are remembered: policies are judged without the rest", l.full)
	}
	return all, nil
}
