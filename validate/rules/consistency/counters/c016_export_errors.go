package counters

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c016() rule.Rule {
	return rule.Rule{
		ID:           "C016",
		Title:        "The counter export-failure is the number of export-errors.",
		Severity:     finding.Info,
		Requirements: []string{"C016"},
		Yields:       []string{"C017"},
		Why: "Every failed export has an export-error. When the numbers differ, errors are missing from the list, " +
			"and whoever works through it leaves objects behind.",
		Fix: "Write an export-error for every failed export. " +
			"The type partial-success is an error of an export that succeeded: it is not counted.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !s.Export.Present {
					return rule.Out
				}
				return rule.Numbers(&s.Export.Get(rundetails.NameExportFailure).Number)
			},
			func(s *rundetails.Step, r *rule.Report) {
				errors := &s.Tally.ExportErrors
				failed := errors.Count - errors.Of("partial-success")
				if n := s.Export.Get(rundetails.NameExportFailure); n.N != uint64(failed) {
					r.At(n, "export-failure is %d but the step lists %s", n.N, listed(failed, errors.Count))
				}
			},
		)},
	}
}

func listed(failed, all int) string {
	text := words.Count(failed, "export-error")
	if failed != all {
		text += " of a type other than partial-success"
	}
	return text
}
