package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r210() rule.Rule {
	return rule.Rule{
		ID:           "R210",
		Title:        "A step with a staging-error counts a stage-failure.",
		Severity:     finding.Warning,
		Requirements: []string{"R210", "C023"},
		Why: "The engine could not stage the object, and stage-failure counts such objects. " +
			"With 0 the failure does not show in summaries.",
		Fix:   "Count every object that could not be staged in stage-failure.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Tally.ObjectErrors.Of("staging-error") == 0 || !s.Staging.Present {
					return rule.Out
				}
				return rule.Numbers(&s.Staging.Get(rundetails.NameStageFailure).Number)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if failures := s.Staging.Get(rundetails.NameStageFailure); failures.N == 0 {
					r.At(failures, "stage-failure is 0 but the step lists %s of type staging-error",
						words.Count(s.Tally.ObjectErrors.Of("staging-error"), "ma-object-error"))
				}
			},
		)},
	}
}
