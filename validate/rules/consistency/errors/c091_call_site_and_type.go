package errors

import (
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c091() rule.Rule {
	return rule.Rule{
		ID:           "C091",
		Title:        "The call site of an extension fits the error-type.",
		Severity:     finding.Warning,
		Requirements: []string{"C091"},
		Why: "Some error types can come from one method of an extension only. " +
			"Another call site sends whoever looks for the cause to the wrong method.",
		Fix:   "Check extension-callsite and error-type: one of them is that of another error.",
		Since: "0.1.0",
		Checks: failures(
			func(f failure) rule.Scope {
				return rule.If(f.extension.CallSite.Present && siteOf(f.typ.Value) != "")
			},
			func(f failure, r *rule.Report) {
				if site := &f.extension.CallSite; site.Value != siteOf(f.typ.Value) {
					r.At(site, "extension-callsite is %s, but the error-type %q comes from %s",
						words.Quote(site.Value), f.typ.Value, siteOf(f.typ.Value))
				}
			},
		),
	}
}

// siteOf is the one call site that an error type can come from; "" for a type
// that can come from several.
func siteOf(errorType string) string {
	switch errorType {
	case "extension-projection-object-type-not-set", "extension-projection-invalid-object-type":
		return "projection"
	case "extension-join-resolution-invalid-object-type", "extension-join-resolution-index-out-of-bounds":
		return "join-resolution"
	case "extension-deprovisioning-invalid-result":
		return "cs-deprovisioning"
	case "extension-provisioning-call-limit-reached":
		return "provisioning"
	}
	return ""
}
