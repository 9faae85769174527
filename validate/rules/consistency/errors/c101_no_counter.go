package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c101() rule.Rule {
	return rule.Rule{
		ID:           "C101",
		Title:        "A block of outbound-flow-counters has a counter.",
		Severity:     finding.Info,
		Requirements: []string{"C101"},
		Why: "The block is there to count what flowed to an agent. " +
			"Without any counter it says nothing, or its counters are lost.",
		Fix:   "Leave the block out when nothing flowed to the agent. Servers may write an empty block for every agent.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope { return rule.If(b.Kind == rundetails.Outbound) },
			func(b *rundetails.CounterBlock, r *rule.Report) {
				counters := b.Counters()
				for i := range counters {
					if counters[i].Present {
						return
					}
				}
				r.At(b, "outbound-flow-counters of %s has no counter", words.Quote(b.MA.Value))
			},
		)},
	}
}
