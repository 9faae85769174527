package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r215() rule.Rule {
	return rule.Rule{
		ID:           "R215",
		Title:        "The line-number of an ma-object-error is above 0.",
		Severity:     finding.Info,
		Requirements: []string{"R215"},
		Why: "The number is that of a line of the imported file, and the first line is 1. " +
			"With 0 nobody finds the record.",
		Fix:   "Count lines from 1.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.Numbers(&e.LineNumber) },
			func(e *rundetails.ObjectError, r *rule.Report) {
				if e.LineNumber.N == 0 {
					r.At(&e.LineNumber, "line-number is 0, and the first line of a file is 1")
				}
			},
		)},
	}
}
