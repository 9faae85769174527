package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// r116 takes failures that are counted for errors, too: lists of errors may be
// cut. The limit itself is configured and not known here.
func r116() rule.Rule {
	return limit("R116", "C048", "stopped-error-limit", "errors", "lists no errors and counts no failures",
		func(s *rundetails.Step) bool { return faulty(s) || s.Tally.FailureAbove0 })
}

// r133 asks for objects that were staged or exported: the threshold of a step
// counts these.
func r133() rule.Rule {
	return limit("R133", "C049", "stopped-object-limit", "objects", "stages and exports nothing",
		func(s *rundetails.Step) bool { return s.Tally.StagingAbove0 || s.Tally.ExportAbove0 })
}

// limit is the rule about a step that was stopped at a limit: it has some of
// what is limited. also is the row of consistency.tsv that says the same.
func limit(id, also, result, things, none string, has func(*rundetails.Step) bool) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "A step with the result " + result + " has " + things + ".",
		Severity:     finding.Info,
		Requirements: []string{id, also},
		Why: "The result says that the step reached a limit of " + things + ". " +
			"A step without any cannot have reached it.",
		Fix:   "Write the " + things + " of the step, or the result that says why it was stopped.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Result.Value != result {
					return rule.Out
				}
				return unless(has(s), s)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if !has(s) {
					r.At(&s.Result, "step-result is %s, but the step %s", result, none)
				}
			},
		)},
	}
}
