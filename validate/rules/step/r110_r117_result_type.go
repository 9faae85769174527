package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/steptype"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r110() rule.Rule {
	return resultOf("an import", steptype.Import,
		[]string{"stopped-code-page-conversion", "stopped-file-embedded-nulls", "stopped-import-read"},
		"R110", "R130", "R131", "C052")
}

func r117() rule.Rule {
	r := resultOf("an export", steptype.Export, exportResults(), "R117", "C053")
	// The export-errors that the result speaks of are out of place with it.
	r.Also = map[string][]string{withErrors: {"R151", "C062"}}
	return r
}

// exportResults are the results that only an export has.
func exportResults() []string { return []string{"completed-export-errors", "stopped-export-write"} }

// withErrors is the arm of a step that lists export-errors.
const withErrors = "with-errors"

// resultOf is the rule about results that only one kind of step has. The first
// of the rows is its id.
func resultOf(noun string, want steptype.Kind, results []string, rows ...string) rule.Rule {
	return rule.Rule{
		ID:           rows[0],
		Title:        "Only " + noun + " has a result that the specification defines for " + noun + ".",
		Severity:     finding.Warning,
		Requirements: rows,
		Why: "The definition of the result names the kind of the step. " +
			"On a step of another kind either the result or the step-description is that of another step.",
		Fix:   "Write the result that the step had, and the step-description of the same step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				for _, result := range results {
					if s.Result.Value == result {
						kind, _ := steptype.Of(s)
						return rule.If(kind != steptype.Unknown)
					}
				}
				return rule.Out
			},
			func(s *rundetails.Step, r *rule.Report) {
				if kind, stepType := steptype.Of(s); kind != want {
					arm := ""
					if s.Tally.ExportErrors.Count > 0 {
						arm = withErrors
					}
					r.Arm(&s.Result, arm, "step-result is %s, which only %s has, but the step-type is %s",
						s.Result.Value, noun, words.Quote(stepType))
				}
			},
		)},
	}
}
