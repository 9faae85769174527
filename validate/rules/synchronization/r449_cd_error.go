package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r449() rule.Rule {
	return rule.Rule{
		ID:           "R449",
		Title:        "An export-error has a cd-error if and only if its error-type is cd-error.",
		Severity:     finding.Error,
		Lower:        finding.Warning, // cd-error with another type
		Requirements: []string{"R410", "R449"},
		Why: "cd-error is what the data source said. Without it nobody can tell why the export of the object failed; " +
			"beside another type it contradicts that type.",
		Fix:    "Write cd-error with error-type cd-error, and a more special error-type without it.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(aboutDataSource, judgeCDError)},
	}
}

// aboutDataSource leaves out the two types that the specification defines by
// the code and the text in cd-error, against its own rule.
func aboutDataSource(e *rundetails.ExportError) rule.Scope {
	return rule.If(e.Type.Present && e.Type.Value != "error-code" && e.Type.Value != "error-literal")
}

func judgeCDError(e *rundetails.ExportError, r *rule.Report) {
	switch byType := e.Type.Value == "cd-error"; {
	case byType && !e.Error.Present:
		r.At(e, "error-type is cd-error, but the export-error has no cd-error")
	case !byType && e.Error.Present:
		r.Lower(&e.Error, "extra", "error-type is %s, but the export-error has a cd-error", words.Quote(e.Type.Value))
	}
}
