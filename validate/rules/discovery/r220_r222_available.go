package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r220() rule.Rule {
	return rule.Rule{
		ID:           "R220",
		Title:        "An ma-object-error with the error-type missing-dn has no dn.",
		Severity:     finding.Error,
		Requirements: []string{"R200", "R220"},
		Why: "The error says that the object has no distinguished name. " +
			"With a dn beside it, one of the two is wrong.",
		Fix:   "Leave dn out, or write the error-type that the object really has.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope { return rule.If(e.Type.Value == "missing-dn") },
			func(e *rundetails.ObjectError, r *rule.Report) {
				if e.DN.Present {
					r.At(&e.DN, "error-type is missing-dn, but dn is %s", words.Quote(e.DN.Value))
				}
			},
		)},
	}
}

func r222() rule.Rule {
	return rule.Rule{
		ID:           "R222",
		Title:        "An ma-object-error whose anchor could not be built has no anchor.",
		Severity:     finding.Warning,
		Requirements: []string{"R198", "R204", "R222"},
		Why: "The error says that the anchor could not be built, because an attribute of it has no value or several. " +
			"An anchor beside it is that of another object, or there was no such error.",
		Fix:   "Leave anchor out, or write the error-type that the object really has.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.Type.Value == missingAnchor || e.Type.Value == multiValuedAnchor)
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				if e.Anchor.Present {
					r.At(&e.Anchor, "error-type is %s, but anchor is %s", e.Type.Value, words.Quote(e.Anchor.Value))
				}
			},
		)},
	}
}

// The error types of an anchor that could not be built.
const (
	missingAnchor     = "missing-anchor-component"
	multiValuedAnchor = "multi-valued-anchor-component"
)
