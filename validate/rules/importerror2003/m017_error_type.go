package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func m017() rule.Rule {
	return rule.Rule{
		ID:           "M017",
		Title:        "The error-type of an import-error is one of the 27 of the reference of 2003.",
		Except:       only(finding.Warning),
		Requirements: []string{"M017"},
		Yields:       []string{"XSD-enumeration"},
		Why: "The other types of [MS-UPSMODS] came with synchronization rules, web services and later versions. " +
			"A server of 2003 does not have what they are about.",
		Fix:   "Check which product wrote the history: profile upsmods has all types.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Type.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if !listed(e.Type.Value) {
					r.At(&e.Type, "error-type is %s, which the reference of 2003 does not list", words.Quote(e.Type.Value))
				}
			},
		)},
	}
}

// listed tells the error types of the reference.
func listed(errorType string) bool {
	switch errorType {
	case "ambiguous-export-flow-to-single-valued-attribute", "ambiguous-import-flow-from-multiple-connectors",
		"cannot-parse-dn-component", "cannot-parse-object-id", "connector-filter-rule-violation", "cs-attribute-type-mismatch",
		"dn-index-out-of-bounds", "exported-change-not-reimported", "extension-deprovisioning-invalid-result",
		"extension-dll-crash", "extension-dll-exception", "extension-dll-timeout", "extension-entry-point-not-implemented",
		"extension-join-resolution-index-out-of-bounds", "extension-join-resolution-invalid-object-type",
		"extension-projection-invalid-object-type", "extension-projection-object-type-not-set",
		"extension-provisioning-call-limit-reached", "extension-unexpected-attribute-value", "flow-multi-values-to-single-value",
		"join-object-id-must-be-single-valued", "locking-error-needs-retry", "mv-constraint-violation", "unexpected-error",
		"unexported-container-rename", "unique-index-violation", "unsupported-container-delete":
		return true
	}
	return false
}
