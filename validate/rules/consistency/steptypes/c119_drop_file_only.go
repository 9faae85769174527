package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c119() rule.Rule {
	return rule.Rule{
		ID:           "C119",
		Title:        "An import that only writes a drop file stages and synchronizes nothing.",
		Severity:     finding.Info,
		Requirements: []string{"C119"},
		// What these rows say of an import that stages, or not even that, is left to this rule.
		Also: map[string][]string{"inbound": {"C056"}, "outbound": {"C057"}},
		Why: "With the subtype to-file alone the step ends when the drop file is written. " +
			"What such a step counts is the work of another one.",
		Fix: "Leave staging, inbound and outbound counters at 0. " +
			"When the step went on to stage, name the other subtypes in step-description too.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(dropFileOnly(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				for _, block := range []struct {
					above bool
					where rule.Placed
					arm   string
				}{
					{s.Tally.StagingAbove0, &s.Staging, "staging"},
					{s.Tally.InboundAbove0, &s.Inbound, "inbound"},
					{s.Tally.OutboundAbove0, s, "outbound"},
				} {
					if block.above {
						r.Arm(block.where, block.arm, "some %s counter is above 0, but the step is an import that only writes a drop file", block.arm)
					}
				}
			},
		)},
	}
}
