package step

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r143() rule.Rule {
	return rule.Rule{
		ID:           "R143",
		Title:        "The file of a step-result has a name.",
		Severity:     finding.Info,
		Requirements: []string{"R143"},
		Why: "@file says which file the result is about. " +
			"When it is empty, nobody can tell which file to look at.",
		Fix:   "Write the name of the file that is configured for the step, or leave @file out.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.File.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if strings.TrimSpace(s.Result.File.Value) == "" {
					r.At(&s.Result.File, "file is empty, and it is the name of a file")
				}
			},
		)},
	}
}
