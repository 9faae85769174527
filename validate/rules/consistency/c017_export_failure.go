package consistency

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c017() rule.Rule {
	return rule.Rule{
		ID:           "C017",
		Title:        "A step counts export failures if and only if it lists export-errors.",
		Severity:     finding.Error,
		Lower:        finding.Warning, // errors that are not counted
		Requirements: []string{"C017"},
		Also:         map[string][]string{"": {"R397"}, uncounted: {"R397"}}, // which gives these as its check
		Why: "Every failed export has an export-error that says what failed. " +
			"A count without errors cannot be followed up, and errors without a count do not show in summaries.",
		Fix: "Write an export-error for every failed export, and count it in export-failure. " +
			"The type partial-success is an error of an export that succeeded: it need not be counted.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.Numbers(&failures(s).Number) },
			judgeFailures,
		)},
	}
}

// uncounted is the arm of export-errors that export-failure does not count.
const uncounted = "uncounted"

func failures(s *rundetails.Step) *rundetails.Counter {
	// The zero block of a step without export-counters is of another kind.
	if s.Export.Present {
		return s.Export.Get(rundetails.NameExportFailure)
	}
	return &rundetails.Counter{}
}

func judgeFailures(s *rundetails.Step, r *rule.Report) {
	counted, errors := failures(s), &s.Tally.ExportErrors
	// An export-error without a type is the business of the schema.
	failed := errors.Count - errors.Of("partial-success") - errors.Of("")
	switch {
	case counted.N > 0 && errors.Count == 0:
		r.At(counted, "export-failure is %d but the step lists no export-error", counted.N)
	case counted.N == 0 && failed > 0:
		r.Lower(counted, uncounted, "export-failure is 0 but the step lists %s", words.Count(failed, "export-error"))
	}
}
