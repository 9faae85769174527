package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c058() rule.Rule {
	return rule.Rule{
		ID:           "C058",
		Title:        "A step with outbound flow also has inbound flow, or retries.",
		Severity:     finding.Info,
		Requirements: []string{"C058"},
		Why: "Attributes flow out because an object was processed on its way in, or because an earlier failure was retried. " +
			"Outbound flow alone cannot be traced back to an object.",
		Fix:   "Check that inbound-flow-counters and outbound-flow-counters are those of one step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				// In an export or a staging-only import no outbound flow is
				// right, and other rules say so.
				return rule.If(s.Tally.OutboundAbove0 && s.Description.Type() != export && !stagingOnly(s) && !dropFileOnly(s))
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.InboundAbove0 || s.Tally.RetryErrors.Count > 0 {
					return
				}
				where := rule.Placed(s)
				if s.Inbound.Present {
					where = &s.Inbound
				}
				r.At(where, "some outbound flow counter is above 0, but no inbound flow counter is, and the step lists no retry-error")
			},
		)},
	}
}
