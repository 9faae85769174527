package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c045() rule.Rule {
	return rule.Rule{
		ID:           "C045",
		Title:        "A run has a step that was not skipped.",
		Severity:     finding.Warning,
		Requirements: []string{"C045"},
		Why: "A run in resume mode skips what was completed before. " +
			"When nothing is left to do, the server refuses the run with no-start-resume-already-completed and writes no history.",
		Fix:   "Check that no step-details is missing, and that step-result is what each step really ended with.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return rule.If(countSkipped(run) > 0) },
			func(run *rundetails.Run, r *rule.Report) {
				if n := countSkipped(run); n == len(run.Outline) {
					r.At(run, "the run has %s, and no step that was executed", words.Count(n, "skipped step"))
				}
			},
		)},
	}
}

func countSkipped(run *rundetails.Run) int {
	n := 0
	for i := range run.Outline {
		if run.Outline[i].Result == skipped {
			n++
		}
	}
	return n
}
