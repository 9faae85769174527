package consistency

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c007() rule.Rule {
	return rule.Rule{
		ID:           "C007",
		Title:        "A connection incident happens between the start and the end of its step.",
		Severity:     finding.Warning,
		Requirements: []string{"C007"},
		Why: "The connection is made for the step. An incident outside of it belongs to another step, " +
			"or the two dates are not in the same time zone.",
		Fix: "Write all dates in UTC. When every incident is off by the same whole number of hours, " +
			"one of the clocks is in local time.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(i *rundetails.Incident) rule.Scope {
				if results.Unfinished(i.Step.Result.Value) {
					return rule.Dates(&i.Date, &i.Step.Start)
				}
				return rule.Dates(&i.Date, &i.Step.Start, &i.Step.End)
			},
			func(i *rundetails.Incident, r *rule.Report) {
				start, end := &i.Step.Start, &i.Step.End
				switch {
				case i.Date.Before(start, rounding):
					r.At(&i.Date, "date is %s, which is %s before the start of the step (%s)",
						i.Date.Value, words.Gap(&i.Date, start), start.Value)
				case end.Before(&i.Date, rounding) && !results.Unfinished(i.Step.Result.Value):
					r.At(&i.Date, "date is %s, which is %s after the end of the step (%s)",
						i.Date.Value, words.Gap(end, &i.Date), end.Value)
				}
			},
		)},
	}
}
