package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func r225() rule.Rule {
	return rule.Rule{
		ID:           "R225",
		Title:        "The attribute-name of an ma-object-error is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R225"},
		Why:          "The element is there to say which attribute is at fault. Empty it says nothing.",
		Fix:          "Write the name of the attribute, or leave attribute-name out.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.If(e.AttributeName.Present) },
			func(e *rundetails.ObjectError, r *rule.Report) {
				if names.Blank(e.AttributeName.Value) {
					r.At(&e.AttributeName, "attribute-name is empty")
				}
			},
		)},
	}
}
