package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r224() rule.Rule {
	return rule.Rule{
		ID:           "R224",
		Title:        "An ma-object-error has an attribute-name only when its error-type is about one attribute.",
		Severity:     finding.Error,
		Requirements: []string{"R224"},
		Why: "The name leads to the attribute that is at fault. " +
			"With an error about the whole object it sends the reader to a good attribute.",
		Fix: "Leave attribute-name out, or write one of the ten error-types that the specification allows with it, " +
			"such as invalid-attribute-value.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(e.AttributeName.Present && e.Type.Present)
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				const format = "attribute-name is %s, which error-type %s does not allow"
				switch name, errorType := &e.AttributeName, e.Type.Value; {
				case ofAttribute(errorType):
				case namesAttribute(errorType):
					r.Arm(name, "extra", format, words.Quote(name.Value), errorType)
				default:
					r.At(name, format, words.Quote(name.Value), words.Quote(errorType))
				}
			},
		)},
	}
}

// ofAttribute tells the error types that the specification allows with an
// attribute-name.
func ofAttribute(errorType string) bool {
	switch errorType {
	case "invalid-modification-type", "conflicting-modification-types", "multi-single-mismatch",
		"invalid-attribute-value", "invalid-base64-value", "invalid-numeric-value", "invalid-boolean-value",
		"reference-value-not-ldap-conformant", "unsupported-value-type", missingAnchor:
		return true
	}
	return false
}

// namesAttribute tells the error types that products write with an
// attribute-name too: their definitions are about an attribute.
func namesAttribute(errorType string) bool {
	return errorType == parseError || errorType == "invalid-reference-value" || errorType == multiValuedAnchor
}
