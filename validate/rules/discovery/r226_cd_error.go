package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r226() rule.Rule {
	return rule.Rule{
		ID:           "R226",
		Title:        "An ma-object-error with the error-type read-error has a cd-error.",
		Severity:     finding.Info,
		Requirements: []string{"R226"},
		Why: "A read-error comes from the data source, and cd-error is what the data source said. " +
			"Without it nobody can tell why the object could not be read.",
		Fix:   "Write cd-error with the code and the text of the data source.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.If(e.Type.Value == "read-error") },
			func(e *rundetails.ObjectError, r *rule.Report) {
				if !e.Error.Present {
					r.At(e, "error-type is read-error, but the ma-object-error has no cd-error")
				}
			},
		)},
	}
}
