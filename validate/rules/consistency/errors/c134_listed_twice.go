package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c134() rule.Rule {
	return rule.Rule{
		ID:           "C134",
		Title:        "A failure is not listed both as import-error and as retry-error.",
		Severity:     finding.Info,
		Requirements: []string{"C134"},
		Why: "One failure in two lists counts twice in every total. " +
			"It can be met again when the step retries, and then it should be counted once.",
		Fix:    "Count the two as one failure. Type, algorithm-step, agent and DN are the same.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return targeted(&e.AlgorithmStep, &e.Type) },
				func(e *rundetails.ImportError, r *rule.Report) { r.Seen(failureKey(&e.AlgorithmStep, &e.Type), e.Line) },
			),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope { return targeted(&e.AlgorithmStep, &e.Type) },
				func(e *rundetails.RetryError, r *rule.Report) {
					// Line 0 tells one retry-error from another by: only an
					// import-error is of interest.
					if before, seen := r.Seen(failureKey(&e.AlgorithmStep, &e.Type), 0); seen && before != 0 {
						r.At(e, "the retry-error says the same as the import-error of line %d: %s at %s of %s", before,
							words.Quote(e.Type.Value), words.Quote(e.AlgorithmStep.Value), words.Quote(e.AlgorithmStep.DN.Value))
					}
				},
			),
		},
	}
}

// targeted lets an error be judged that names the object at the target agent.
func targeted(a *rundetails.AlgorithmStep, typ *rundetails.Text) rule.Scope {
	return rule.If(a.MAID.Present && a.DN.Present && typ.Present)
}

func failureKey(a *rundetails.AlgorithmStep, typ *rundetails.Text) uint64 {
	return keys.Folded(typ.Value, a.Value, a.MAID.Value, a.DN.Value).Sum()
}
