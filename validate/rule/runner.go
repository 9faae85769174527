package rule

import (
	"fmt"
	"runtime/debug"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
)

// Found is what a rule reports: the runner's half of a finding.
type Found struct {
	Rule     *Rule
	Lower    bool // of the lower grade
	Arm      string
	Place    *rundetails.Place
	Document string // where it is not the one whose turn it is
	Message  string
	Severity finding.Severity // by the rule and the profile
}

// Stats is what became of a rule on the documents seen so far.
type Stats struct {
	Checked      int // nodes judged
	Findings     int
	NotEvaluated int // nodes that could not be read well enough
	Crash        string
}

// Status sums the numbers up.
func (s *Stats) Status() finding.Status {
	switch {
	case s.Crash != "":
		return finding.Crashed
	case s.Findings > 0:
		return finding.Failed
	case s.NotEvaluated > 0:
		return finding.NotEvaluated
	case s.Checked > 0:
		return finding.Passed
	}
	return finding.NotApplicable
}

// Add adds what became of the rule elsewhere.
func (s *Stats) Add(more *Stats) {
	s.Checked += more.Checked
	s.Findings += more.Findings
	s.NotEvaluated += more.NotEvaluated
	if s.Crash == "" {
		s.Crash = more.Crash
	}
}

// Runner hands the nodes of a document to rules. It is a rundetails.Visitor
// and an archive.Visitor; make one for each goroutine.
type Runner struct {
	rules  []Rule
	now    int64
	report func(Found)
	want   func(rule string) bool
	stats  []Stats
	memory []memory

	objects *objects // of the step; nil when no rule asks
	object  *Object  // of the error under way; nil when it is not known

	incidents    []check[*rundetails.Incident]
	objectErrors []check[*rundetails.ObjectError]
	importErrors []check[*rundetails.ImportError]
	exportErrors []check[*rundetails.ExportError]
	retryErrors  []check[*rundetails.RetryError]
	blocks       []check[*rundetails.CounterBlock]
	steps        []check[*rundetails.Step]
	runs         []check[*rundetails.Run]
	histories    []check[*rundetails.History]

	pairs       []check[*archive.Pair]
	recurrences []check[*archive.Recurrence]
	accounts    []check[*archive.Account]

	current Report
}

// NewRunner returns a runner of the rules. Severities are those of the rules;
// the caller has dropped rules that are off. When want returns false for a
// rule, its findings are counted and their words not made; nil wants all. now
// is the instant of the call, in milliseconds since 1970-01-01; 0 where it is
// not known.
func NewRunner(rules []Rule, now int64, report func(Found), want func(rule string) bool) *Runner {
	r := &Runner{rules: rules, now: now, report: report, want: want, stats: make([]Stats, len(rules)), memory: make([]memory, len(rules))}
	r.current.runner = r
	for i := range rules {
		if rules[i].Objects && r.objects == nil {
			r.objects = &objects{}
		}
		if rules[i].Clock && now == 0 {
			continue
		}
		for _, c := range rules[i].Checks {
			c.add(r, i)
		}
	}
	return r
}

func (c check[N]) add(r *Runner, rule int) {
	c.rule = rule
	switch c := any(c).(type) {
	case check[*rundetails.Incident]:
		r.incidents = append(r.incidents, c)
	case check[*rundetails.ObjectError]:
		r.objectErrors = append(r.objectErrors, c)
	case check[*rundetails.ImportError]:
		r.importErrors = append(r.importErrors, c)
	case check[*rundetails.ExportError]:
		r.exportErrors = append(r.exportErrors, c)
	case check[*rundetails.RetryError]:
		r.retryErrors = append(r.retryErrors, c)
	case check[*rundetails.CounterBlock]:
		r.blocks = append(r.blocks, c)
	case check[*rundetails.Step]:
		r.steps = append(r.steps, c)
	case check[*rundetails.Run]:
		r.runs = append(r.runs, c)
	case check[*rundetails.History]:
		r.histories = append(r.histories, c)
	case check[*archive.Pair]:
		r.pairs = append(r.pairs, c)
	case check[*archive.Recurrence]:
		r.recurrences = append(r.recurrences, c)
	case check[*archive.Account]:
		r.accounts = append(r.accounts, c)
	}
}

// Reset forgets the document before; crashed rules stay out.
func (r *Runner) Reset() {
	for i := range r.stats {
		r.stats[i] = Stats{Crash: r.stats[i].Crash}
		r.memory[i].reset()
	}
	r.forgetObjects()
}

// Stats returns what became of each rule, in their order, since the last
// Reset. It is valid until the next one.
func (r *Runner) Stats() []Stats { return r.stats }

