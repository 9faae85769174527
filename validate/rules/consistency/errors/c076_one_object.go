package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c076() rule.Rule {
	return rule.Rule{
		ID:           "C076",
		Title:        "A change that was not confirmed has the DN of its import-error.",
		Severity:     finding.Info,
		Requirements: []string{"C076"},
		Why: "The exported change and the imported object are about the object of the import-error. " +
			"With another DN they belong to another object, or the object is about to be renamed.",
		Fix:   "Check @dn of import-error, delta and entry. When a rename is pending, the document is right.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(strings.TrimSpace(e.DN.Value) != "" && (e.Change.Delta.DN.Present || e.Change.Entry.DN.Present))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for _, dn := range [...]*rundetails.Text{&e.Change.Delta.DN, &e.Change.Entry.DN} {
					if dn.Value != e.DN.Value && strings.TrimSpace(dn.Value) != "" && !strings.EqualFold(dn.Value, e.DN.Value) {
						r.At(dn, "dn is %s, but the import-error is about %s", words.Quote(dn.Value), words.Quote(e.DN.Value))
					}
				}
			},
		))},
	}
}
