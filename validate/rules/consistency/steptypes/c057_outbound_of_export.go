package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c057() rule.Rule {
	return rule.Rule{
		ID:           "C057",
		Title:        "An export counts no outbound flow.",
		Severity:     finding.Warning,
		Requirements: []string{"C057"},
		Why: "Synchronization decides what flows out to an agent, and an export only writes it there. " +
			"Outbound counters of an export are those of a synchronization.",
		Fix:   "Leave outbound-flow-counters out of an export, or correct the step-type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Description.Type() == export) },
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.OutboundAbove0 {
					r.At(s, "some counter of outbound-flow-counters is above 0, but the step is an export")
				}
			},
		)},
	}
}
