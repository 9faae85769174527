package step

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r140() rule.Rule {
	return rule.Rule{
		ID:           "R140",
		Title:        "A successful step lists no errors and counts no failures.",
		Severity:     finding.Error,
		Requirements: []string{"R140", "C025"},
		Why: "The result success means that the step completed with no errors. " +
			"Whoever trusts it does not look at the errors of the step.",
		Fix: "Write completed-discovery-errors, completed-sync-errors or completed-export-errors when there were errors. " +
			"An export-error of type partial-success is none: that export succeeded.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Result.Value != "success" {
					return rule.Out
				}
				return unless(failed(s), s)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if failed(s) {
					r.At(&s.Result, "step-result is success, but the step has %s", strings.Join(failures(s), " and "))
				}
			},
		)},
	}
}

func failed(s *rundetails.Step) bool {
	t := &s.Tally
	return t.FailureAbove0 || t.ObjectErrors.Count+t.ImportErrors.Count+t.RetryErrors.Count+failedExports(s) > 0
}

func failedExports(s *rundetails.Step) int {
	exports := &s.Tally.ExportErrors
	return exports.Count - exports.Of("partial-success")
}

// failures names the errors and the failures of a step, for a message.
func failures(s *rundetails.Step) []string {
	signs := appendErrors(nil, s, failedExports(s))
	for _, block := range [...]*rundetails.CounterBlock{&s.Staging, &s.Inbound, &s.Export} {
		// The zero block of a step that has none is of another kind.
		if c := block.Failures(); c != nil && c.Above(0) {
			signs = append(signs, fmt.Sprintf("%s %d", rundetails.Vocabulary().Name(c.Name), c.N))
		}
	}
	if len(signs) == 0 { // a step holds the first block of each kind only
		signs = append(signs, "a failure counter above 0")
	}
	return signs
}
