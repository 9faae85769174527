package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r377() rule.Rule {
	return rule.Rule{
		ID:           "R377",
		Title:        "The context of a failed import flow names the agent.",
		Severity:     finding.Error,
		Requirements: []string{"R377"},
		Why: "The context tells which rule of which agent failed. " +
			"Without @ma-id the attribute mapping cannot be looked up.",
		Fix:   "Write @ma-id at rules-error-info/context when algorithm-step is import-flow.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.AlgorithmStep.Value == "import-flow" && e.Rules.Context.Present)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if !e.Rules.Context.MAID.Present {
					r.At(&e.Rules.Context, "algorithm-step is import-flow, but context has no ma-id")
				}
			},
		)},
	}
}
