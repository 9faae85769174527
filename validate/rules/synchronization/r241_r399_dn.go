package synchronization

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r241() rule.Rule {
	return rule.Rule{
		ID:           "R241",
		Title:        "The dn of an import-error is not empty and has no line break.",
		Severity:     finding.Warning,
		Requirements: []string{"R241"},
		Also:         map[string][]string{"empty": {"R004"}},
		Why: "The DN tells people which object has the error. " +
			"The schema takes any text here, unlike at export-error.",
		Fix:   "Write the DN of the connector space object, with line breaks in it escaped as the data source does (\\0A).",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.DN.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if blank(e.DN.Value) {
					r.Arm(&e.DN, "empty", "dn is %s", nothing(e.DN.Value))
				} else if strings.IndexByte(e.DN.Value, '\n') >= 0 || strings.IndexByte(e.DN.Value, '\r') >= 0 {
					r.At(&e.DN, "dn %s has a line break", words.Quote(e.DN.Value))
				}
			},
		)},
	}
}

func r399() rule.Rule {
	return rule.Rule{
		ID:           "R399",
		Title:        "The dn of an export-error is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R399"},
		Also:         map[string][]string{"": {"R004"}},
		Why: "The DN tells people which object has the error. " +
			"An object that was never exported may have none yet, so this is no more than a hint.",
		Fix:    "Write the DN of the object, or the one that it would have had.",
		Since:  "0.1.0",
		Checks: []rule.Check{filled(func(e *rundetails.ExportError) *rundetails.Text { return &e.DN })},
	}
}
