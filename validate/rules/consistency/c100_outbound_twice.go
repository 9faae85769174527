package consistency

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
)

func c100() rule.Rule {
	return rule.Rule{
		ID:           "C100",
		Title:        "A step has one block of outbound-flow-counters for each target agent.",
		Severity:     finding.Warning,
		Requirements: []string{"C100"},
		Why: "The block sums up what the step changed at one agent. " +
			"With two of them a reader that takes the first one loses the rest.",
		Fix:    "Add the counters of both blocks up into one, or correct the @ma-id of the second.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope {
				if b.Kind != rundetails.Outbound {
					return rule.Out
				}
				return rule.GUID(&b.MAID)
			},
			func(b *rundetails.CounterBlock, r *rule.Report) {
				if before, seen := r.Seen(keys.Of(b.MAID.ID).Sum(), b.Line); seen {
					r.At(&b.MAID, "ma-id is %s, which the step has at the outbound-flow-counters of line %d already",
						b.MAID.ID, before)
				}
			},
		)},
	}
}
