package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c133() rule.Rule {
	return rule.Rule{
		ID:           "C133",
		Title:        "A retry-error is not about staging.",
		Severity:     finding.Info,
		Requirements: []string{"C133"},
		Why: "What is retried is an object of the metaverse. " +
			"Staging and the confirmation of exports concern an object that is imported, which has an import-error.",
		Fix:   "Write the failure as import-error, or correct error-type and algorithm-step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.RetryError) rule.Scope { return rule.If(e.Type.Present || e.AlgorithmStep.Present) },
			func(e *rundetails.RetryError, r *rule.Report) {
				if e.Type.Value == notReimported {
					r.At(&e.Type, "error-type is %q, which a retry-error does not have", notReimported)
				}
				if e.AlgorithmStep.Value == staging {
					r.At(&e.AlgorithmStep, "algorithm-step is %q, which a retry-error does not have", staging)
				}
			},
		)},
	}
}
