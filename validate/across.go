package validate

import (
	"fmt"
	"runtime/debug"
	"slices"

	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// across is the stage that compares the runs of all documents of a call. It
// sees one result after the other, in the order of the documents, so that any
// number of workers gives the same findings.
type across struct {
	*collector
	archive *archive.Archive
	runner  *rule.Runner
	crashed []bool // rules that are known to have crashed
}

// newAcross returns the stage, or nil when no rule compares runs.
func (v *Validator) newAcross() *across {
	a := &across{collector: &collector{Validator: v, standard: v.standards[0]}, crashed: make([]bool, len(v.rules))}
	a.runner = rule.NewRunner(v.rules, v.options.Now, a.foundAcross, a.wants)
	if !a.runner.Across() {
		return nil
	}
	a.archive = archive.New(a.runner)
	return a
}

// judge adds to a result what its runs show beside those before.
func (a *across) judge(r *Result, last bool) {
	if a == nil {
		return
	}
	// The rules are those of the first standard; their grades are those of the
	// profile of the document whose turn it is.
	a.standard = a.Validator.standard(r.Profile)
	a.collector.begin(r.File)
	a.runner.Reset()
	a.findings, a.notes = r.Findings, notes(r.Findings)
	a.compare(r.facts, last)
	r.facts = nil
	for i, s := range a.runner.Stats() {
		r.Rules[i].Add(&s)
		if s.Crash != "" && !a.crashed[i] {
			a.crashed[i], a.incomplete = true, true
			a.problem(fmt.Errorf("rule %s crashed: %s", a.standard.rules[i].ID, s.Crash))
		}
	}
	sum := a.sum(nil)
	r.Findings = sum.Findings
	r.Cut += sum.Cut
	r.CutWorst = max(r.CutWorst, sum.CutWorst)
	r.Problems = append(r.Problems, sum.Problems...)
	if r.Status == Examined {
		r.Status = sum.Status
	}
}

// foundAcross takes what a rule reports, as the profile of the document has the
// rule.
func (a *across) foundAcross(found rule.Found) {
	i := slices.IndexFunc(a.standard.rules, func(r rule.Rule) bool { return r.ID == found.Rule.ID })
	found.Rule = &a.standard.rules[i]
	found.Severity = found.Rule.Severity
	if found.Lower {
		found.Severity = found.Rule.Lower
	}
	if found.Rule.Severity != finding.Off {
		a.found(found)
	}
}

// compare feeds the archive. Should it break down, what it found before stays,
// and it is not asked again.
func (a *across) compare(facts *archive.Facts, last bool) {
	if a.archive == nil {
		return
	}
	defer func() {
		if broken := recover(); broken != nil {
			a.archive = nil
			a.incomplete = true
			a.problem(fmt.Errorf("%s: the comparison of runs broke down: %v\n%s", a.file, broken, debug.Stack()))
		}
	}()
	if facts != nil {
		a.archive.Add(a.file, facts)
	}
	if last {
		a.archive.Finish()
	}
}
