package errors

import (
	"strings"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c096() rule.Rule {
	return rule.Rule{
		ID:           "C096",
		Title:        "An exception in an extension has a call stack.",
		Severity:     finding.Info,
		Requirements: []string{"C096"},
		Why: "The call stack shows where in the extension the exception came up. " +
			"Without it only the text of the error-type is left to go by.",
		Fix:   "Write the call stack of the exception. A server may hold it back, and then the document is right.",
		Since: "0.1.0",
		Checks: failures(
			func(f failure) rule.Scope { return rule.If(f.extension.CallStack.Present && exception(f.typ.Value)) },
			func(f failure, r *rule.Report) {
				if stack := &f.extension.CallStack; strings.TrimSpace(stack.Value) == "" {
					r.At(stack, "call-stack is empty, but the error-type is %q", f.typ.Value)
				}
			},
		),
	}
}

func exception(errorType string) bool {
	switch errorType {
	case "extension-dll-exception", "extension-entry-point-not-implemented", "extension-unexpected-attribute-value":
		return true
	}
	return false
}
