package discovery

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r229() rule.Rule {
	return rule.Rule{
		ID:           "R229",
		Title:        "The server-error-detail of an ma-object-error occurs in delta imports only.",
		Severity:     finding.Info,
		Requirements: []string{"R229"},
		Why: "The detail is the number of a change log entry, and only a delta import reads the change log. " +
			"Elsewhere it must mean something else.",
		Fix:   "Leave server-error-detail out, or correct the type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.Error.Detail.Present && e.Step.Description.Type() != "")
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				if stepType := e.Step.Description.Type(); !strings.HasPrefix(stepType, deltaImport) {
					r.At(&e.Error.Detail, "server-error-detail is present, but the type of the step is %s and not %s",
						words.Quote(stepType), deltaImport)
				}
			},
		)},
	}
}

func r230() rule.Rule {
	return rule.Rule{
		ID:           "R230",
		Title:        "The server-error-detail of an ma-object-error contains a number.",
		Severity:     finding.Info,
		Requirements: []string{"R230"},
		Why: "The detail tells the number of the change log entry that could not be read. " +
			"Without digits nobody finds the entry.",
		Fix:   "Write the number of the change log entry into server-error-detail.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.If(e.Error.Detail.Present) },
			func(e *rundetails.ObjectError, r *rule.Report) {
				if detail := &e.Error.Detail; !strings.ContainsAny(detail.Value, "0123456789") {
					r.At(detail, "server-error-detail %s has no digit, so it names no change log entry", words.Quote(detail.Value))
				}
			},
		)},
	}
}
