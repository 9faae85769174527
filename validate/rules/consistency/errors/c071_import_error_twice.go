package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/keys"
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
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return guid(&e.CSGUID).And(rule.If(e.Type.Present && e.AlgorithmStep.Present))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				// The flow to two agents may fail in the same way.
				a := &e.AlgorithmStep
				key := keys.Of(e.CSGUID.ID).Text(e.Type.Value).Text(a.Value).Text(a.MAID.Value).Text(a.DN.Value).Sum()
				if before, seen := r.Seen(key, e.Line); seen {
					r.At(e, "the object %s has the error-type %s at %s, which the import-error of line %d says already",
						e.CSGUID.ID, words.Quote(e.Type.Value), words.Quote(a.Value), before)
				}
			},
		)},
	}
}

// guid lets a node be judged by its GUID: without regard to case, so it must
// be readable.
func guid(g *rundetails.GUID) rule.Scope {
	switch {
	case !g.Present:
		return rule.Out
	case !g.Valid:
		return rule.Unreadable
	}
	return rule.In
}
