package importerror2003

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func m052() rule.Rule { return noCallStack("M052", "extension-dll-crash") }
func m053() rule.Rule { return noCallStack("M053", "extension-dll-timeout") }
func m054() rule.Rule { return noCallStack("M054", "extension-projection-object-type-not-set") }
func m055() rule.Rule { return noCallStack("M055", "extension-projection-invalid-object-type") }
func m056() rule.Rule { return noCallStack("M056", "extension-join-resolution-invalid-object-type") }
func m058() rule.Rule { return noCallStack("M058", "extension-deprovisioning-invalid-result") }

// noCallStack is the rule about an error type with the context of the
// extension and nothing more. The schema asks for the element call-stack, so
// an empty one stands for none.
func noCallStack(id, errorType string) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "An error of the type " + errorType + " has the context of the extension and no call stack.",
		Except:       only(finding.Warning),
		Requirements: []string{id},
		Yields:       []string{"R358"},
		Why: "The extension did not end with an exception here, so there is nothing to take a call stack of. " +
			"Which extension it was, and where it was called, is known all the same.",
		Fix:   "Write an extension-error-info with an empty call-stack, or check error-type: with a call stack it is that of an exception.",
		Since: "0.1.0",
		Checks: []rule.Check{ofType(errorType, func(e *rundetails.ImportError, r *rule.Report) {
			switch stack := &e.Extension.CallStack; {
			case !e.Extension.Present:
				r.At(e, "error-type is %s, but the import-error has no extension-error-info", errorType)
			case strings.TrimSpace(stack.Value) != "":
				r.At(stack, "error-type is %s, but there is a call stack", errorType)
			}
		})},
	}
}
