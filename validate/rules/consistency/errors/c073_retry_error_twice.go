package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
)

func c073() rule.Rule {
	return rule.Rule{
		ID:           "C073",
		Title:        "An object has one retry-error in a step for each agent.",
		Severity:     finding.Info,
		Requirements: []string{"C073"},
		Why: "A retry-error is about one object of the metaverse. " +
			"A second one about the same agent counts the failure twice.",
		Fix:    "Write the last of the two, or check whether the second one has the GUID of another object.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.RetryError) rule.Scope { return rule.GUID(&e.MVGUID) },
			func(e *rundetails.RetryError, r *rule.Report) {
				// The flow to two agents may fail, and each failure has an
				// error then.
				key := keys.Of(e.MVGUID.ID).Text(e.AlgorithmStep.MAID.Value).Sum()
				if before, seen := r.Seen(key, e.Line); seen {
					r.At(&e.MVGUID, "mv-guid is %s, which the step has at the retry-error of line %d already", e.MVGUID.ID, before)
				}
			},
		)},
	}
}
