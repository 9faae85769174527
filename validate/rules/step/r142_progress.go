package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r142() rule.Rule {
	return rule.Rule{
		ID:           "R142",
		Title:        "Only a step that is completing its work tells its progress.",
		Severity:     finding.Error,
		Requirements: []string{"R142"},
		Why: "@progress counts the objects of a completing task. " +
			"On any other result a reader takes a step that has ended, or not yet staged anything, for one at work.",
		Fix: "Leave @progress out unless step-result is completing-referential-updates, " +
			"completing-obsolation or completing-recomputation.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Progress.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if !completing(s.Result.Value) {
					r.At(&s.Result.Progress, "progress is %s, but step-result is %s, which has no progress",
						words.Quote(s.Result.Progress.Value), words.Quote(s.Result.Value))
				}
			},
		)},
	}
}

// completing tells the results with progress. One of them has three spellings
// in the specification; which of them is right is not for this rule to judge.
func completing(result string) bool {
	switch result {
	case "completing-referential-updates", "completing-recomputation",
		"completing-obsolation", "completing-obsoletion", "completing-obsolescence":
		return true
	}
	return false
}
