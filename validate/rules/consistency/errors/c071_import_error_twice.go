package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c071() rule.Rule {
	return rule.Rule{
		ID:           "C071",
		Title:        "A step lists one failure of an object once.",
		Severity:     finding.Info,
		Requirements: []string{"C071"},
		Why: "An import-error is about one object and one failure. " +
			"The same failure twice counts twice in every summary.",
		Fix: "Write the last of the two. An object may have several import-errors: " +
			"they differ in error-type, in algorithm-step or in the agent that it names.",
		Since:   "0.1.0",
		Memory:  rule.PerStep,
		Objects: true,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.GUID(&e.CSGUID).And(rule.If(e.Type.Present && e.AlgorithmStep.Present))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				// Most objects have one import-error: only of others must
				// be remembered what failed.
				object := r.Object()
				if object.Import == 0 {
					return
				}
				// The flow to two agents may fail in the same way.
				failure, _ := rule.Failure(e)
				before, seen := object.Import, failure == object.Failure
				if !seen {
					before, seen = r.Seen(keys.Of(e.CSGUID.ID).Number(failure).Sum(), e.Line)
				}
				if seen {
					r.At(e, "the object %s has the error-type %s at %s, which the import-error of line %d says already",
						e.CSGUID.ID, words.Quote(e.Type.Value), words.Quote(e.AlgorithmStep.Value), before)
				}
			},
		)},
	}
}
