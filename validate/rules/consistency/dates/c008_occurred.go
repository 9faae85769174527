package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c008() rule.Rule {
	return rule.Rule{
		ID:           "C008",
		Title:        "An error occurs between the start and the end of its step.",
		Severity:     finding.Warning,
		Requirements: []string{"C008"},
		Why: "The date is that of this instance of the error, and the step met it. " +
			"A date outside of the step belongs to another step, or the two are not in the same time zone.",
		Fix: "Write the date of this occurrence into date-occurred and that of the first one into first-occurred, " +
			"all of them in UTC. Up to one second outside is rounding and not reported.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return placed(&e.DateOccurred, e.Step) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeOccurred(&e.DateOccurred, e.Step, r) },
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return placed(&e.DateOccurred, e.Step) },
				func(e *rundetails.ExportError, r *rule.Report) { judgeOccurred(&e.DateOccurred, e.Step, r) },
			),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope { return placed(&e.DateOccurred, e.Step) },
				func(e *rundetails.RetryError, r *rule.Report) { judgeOccurred(&e.DateOccurred, e.Step, r) },
			),
		},
	}
}

// placed lets an error be judged by the dates of its step. A step that is at
// work, or has no end-date, has no end yet.
func placed(date *rundetails.Instant, s *rundetails.Step) rule.Scope {
	scope := rule.Dates(date, &s.Start)
	if scope == rule.Out || !ended(s) {
		return scope
	}
	return scope.And(rule.Dates(&s.End))
}

func ended(s *rundetails.Step) bool { return s.End.Present && !results.Unfinished(s.Result.Value) }

func judgeOccurred(date *rundetails.Instant, s *rundetails.Step, r *rule.Report) {
	switch {
	case date.Before(&s.Start, rounding):
		r.At(date, "date-occurred is %s, which is %s before the start of the step (%s)",
			date.Value, words.Gap(date, &s.Start), s.Start.Value)
	case ended(s) && s.End.Before(date, rounding):
		r.At(date, "date-occurred is %s, which is %s after the end of the step (%s)",
			date.Value, words.Gap(&s.End, date), s.End.Value)
	}
}
