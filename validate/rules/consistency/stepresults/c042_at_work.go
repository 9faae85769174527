package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c042() rule.Rule {
	return rule.Rule{
		ID:           "C042",
		Title:        "The history of a run was taken after the run had ended.",
		Severity:     finding.Info,
		Requirements: []string{"C042"},
		Why: "RunDetails is empty as long as a run executes, so a stored history has no step at work. " +
			"The counters and errors of a step at work are not final, and its end-date is not its end.",
		Fix:   "Take the history again when the run has ended. Until then, do not rely on the numbers of this step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if results.Unfinished(s.Result.Value) {
					r.At(&s.Result, "step-result is %s: the step is at work and its numbers are not final", words.Quote(s.Result.Value))
				}
			},
		)},
	}
}
