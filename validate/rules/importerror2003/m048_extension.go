package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func m048() rule.Rule {
	return rule.Rule{
		ID:           "M048",
		Title:        "Only an error of an extension has an extension-error-info.",
		Except:       only(finding.Info),
		Requirements: []string{"M048"},
		Yields:       []string{"C089"},
		Why: "The reference of 2003 lists nine error types with an extension-error-info. " +
			"With another type either the element or the type belongs to another error.",
		Fix:   "Check error-type, and leave extension-error-info out if no extension had a part in the error.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Extension, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Extension.Present && e.Type.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !ofExtension(e.Type.Value) {
					r.At(&e.Extension, "error-type is %s, but the import-error has an extension-error-info", words.Quote(e.Type.Value))
				}
			},
		))},
	}
}

// ofExtension tells the error types with an extension-error-info, and the two
// extension- types that the reference has in no list.
func ofExtension(errorType string) bool {
	switch errorType {
	case "extension-deprovisioning-invalid-result", "extension-dll-crash", "extension-dll-exception", "extension-dll-timeout",
		"extension-entry-point-not-implemented", "extension-join-resolution-invalid-object-type",
		"extension-projection-invalid-object-type", "extension-projection-object-type-not-set",
		"extension-unexpected-attribute-value":
		return true
	case "extension-join-resolution-index-out-of-bounds", "extension-provisioning-call-limit-reached":
		return true // read to the letter, [MS-UPSMODS] asks for it
	}
	return false
}
