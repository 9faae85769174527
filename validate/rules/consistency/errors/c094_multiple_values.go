package errors

import (
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c094() rule.Rule {
	return rule.Rule{
		ID:           "C094",
		Title:        "A script does not fail because of several values for one.",
		Severity:     finding.Info,
		Requirements: []string{"C094"},
		Why: "The error flow-multi-values-to-single-value comes from a rule that copies an attribute. " +
			"A script that does the same ends with an exception, which has another error-type.",
		Fix:   "Check error-type and the mapping: one of them is that of another error.",
		Since: "0.1.0",
		Checks: failures(
			func(f failure) rule.Scope {
				return rule.If(f.typ.Value == multipleValues && f.rules.Context.Mapping.Present)
			},
			func(f failure, r *rule.Report) {
				if script := &f.rules.Context.Mapping.Scripted; script.Present {
					r.At(script, "the rule is a script, but the error-type is %q", multipleValues)
				}
			},
		),
	}
}

const multipleValues = "flow-multi-values-to-single-value"
