package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r240() rule.Rule {
	return rule.Rule{
		ID:           "R240",
		Title:        "The cs-guid of an import-error is a GUID.",
		Severity:     finding.Error,
		Requirements: []string{"R240"},
		Why: "The GUID is what leads from the error to the connector space object. " +
			"The schema takes any text here, unlike at export-error.",
		Fix:   "Write the GUID of the object in braces: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.CSGUID.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !e.CSGUID.Valid {
					r.At(&e.CSGUID, "cs-guid is %s, which is no GUID in braces", words.Quote(e.CSGUID.Value))
				}
			},
		)},
	}
}
