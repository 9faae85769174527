package rule

import (
	"fmt"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Report is what a check reports to. It is valid only during the check.
type Report struct {
	runner *Runner
	rule   int
	full   bool // the memory had no room for a key of this node
}

// Placed is something that stands in a document.
type Placed interface {
	At() *rundetails.Place
}

// Elsewhere is something that may stand in another document than the one whose
// turn it is.
type Elsewhere interface {
	Placed
	Document() string
}

// At reports a fault at a place, with the severity of the rule.
func (r *Report) At(where Placed, format string, args ...any) {
	r.report(where, "", false, format, args)
}

// Lower reports a fault with the lower severity of the rule. arm names the
// case, for tables that treat it apart from others of the rule.
func (r *Report) Lower(where Placed, arm, format string, args ...any) {
	r.report(where, arm, true, format, args)
}

// Arm reports a fault with the severity of the rule, as a case of its own.
func (r *Report) Arm(where Placed, arm, format string, args ...any) {
	r.report(where, arm, false, format, args)
}

func (r *Report) report(where Placed, arm string, lower bool, format string, args []any) {
	rule := &r.runner.rules[r.rule]
	r.runner.stats[r.rule].Findings++
	found := Found{Rule: rule, Lower: lower, Arm: arm, Severity: rule.Severity}
	if lower {
		found.Severity = rule.Lower
	}
	if r.runner.want == nil || r.runner.want(rule.ID) {
		found.Place = where.At()
		if e, ok := where.(Elsewhere); ok {
			found.Document = e.Document()
		}
		found.Message = fmt.Sprintf(format, args...)
	}
	r.runner.report(found)
}

// Now is the instant of the call, in milliseconds since 1970-01-01. Rules do
// not read the clock: the same call gives the same findings. It is known where
// the rule says that it asks for it (Rule.Clock).
func (r *Report) Now() int64 { return r.runner.now }

// Seen tells whether the rule was asked about the key before, within its
// memory, and at which line; if not, it remembers it with this line. When the
// memory is full, the node counts as not evaluated.
func (r *Report) Seen(key uint64, line uint32) (before uint32, seen bool) {
	before, seen, full := r.runner.memory[r.rule].seen(key, line)
	if full {
		r.forgo()
	}
	return before, seen
}

// Object is what the errors of the step before this import-error or
// export-error said of its object, where the GUID can be read and the rule
// says that it asks (Rule.Objects). When there are too many objects to know,
// the node counts as not evaluated and nothing is known.
func (r *Report) Object() Object {
	if r.runner.object == nil {
		r.forgo()
		return Object{}
	}
	return *r.runner.object
}

// forgo counts the node as not evaluated.
func (r *Report) forgo() {
	if !r.full {
		r.full = true
		stats := &r.runner.stats[r.rule]
		stats.Checked--
		stats.NotEvaluated++
	}
}
