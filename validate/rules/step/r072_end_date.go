package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r072() rule.Rule {
	return rule.Rule{
		ID:           "R072",
		Title:        "A step ends no earlier than it starts.",
		Severity:     finding.Error,
		Requirements: []string{"R072", "C001"},
		Why: "Durations and the order of runs are computed from these dates. " +
			"A step cannot complete before it begins.",
		Fix: "Write the date at which the step completed into end-date. " +
			"When the clock of the server was set back during the step, the dates cannot be trusted.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if results.Unfinished(s.Result.Value) {
					return rule.Out
				}
				return rule.Dates(&s.Start, &s.End)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.End.Before(&s.Start, 0) {
					r.At(&s.End, "end-date is %s, which is %s before start-date (%s)",
						s.End.Value, words.Gap(&s.End, &s.Start), s.Start.Value)
				}
			},
		)},
	}
}
