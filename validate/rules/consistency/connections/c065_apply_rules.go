package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c065() rule.Rule {
	return rule.Rule{
		ID:           "C065",
		Title:        "A step that only synchronizes has an empty ma-connection.",
		Severity:     finding.Info,
		Requirements: []string{"C065"},
		Why: "Such a step applies rules to what was staged before, and connects to no data source. " +
			"A connection means that the type of the step is wrong or the accounts of two steps are mixed up.",
		Fix:   "Leave ma-connection empty, or correct the type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Description.Type() == "apply-rules") },
			func(s *rundetails.Step, r *rule.Report) {
				if c := &s.Connection; c.Result.Present || c.Server.Present || c.Log.Present {
					r.At(c, "ma-connection is not empty, but a step of type apply-rules makes no connection")
				}
			},
		)},
	}
}
