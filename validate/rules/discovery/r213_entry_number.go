package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// parseError is the error type that tells where in its input it happened.
const parseError = "parse-error"

func r213() rule.Rule {
	return rule.Rule{
		ID:           "R213",
		Title:        "An ma-object-error has an entry-number if and only if its error-type is parse-error.",
		Severity:     finding.Error,
		Requirements: []string{"R213"},
		Why: "A record that cannot be parsed has no name yet: its number is the only way to find it. " +
			"Every other error is about an object that has been read.",
		Fix:   "Write entry-number with parse-error, and leave it out with every other error-type.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.Type.Present && (e.Type.Value == parseError || e.EntryNumber.Present))
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				switch {
				case !e.EntryNumber.Present:
					r.At(e, "error-type is parse-error, but the ma-object-error has no entry-number")
				case e.Type.Value != parseError:
					r.Arm(&e.EntryNumber, "extra", "entry-number is %s, but error-type is %s and not parse-error",
						words.Quote(e.EntryNumber.Value), words.Quote(e.Type.Value))
				}
			},
		)},
	}
}
