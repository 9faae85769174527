package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r315() rule.Rule {
	return rule.Rule{
		ID:           "R315",
		Title:        "Only an algorithm-step on the outbound side of an import-error names an agent.",
		Severity:     finding.Error,
		Requirements: []string{"R315"},
		Why: "@ma-id names the target agent at whose object the synchronization failed. " +
			"Inbound steps have no target, so the error would be counted against an agent that had no part in it.",
		Fix: "Leave @ma-id out unless algorithm-step is validate-connector-filter, deprovisioning, " +
			"export-flow or recall.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.AlgorithmStep.MAID.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !outbound(e.AlgorithmStep.Value) {
					r.At(&e.AlgorithmStep.MAID, "algorithm-step is %s, which has no ma-id",
						words.Quote(e.AlgorithmStep.Value))
				}
			},
		)},
	}
}

// outbound tells the algorithm steps that work on an object of a target agent.
func outbound(step string) bool {
	switch step {
	case "validate-connector-filter", "deprovisioning", "export-flow", "recall":
		return true
	}
	return false
}
