package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c033() rule.Rule {
	return rule.Rule{
		ID:           "C033",
		Title:        "The result of a step that lists export-errors does not hide them.",
		Severity:     finding.Warning,
		Requirements: []string{"C033"},
		Yields:       []string{"R080", "R085", "R140"},
		Why: "Most readers look at the errors of a step only when its result says that there are some. " +
			"Behind success a failed export goes unnoticed.",
		Fix: "Write completed-export-errors, or the stopped- result that ended the step. " +
			"The type partial-success is an error of an export that succeeded: it is not counted here.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(failedExports(s) > 0 && s.Result.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if !admitsExportErrors(s.Result.Value) {
					r.At(&s.Result, "step-result is %s, but the step lists %s",
						words.Quote(s.Result.Value), words.Count(s.Tally.ExportErrors.Count, "export-error"))
				}
			},
		)},
	}
}

// failedExports leaves out what succeeded in part: the specification says that
// such an export succeeded, so success may be right.
func failedExports(s *rundetails.Step) int {
	return s.Tally.ExportErrors.Count - s.Tally.ExportErrors.Of("partial-success")
}

// admitsExportErrors does not know the completing- results: an import is what
// they complete.
func admitsExportErrors(result string) bool {
	switch result {
	case "completed-export-errors", "completed-warnings", "in-progress":
		return true
	}
	return stopped(result)
}
