package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r231() rule.Rule {
	return rule.Rule{
		ID:           "R231",
		Title:        "An ma-object-error has a value only when its error-type is about a distinguished name.",
		Severity:     finding.Info,
		Requirements: []string{"R231"},
		Why: "The value is the distinguished name that was invalid. " +
			"With another error-type it is unclear what the value is.",
		Fix: "Leave value out, or write the error-type of an invalid name, " +
			"such as invalid-reference-value or dn-not-ldap-conformant.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.If(len(e.Values) > 0 && e.Type.Present) },
			func(e *rundetails.ObjectError, r *rule.Report) {
				switch e.Type.Value {
				case "invalid-reference-value", "reference-value-not-ldap-conformant", "invalid-dn", "dn-not-ldap-conformant":
				default:
					r.At(e.Values[0], "value is %s, but error-type %s is not about a distinguished name",
						words.Quote(e.Values[0].Value), words.Quote(e.Type.Value))
				}
			},
		)},
	}
}
