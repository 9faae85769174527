package run

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
)

func r065() rule.Rule {
	return rule.Rule{
		ID:           "R065",
		Title:        "A run has no step-number twice.",
		Severity:     finding.Error,
		Requirements: []string{"R065", "C003"},
		Why: "One step-details is about one step of the run profile. " +
			"With two of one number nobody can say which of them tells what the step did.",
		Fix:    "Write one step-details for each step of the run, with the number that the step has in the run profile.",
		Since:  "0.1.0",
		Memory: rule.PerRun,
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.Numbers(&s.Number) },
			func(s *rundetails.Step, r *rule.Report) {
				// The value counts: step 01 is step 1.
				if before, seen := r.Seen(keys.New().Number(s.Number.N).Sum(), s.Number.Line); seen {
					r.At(&s.Number, "step-number is %d, which the run has on line %d already", s.Number.N, before)
				}
			},
		)},
	}
}
