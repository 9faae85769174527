package outbound

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func r471() rule.Rule {
	return rule.Rule{
		ID:           "R471",
		Title:        "The attribute ma of outbound-flow-counters is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R471"},
		Why:          "It is the name of the agent whose objects were changed, and reports show this name.",
		Fix:          "Write the name of the target agent into the attribute ma.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope { return rule.If(b.MA.Present) },
			func(b *rundetails.CounterBlock, r *rule.Report) {
				if names.Blank(b.MA.Value) {
					r.At(&b.MA, "ma is empty, and it must be the name of the target agent")
				}
			},
		)},
	}
}
