package counters

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// c021 compares the count with two numbers. The engine counts what it could not
// stage: every staging-error, and other objects that an agent had handed over,
// such as duplicates. What an agent could not read at all need not be counted.
func c021() rule.Rule {
	return rule.Rule{
		ID:           "C021",
		Title:        "The counter stage-failure fits the number of ma-object-errors.",
		Severity:     finding.Info,
		Requirements: []string{"C021"},
		Yields:       []string{"C022", "R210"},
		Why: "Every object that could not be staged has an ma-object-error. When the count is above their number, " +
			"or below that of the staging-errors, errors are missing from the list or from the count.",
		Fix: "Count every staging-error in stage-failure, and write an ma-object-error for everything that it counts. " +
			"Errors of objects that the agent could not read need not be counted.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !s.Staging.Present {
					return rule.Out
				}
				return rule.Numbers(&s.Staging.Get(rundetails.NameStageFailure).Number)
			},
			func(s *rundetails.Step, r *rule.Report) {
				n, errors := s.Staging.Get(rundetails.NameStageFailure), &s.Tally.ObjectErrors
				switch staging := errors.Of("staging-error"); {
				case n.N < uint64(staging):
					r.At(n, "stage-failure is %d but the step lists %s of type staging-error", n.N, words.Count(staging, "ma-object-error"))
				case n.N > uint64(errors.Count):
					r.At(n, "stage-failure is %d but the step lists %s", n.N, words.Count(errors.Count, "ma-object-error"))
				}
			},
		)},
	}
}
