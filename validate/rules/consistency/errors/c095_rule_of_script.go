package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c095() rule.Rule {
	return rule.Rule{
		ID:           "C095",
		Title:        "An error of a script names the script as the rule that failed.",
		Severity:     finding.Info,
		Requirements: []string{"C095"},
		Why: "extension-error-info says that a script failed, and rules-error-info says which rule failed. " +
			"When that rule is no script, the two are about different failures.",
		Fix:   "Write scripted-mapping into rules-error-info, or leave out the one of the two that is about another failure.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Extension, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.Extension.Present && e.Rules.Context.Mapping.Present)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if m := &e.Rules.Context.Mapping; !m.Scripted.Present {
					r.At(m, "the error has an extension-error-info, but the rule that failed is no script")
				}
			},
		))},
	}
}
