package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c130() rule.Rule {
	return rule.Rule{
		ID:           "C130",
		Title:        "A step lasts 31 days at the most.",
		Severity:     finding.Info,
		Requirements: []string{"C130"},
		Why: "No step works for a month. A longer one has a slip in a date, or the clock was set while it ran, " +
			"and averages of run times that include it mean nothing.",
		Fix:   "Check start-date and end-date, and the clock of the server.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if results.Unfinished(s.Result.Value) {
					return rule.Out
				}
				return rule.Dates(&s.Start, &s.End)
			},
			func(s *rundetails.Step, r *rule.Report) {
				const month = 31 * 24 * 60 * 60 * 1000
				if s.Start.Before(&s.End, month) {
					r.At(&s.End, "end-date is %s, which is %s after start-date (%s)",
						s.End.Value, words.Gap(&s.Start, &s.End), s.Start.Value)
				}
			},
		)},
	}
}
