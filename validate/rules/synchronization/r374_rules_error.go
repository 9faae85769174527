package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r374() rule.Rule {
	return rule.Rule{
		ID:           "R374",
		Title:        "An import-error with a change-not-reimported has no rules-error-info.",
		Severity:     finding.Info,
		Requirements: []string{"R374"},
		Why: "A change that the data source did not keep is found when objects are compared, before any rule runs. " +
			"A rule beside it leads to the wrong place.",
		Fix:   "Leave rules-error-info out, or check whether the two belong to two errors.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Change.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if e.Rules.Present {
					r.At(&e.Rules, "the import-error has a change-not-reimported and a rules-error-info")
				}
			},
		))},
	}
}
