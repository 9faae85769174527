package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// r074 asks for errors and not for a full import, though the specification
// says "full import": a delta import has no other result for its discovery
// errors.
func r074() rule.Rule {
	return listsErrors("R074", finding.Error, "completed-discovery-errors", "ma-object-error", "C029",
		func(t *rundetails.Tally) bool { return t.ObjectErrors.Count > 0 })
}

func r075() rule.Rule {
	return listsErrors("R075", finding.Error, "completed-export-errors", "export-error", "C028",
		func(t *rundetails.Tally) bool { return t.ExportErrors.Count > 0 })
}

// r077 is a warning: the result also covers synchronization warnings, and a
// warning may have no element.
func r077() rule.Rule {
	return listsErrors("R077", finding.Warning, "completed-sync-errors", "import-error or retry-error", "C027",
		func(t *rundetails.Tally) bool { return t.ImportErrors.Count+t.RetryErrors.Count > 0 })
}

// listsErrors is the rule about a result that speaks of errors: the step lists
// at least one. also is the row of consistency.tsv that says the same.
func listsErrors(id string, grade finding.Severity, result, errors, also string, lists func(*rundetails.Tally) bool) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "A step with the result " + result + " lists at least one " + errors + ".",
		Severity:     grade,
		Requirements: []string{id, also},
		Why: "The result says that there were errors, and every error has an element that says what failed. " +
			"Without one the result cannot be followed up.",
		Fix:   "List the errors of the step. When it had none, write the result success.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Value == result) },
			func(s *rundetails.Step, r *rule.Report) {
				if !lists(&s.Tally) {
					r.At(&s.Result, "step-result is %s, but the step lists no %s", result, errors)
				}
			},
		)},
	}
}
