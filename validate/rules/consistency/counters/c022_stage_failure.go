package counters

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c022() rule.Rule {
	return rule.Rule{
		ID:           "C022",
		Title:        "A step with stage failures lists an ma-object-error.",
		Severity:     finding.Warning,
		Requirements: []string{"C022"},
		Why:          "An object that could not be staged has an error that says why. A count without errors cannot be followed up.",
		Fix:          "Write an ma-object-error for every object that stage-failure counts.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !s.Staging.Present || s.Staging.Get(rundetails.NameStageFailure).Is(0) {
					return rule.Out
				}
				return rule.Numbers(&s.Staging.Get(rundetails.NameStageFailure).Number)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.ObjectErrors.Count == 0 {
					n := s.Staging.Get(rundetails.NameStageFailure)
					r.At(n, "stage-failure is %d but the step lists no ma-object-error", n.N)
				}
			},
		)},
	}
}
