package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r357() rule.Rule {
	return rule.Rule{
		ID:           "R357",
		Title:        "An extension-error-info of an import-error has a call-stack.",
		Severity:     finding.Info,
		Requirements: []string{"R357"},
		Why: "The text of the specification gives the call stack in some cases only, its schema demands the element. " +
			"Whoever follows the text writes what the schema refuses.",
		Fix:   "Write an empty call-stack when there is none to show.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Extension, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Extension.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !e.Extension.CallStack.Present {
					r.At(&e.Extension, "extension-error-info has no call-stack, which the schema demands and the text does not")
				}
			},
		))},
	}
}

func r359() rule.Rule {
	return rule.Rule{
		ID:           "R359",
		Title:        "The extension-name of an error is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R359"},
		Why:          "It is the name of the file with the script that failed. Without it nobody knows whom to ask.",
		Fix:          "Write the name of the file, such as MVExtension.dll.",
		Since:        "0.1.0",
		Checks: []rule.Check{
			filled(func(e *rundetails.ImportError) *rundetails.Text { return &e.Extension.Name }),
			filled(func(e *rundetails.RetryError) *rundetails.Text { return &e.Extension.Name }),
		},
	}
}
