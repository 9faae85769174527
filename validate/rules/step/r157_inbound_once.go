package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// r157 leaves a step without the element to the schema, and takes a block of
// zeros for none: the schema asks for one where the prose forbids it.
func r157() rule.Rule {
	return rule.Rule{
		ID:           "R157",
		Title:        "A step has inbound-flow-counters once.",
		Severity:     finding.Info,
		Requirements: []string{"R157", "C102"},
		Why: "The specification speaks of the element as of one, and the schema takes any number. " +
			"What several of them mean is not said: programs add them up, or read only the first.",
		Fix:   "Write one inbound-flow-counters for each step, with the numbers of the whole step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope { return rule.If(b.Kind == rundetails.Inbound) },
			func(b *rundetails.CounterBlock, r *rule.Report) {
				if b.Step.Tally.InboundBlocks == 2 { // once a step, however many follow
					r.At(b, "the step has a second inbound-flow-counters")
				}
			},
		)},
	}
}
