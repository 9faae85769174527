package discovery

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r187() rule.Rule {
	return rule.Rule{
		ID:           "R187",
		Title:        "Errors about the kind of a change occur in delta imports only.",
		Severity:     finding.Warning,
		Requirements: []string{"R187", "R195", "R199", "R205", "R206", "C061"},
		Why: "These errors are about a record that says how an object changed. " +
			"A full import reads objects and not changes, so the error-type or the type of the step is wrong.",
		Fix: "Write another error-type, or correct the type in step-description. " +
			"An import that resumes from a file may hold what a delta import wrote.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ObjectError) rule.Scope {
				return rule.If(ofDelta(e.Type.Value) && e.Step.Description.Type() != "")
			},
			func(e *rundetails.ObjectError, r *rule.Report) {
				if d := &e.Step.Description; !strings.HasPrefix(d.Type(), deltaImport) && !resumes(d) {
					r.At(&e.Type, "error-type is %s, but the type of the step is %s and not %s",
						e.Type.Value, words.Quote(d.Type()), deltaImport)
				}
			},
		)},
	}
}

// deltaImport begins the types of steps that read changes.
const deltaImport = "delta-import"

// ofDelta tells the error types whose definition names the delta import.
func ofDelta(errorType string) bool {
	switch errorType {
	case "conflicting-modification-types", "invalid-modification-type", "missing-change-type",
		"multi-valued-change-type", "need-full-object":
		return true
	}
	return false
}

// resumes tells whether the step reads what an earlier one wrote to a file.
func resumes(d *rundetails.Description) bool {
	_, subtypes := d.StepType()
	for _, subtype := range subtypes {
		if strings.Contains(subtype, "resume-from-file") {
			return true
		}
	}
	return false
}
