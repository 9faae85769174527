// Package policy checks what people expect of their runs: how many objects a
// run may delete, how long it may take, how old the last success of an agent
// may be, which results are expected.
//
//	policies, runs in the order of time, now -> verdicts
//
// A [Policy] selects agents and run profiles by patterns, names what it checks
// and sets a limit. Limits are absolute, in percent of the objects that the
// agent has, or a multiple of the median of the runs before. What cannot be
// checked, because no full import or too few runs are known, is Unknown: it is
// never taken for kept.
//
// To add something to check: a Subject in this file, its arm in evaluate.go, and
// its name in the schema of validate/settings. The package imports measure and
// finding, and knows no files, no YAML and no clock: whoever has runs fills in
// [Run].
package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/spelling"
	"github.com/runhist/runhist/validate/finding"
)

// Policy is something that is expected of runs.
type Policy struct {
	Name     string
	Agents   []Pattern // names or ids; none for all
	Profiles []Pattern // none for all
	Check    Check
	Type     string    // of errors: only those; "" for all
	Max, Min *Limit    // nil for none
	Expect   []Pattern // results, where Check.Subject is Result
	Every    bool      // judge every run of the archive, not the newest of each profile only
	Severity finding.Severity
	Line     uint32 // where it stands
}

// Subject is what kind of thing a policy checks.
type Subject uint8

// The subjects.
const (
	Counter  Subject = iota // a measure of a run, added up over its steps
	Duration                // how long a run took
	Age                     // how long ago the last success was
	Result                  // the results of the steps of a run
)

// Check is what a policy checks.
type Check struct {
	Subject Subject
	Measure measure.Measure // where the subject is Counter
}

// String is the name of the check.
func (c Check) String() string {
	if c.Subject == Counter {
		return c.Measure.String()
	}
	return [...]string{Duration: "duration", Age: "age", Result: "result"}[c.Subject]
}

// Timed tells whether limits are times.
func (c Check) Timed() bool { return c.Subject == Duration || c.Subject == Age }

// Checks lists the names of all checks.
func Checks() []string {
	return append([]string{Age.name(), Duration.name(), Result.name()}, measure.Names()...)
}

func (s Subject) name() string { return Check{Subject: s}.String() }

// ParseCheck reads the name of a check.
func ParseCheck(name string) (Check, error) {
	for _, s := range []Subject{Duration, Age, Result} {
		if s.name() == name {
			return Check{Subject: s}, nil
		}
	}
	m, err := measure.Parse(name)
	if err == nil {
		return Check{Measure: m}, nil
	}
	hint := ""
	if near := spelling.Nearest(name, Checks(), 1); len(near) > 0 {
		hint = ": did you mean " + near[0] + "?"
	}
	return Check{}, fmt.Errorf("there is no check %q%s Known are age, duration, result, errors, import-errors, export-errors, retry-errors, discovery-errors and the names of counters", name, hint)
}

// Pattern is a text in which * stands for any text. Case does not matter.
type Pattern string

// Match tells whether the whole text fits.
func (p Pattern) Match(text string) bool {
	return fits(strings.ToLower(string(p)), strings.ToLower(text))
}

// fits matches parts between asterisks from left to right, the last one at the
// end: that takes no backtracking.
func fits(pattern, text string) bool {
	parts := strings.Split(pattern, "*")
	if len(parts) == 1 {
		return pattern == text
	}
	text, ok := strings.CutPrefix(text, parts[0])
	if !ok {
		return false
	}
	last := parts[len(parts)-1]
	for _, part := range parts[1 : len(parts)-1] {
		i := strings.Index(text, part)
		if i < 0 {
			return false
		}
		text = text[i+len(part):]
	}
	return strings.HasSuffix(text, last)
}

func matchAny(patterns []Pattern, texts ...string) bool {
	return len(patterns) == 0 || slices.ContainsFunc(patterns, func(p Pattern) bool {
		return slices.ContainsFunc(texts, p.Match)
	})
}

// Validate tells what makes a policy senseless.
func (p *Policy) Validate() error {
	limits := p.Max != nil || p.Min != nil
	switch c := p.Check; {
	case c.Subject == Result && (limits || len(p.Expect) == 0):
		return fmt.Errorf("check: result needs expect, the results that are expected, and takes neither max nor min")
	case c.Subject != Result && !limits:
		return fmt.Errorf("check: %s needs max or min", c)
	case c.Subject != Result && len(p.Expect) > 0:
		return fmt.Errorf("expect belongs to check: result")
	case c.Subject == Age && p.Min != nil:
		return fmt.Errorf("check: age takes max only")
	case c.Subject == Age && p.Every:
		return fmt.Errorf("check: age is about now, and not about every run")
	case p.Type != "" && !(c.Subject == Counter && c.Measure.IsErrors()):
		return fmt.Errorf("type belongs to checks of errors")
	}
	return nil
}
