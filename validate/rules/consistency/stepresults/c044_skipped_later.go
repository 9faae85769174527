package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

const skipped = "completed-skipped-already-completed"

func c044() rule.Rule {
	return rule.Rule{
		ID:           "C044",
		Title:        "The skipped steps of a run come before all others.",
		Severity:     finding.Warning,
		Requirements: []string{"C044"},
		Why: "A run in resume mode skips the steps that were completed before and goes on from there. " +
			"A skipped step behind one that ran says that a later step was completed before an earlier one.",
		Fix:   "Check the step-number and the step-result of both steps.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return numbered(run, skipped) },
			func(run *rundetails.Run, r *rule.Report) {
				first := firstExecuted(run)
				for i := range run.Outline {
					if step := &run.Outline[i]; first != nil && step.Result == skipped && first.Number.N < step.Number.N {
						r.At(step, "step %d was skipped, but step %d before it was not: its step-result is %s",
							step.Number.N, first.Number.N, words.Quote(first.Result))
					}
				}
			},
		)},
	}
}

// firstExecuted finds the step with the lowest number that was not skipped, in
// whatever order the steps stand, or nil. A step without a result says nothing.
func firstExecuted(run *rundetails.Run) (first *rundetails.StepOutline) {
	for i := range run.Outline {
		step := &run.Outline[i]
		if step.Result != skipped && step.Result != "" && (first == nil || step.Number.N < first.Number.N) {
			first = step
		}
	}
	return first
}
