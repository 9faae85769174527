package consistency

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c072() rule.Rule {
	return rule.Rule{
		ID:           "C072",
		Title:        "An object has one export-error in a step.",
		Severity:     finding.Warning,
		Requirements: []string{"C072"},
		Why: "A step exports each object once. Two errors of one object count twice in every summary, " +
			"and only one of them can be the outcome.",
		Fix:     "Write the last error of the object only, or check whether the second one has the GUID of another object.",
		Since:   "0.1.0",
		Objects: true,
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ExportError) rule.Scope { return rule.GUID(&e.CSGUID) },
			func(e *rundetails.ExportError, r *rule.Report) {
				if before := r.Object().Export; before != 0 {
					r.Arm(&e.CSGUID, maskedGUID(e.CSGUID.ID), "cs-guid is %s, which the step has at the export-error of line %d already",
						e.CSGUID.ID, before)
				}
			},
		)},
	}
}

// maskedGUID is the case of a rule that compares a GUID which somebody has put
// in the place of others.
func maskedGUID(id rundetails.ID) string {
	if id.Masked() {
		return "masked"
	}
	return ""
}
