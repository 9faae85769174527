package synchronization

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/scripts"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r358() rule.Rule {
	return rule.Rule{
		ID:           "R358",
		Title:        "An error of a script has an extension-error-info, and an error without a script has none.",
		Severity:     finding.Error,
		Lower:        finding.Info, // missing at two types, and extra
		Requirements: []string{"R261", "R262", "R263", "R264", "R265", "R266", "R267", "R268", "R269", "R270", "R271", "R358", "R466", "C088"},
		Also:         map[string][]string{extra: {"C089"}},
		Why: "extension-error-info tells which script failed and where. " +
			"Without it the author of the script has nothing to go by.",
		Fix: "Write extension-error-info when error-type begins with extension-. Leave it out when the error comes " +
			"from a synchronization rule without a script, a web service or the application store.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return scripted(&e.Type, &e.Extension) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeExtension(e, &e.Type, &e.Extension, r) },
			),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope { return scripted(&e.Type, &e.Extension) },
				func(e *rundetails.RetryError, r *rule.Report) { judgeExtension(e, &e.Type, &e.Extension, r) },
			),
		},
	}
}

// extra is the arm of an extension-error-info without a script.
const extra = "extra"

func scripted(errorType *rundetails.Text, info *rundetails.ExtensionError) rule.Scope {
	return rule.If(errorType.Present && (info.Present || strings.HasPrefix(errorType.Value, "extension-")))
}

func judgeExtension(e rule.Placed, errorType *rundetails.Text, info *rundetails.ExtensionError, r *rule.Report) {
	name := rundetails.Vocabulary().Name(e.At().Name)
	switch {
	case info.Present && scripts.None(errorType.Value):
		r.Lower(info, extra, "error-type is %s, but the %s has an extension-error-info", words.Quote(errorType.Value), name)
	case info.Present:
	case alwaysTold(errorType.Value):
		r.At(e, "error-type is %s, but the %s has no extension-error-info", errorType.Value, name)
	default:
		// The reference of 2003 lists the element for neither of the two
		// types that are left, and says nothing of types that came later.
		r.Lower(e, "uncertain", "error-type is %s, but the %s has no extension-error-info", words.Quote(errorType.Value), name)
	}
}

// alwaysTold tells the types of errors that a script reports of itself.
func alwaysTold(errorType string) bool {
	switch errorType {
	case "extension-deprovisioning-invalid-result", "extension-dll-crash", "extension-dll-exception", "extension-dll-timeout",
		"extension-entry-point-not-implemented", "extension-join-resolution-invalid-object-type",
		"extension-projection-invalid-object-type", "extension-projection-object-type-not-set",
		"extension-unexpected-attribute-value":
		return true
	}
	return false
}
