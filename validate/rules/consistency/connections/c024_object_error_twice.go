package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c024() rule.Rule {
	return rule.Rule{
		ID:           "C024",
		Title:        "An ma-object-error does not appear twice in a step.",
		Severity:     finding.Info,
		Requirements: []string{"C024"},
		Why: "One object with one fault is one error. " +
			"The same error twice counts twice in every summary.",
		Fix: "Write each error once. Errors of one object differ in error-type, attribute-name, entry-number or value; " +
			"an object that its file holds twice may bring the same error twice.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				// An object that is reported a third time has a second
				// duplicate-object that equals the first.
				return rule.If(e.Type.Present && e.Type.Value != "duplicate-object" &&
					(e.DN.Present || e.Anchor.Present || e.EntryNumber.Present))
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				if before, seen := r.Seen(identity(e), e.Line); seen {
					r.At(e, "the ma-object-error of line %d is of the same object and type (%s) already", before, words.Quote(e.Type.Value))
				}
			},
		)},
	}
}

// identity is all that tells errors apart, the faulty value included: an
// attribute may have several.
func identity(e *rundetails.ObjectError) uint64 {
	k := keys.New().Exact(e.Type.Value).Exact(e.DN.Value).Exact(e.Anchor.Value).Exact(e.AttributeName.Value).Exact(e.EntryNumber.Value)
	for _, v := range e.Values {
		k = k.Exact(v.Value)
	}
	return k.Sum()
}
