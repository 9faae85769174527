// Package reconcile asks whether the runs of an archive add up: what one agent
// provisioned toward another against what that one exported, exports against
// the import that should confirm them, errors from run to run, steps that never
// ran, runs that are missing.
//
//	documents -> validate (rules that compare runs, an observer) -> ledger, in order of time -> checks -> findings
//
// Rules C106 and C139 to C147 compare runs already: they are run as they are,
// by package validate. What needs all runs in the order of time is a check of
// this package, with an id of its own. The list of checks, in checks.go, is
// closed: [Checks] has what each means, how grave and how certain it is.
//
// A run that is not in the archive may explain what the others show. So a check
// that adds counters up is silent wherever run numbers say that runs are
// missing, and what may have another cause is called likely or possible, never
// certain. Agents are matched by their GUID, and by name where that is masked.
// Where numbers begin anew, because a history was cleared, they are not compared
// with those before.
//
// Policies of the configuration are checked by package policy, over the runs of
// the ledger; what they find stands among the findings. A [State] tells what is
// new since the last call.
//
// To add a check: its entry in checks.go, a function beside those of its kind,
// and its folder of fixtures in samples/reconcile. Memory is bounded (ledger.go
// has the limits), and what does not fit is told as a problem.
//
// The package imports the model, validate and its rules, measure and policy. It
// knows neither files nor clocks.
package reconcile

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/policy"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules/consistency/across"
)

// Options say how to reconcile.
type Options struct {
	Limits source.Limits
	Jobs   int // documents to read at once
	// Now is the instant of the call, in milliseconds since 1970-01-01, which
	// ages are measured by; 0 where it is not known.
	Now int64
	// Recent asks for agents without recent success. An old archive has none
	// else, so somebody has to say what "now" is for it.
	Recent bool
	// Policies are checked too.
	Policies []policy.Policy
	// Severity overrides the severity of ids; finding.Off leaves them out.
	Severity map[string]finding.Severity
	// MaxFindings bounds the findings of an id that are kept; those beyond are
	// counted. 0 is 1,000.
	MaxFindings int
	// Done is called for each document that was read, in their order; it may
	// be nil.
	Done func(*validate.Result)
}

// Certainty says how sure a finding is.
type Certainty uint8

// The certainties, each surer than the one before.
const (
	Possible Certainty = iota + 1 // one explanation among others
	Likely                        // what else explains it is rare
	Certain                       // the runs of the archive leave no other explanation
)

// String returns "possible", "likely" or "certain".
func (c Certainty) String() string {
	return [...]string{"", "possible", "likely", "certain"}[c]
}

// Finding is something that does not add up, or that somebody wants to know.
type Finding struct {
	finding.Finding
	Certainty Certainty
	Agent     string // by name, "" where it is about no agent or about the document
	Profile   string // "" where it is about all of them
	Number    uint32 // of the run, 0 where it has none
	At        int64  // the start of the run, or 0
	// Objects are some of those that a finding about errors is about, and
	// Count is how many there are.
	Objects []string
	Count   int
	// Old means that the call before had it too; see [State.Compare].
	Old bool
	// Key tells the finding from others, and is the same as long as what it is
	// about lasts: it has no counters in it.
	Key string
}

// Result is what came out.
type Result struct {
	Findings []Finding        // gravest first, then by certainty, agent and time
	Verdicts []policy.Verdict // of the policies, in their order
	Cut      int              // findings that were not kept
	Agents   []Agent          // by name
	First    int64            // start of the first run that was compared, in milliseconds since 1970-01-01; 0 without one
	Last     int64            // and of the last one
	Files    int
	Runs     int // that were compared
	Copies   int // runs that are there more than once, and were left out
	Undated  int // runs that nobody knows the time of, or the agent
	Steps    int
	// Problems are what kept the tool from its work, a line each.
	Problems   []error
	Incomplete bool // a document could not be read to its end, or a limit was hit

	ledger *ledger
}

// Run reconciles documents. The order in which they are given has no say in
// what comes out. An error is that of the context or of an option.
func Run(ctx context.Context, inputs []validate.Input, o Options) (*Result, error) {
	sorted := slices.Clone(inputs)
	slices.SortFunc(sorted, func(a, b validate.Input) int { return strings.Compare(a.File, b.File) })
	v, err := validate.New(o.validation())
	if err != nil {
		return nil, err
	}
	r := &Result{ledger: newLedger()}
	var found []finding.Finding
	err = v.Each(ctx, sorted, max(o.Jobs, 1), func(d validate.Result) error {
		r.Files++
		r.Steps += d.Steps
		r.Runs += d.Runs
		r.Cut += d.Cut
		found = append(found, d.Findings...)
		r.Problems = append(r.Problems, d.Problems...)
		r.Incomplete = r.Incomplete || d.Status != validate.Examined
		if facts, ok := d.Observed.(*document); ok {
			r.ledger.add(d.File, facts)
		}
		d.Observed = nil
		if o.Done != nil {
			o.Done(&d)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	r.finish(found, &o)
	return r, nil
}

// validation are the options of the validator: only rules that compare runs,
// and of the other stages only what says that something could not be read.
func (o *Options) validation() validate.Options {
	v := validate.DefaultOptions(across.Rules())
	v.Limits, v.Now = o.Limits, o.Now
	v.Observe = func() validate.Observer { return newCollector() }
	v.Severity = map[string]finding.Severity{source.SRCLabel: finding.Off}
	for _, id := range validate.StageIDs() {
		if strings.HasPrefix(id, "XSD-") {
			v.Severity[id] = finding.Off
		}
	}
	for id, s := range o.Severity {
		if _, set := v.Severity[id]; !set {
			v.Severity[id] = s
		}
	}
	return v
}

// finish compares the runs.
func (r *Result) finish(found []finding.Finding, o *Options) {
	l := r.ledger
	known := len(l.runs)
	l.settle()
	if l.full != "" {
		r.Incomplete = true
		r.Problems = append(r.Problems, fmt.Errorf("the archive has more %s than are remembered: reconcile it in parts", l.full))
	}
	c := &checker{ledger: l, options: o, missing: l.missing(), list: own(), counts: map[string]int{}}
	c.fromRules(found)
	for i := range c.list {
		if k := &c.list[i]; k.run != nil && c.severity(k.ID, k.Severity) != finding.Off {
			c.check = k
			k.run(c)
		}
	}
	r.Verdicts = c.policies()
	r.Agents = l.summaries()
	compared := 0
	for i := range r.Agents {
		r.Undated += r.Agents[i].Undated
		compared += r.Agents[i].Runs
		r.span(&r.Agents[i])
	}
	r.Copies = known - compared - r.Undated
	r.Undated += r.Runs - known // of agents without id and name
	r.Runs = compared
	r.Findings = c.found
	r.Cut += c.cut
	Sort(r.Findings)
}

// span stretches the time of the archive to the runs of an agent.
func (r *Result) span(a *Agent) {
	if a.Runs == 0 {
		return
	}
	if r.First == 0 || a.First < r.First {
		r.First = a.First
	}
	r.Last = max(r.Last, a.Last)
}

// Sort orders findings: gravest first, then by certainty, agent, time and
// place. It is a total order on what a reader can see.
func Sort(list []Finding) {
	slices.SortFunc(list, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(b.Severity, a.Severity), cmp.Compare(b.Certainty, a.Certainty), strings.Compare(a.Agent, b.Agent),
			strings.Compare(a.Rule, b.Rule), cmp.Compare(a.At, b.At), finding.Compare(&a.Finding, &b.Finding), strings.Compare(a.Key, b.Key))
	})
}
