package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r319() rule.Rule {
	return rule.Rule{
		ID:       "R319",
		Title:    "A change-not-reimported is there if and only if the error-type says so.",
		Severity: finding.Error,
		// The reference of 2003 has the element in every import-error.
		Except:       map[string]finding.Severity{"miis2003": finding.Info},
		Requirements: []string{"R260", "R319", "C074"},
		Why: "The type exported-change-not-reimported means that the data source did not keep an exported change. " +
			"Without the element nobody can tell which change; beside another type it contradicts that type.",
		Fix:   "Write change-not-reimported with error-type exported-change-not-reimported, and with no other.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Type.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				switch byType := e.Type.Value == "exported-change-not-reimported"; {
				case byType && !e.Change.Present:
					r.At(e, "error-type is exported-change-not-reimported, but the import-error has no change-not-reimported")
				case !byType && e.Change.Present:
					r.At(&e.Change, "error-type is %s, but the import-error has a change-not-reimported", words.Quote(e.Type.Value))
				}
			},
		)},
	}
}