// run shows a node to the checks of its kind. A check that panics is out for
// good; the next ones go on.
func run[N Node](r *Runner, checks []check[N], node N, has parts, cut bool) {
	for i := 0; i < len(checks); {
		i = runFrom(r, checks, i, node, has, cut)
	}
}

// runFrom runs checks from the i-th on and returns where to go on.
func runFrom[N Node](r *Runner, checks []check[N], i int, node N, has parts, cut bool) (next int) {
	defer func() {
		if p := recover(); p != nil {
			r.stats[checks[i].rule].Crash = fmt.Sprintf("%v\n%s", p, debug.Stack())
			checks[i].applies = func(N) Scope { return Out } // for good
			next = i + 1
		}
	}()
	for ; i < len(checks); i++ {
		c := &checks[i]
		if has&(1<<c.part) == 0 {
			continue
		}
		// Most checks are not about most nodes: nothing else is touched then.
		scope := c.applies(node)
		if scope == Out {
			continue
		}
		stats := &r.stats[c.rule]
		switch {
		case stats.Crash != "":
		case scope == Unreadable || cut:
			stats.NotEvaluated++
		default:
			stats.Checked++
			r.current.rule, r.current.full = c.rule, false
			c.judge(node, &r.current)
		}
	}
	return i
}

// parts is a set of parts that a node has, as bits.
type parts uint8

const everything parts = 1<<(RulesError+1) - 1

func partsOf(change, extension, rules *rundetails.Block) parts {
	has := parts(1 << Whole)
	if change != nil && change.Present {
		has |= 1 << Change
	}
	if extension.Present {
		has |= 1 << Extension
	}
	if rules.Present {
		has |= 1 << RulesError
	}
	return has
}

// Incident shows the node to its checks.
func (r *Runner) Incident(n *rundetails.Incident) { run(r, r.incidents, n, everything, n.Cut) }

// ObjectError shows the node to its checks.
func (r *Runner) ObjectError(n *rundetails.ObjectError) { run(r, r.objectErrors, n, everything, n.Cut) }

// ImportError shows the node to its checks.
func (r *Runner) ImportError(n *rundetails.ImportError) {
	r.about(&n.CSGUID)
	run(r, r.importErrors, n, partsOf(&n.Change.Block, &n.Extension.Block, &n.Rules.Block), n.Cut)
	if r.object != nil && !n.Cut {
		r.object.noteImport(n)
	}
}

// ExportError shows the node to its checks.
func (r *Runner) ExportError(n *rundetails.ExportError) {
	r.about(&n.CSGUID)
	run(r, r.exportErrors, n, everything, n.Cut)
	if r.object != nil && !n.Cut {
		r.object.noteExport(n)
	}
}

// about looks up the object of an error.
func (r *Runner) about(id *rundetails.GUID) {
	r.object = nil
	if r.objects != nil && id.Valid {
		r.object = r.objects.of(id.ID)
	}
}

// RetryError shows the node to its checks.
func (r *Runner) RetryError(n *rundetails.RetryError) {
	run(r, r.retryErrors, n, partsOf(nil, &n.Extension.Block, &n.Rules.Block), n.Cut)
}

// CounterBlock shows the node to its checks.
func (r *Runner) CounterBlock(n *rundetails.CounterBlock) { run(r, r.blocks, n, everything, false) }

// Step shows the node to its checks, and ends what rules remember of it.
func (r *Runner) Step(n *rundetails.Step) {
	run(r, r.steps, n, everything, n.Cut)
	r.forget(PerStep)
}

// Run shows the node to its checks, and ends what rules remember of it.
func (r *Runner) Run(n *rundetails.Run) {
	run(r, r.runs, n, everything, n.OutlineCut)
	r.forget(PerStep)
	r.forget(PerRun)
}

// History shows the node to its checks.
func (r *Runner) History(n *rundetails.History) { run(r, r.histories, n, everything, false) }

// Pair shows the node to its checks.
func (r *Runner) Pair(n *archive.Pair) { run(r, r.pairs, n, everything, false) }

// Recurrence shows the node to its checks.
func (r *Runner) Recurrence(n *archive.Recurrence) { run(r, r.recurrences, n, everything, false) }

// Account shows the node to its checks.
func (r *Runner) Account(n *archive.Account) { run(r, r.accounts, n, everything, false) }

// Across tells whether some rule looks at what an archive finds.
func (r *Runner) Across() bool { return len(r.pairs)+len(r.recurrences)+len(r.accounts) > 0 }

func (r *Runner) forgetObjects() {
	if r.objects != nil {
		r.objects.reset()
	}
}

func (r *Runner) forget(scope Memory) {
	if scope == PerStep {
		r.forgetObjects()
	}
	for i := range r.memory {
		if r.rules[i].Memory == scope {
			r.memory[i].reset()
		}
	}
}
