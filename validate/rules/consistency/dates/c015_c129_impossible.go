package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c015() rule.Rule {
	return rule.Rule{
		ID:           "C015",
		Title:        "No date lies in the future by more than a day.",
		Severity:     finding.Info,
		Requirements: []string{"C015"},
		Why: "A history tells of the past. A date to come means that the clock of the server was wrong, " +
			"and everything that is counted from it is wrong too.",
		Fix: "Check the clock of the server that wrote the history, and that of this computer. " +
			"Say with --now when the history was taken if it was made with other dates on purpose.",
		Since: "0.1.0",
		Clock: true,
		Checks: everyDate(func(d *rundetails.Instant, r *rule.Report) {
			const day = 24 * 60 * 60 * 1000
			if d.Millis > r.Now()+day {
				now := rundetails.NewInstant(r.Now())
				r.At(d, "%s is %s, which is %s after now (%s)",
					rundetails.Vocabulary().Name(d.Name), d.Value, words.Gap(&now, d), now.Value)
			}
		}),
	}
}

func c129() rule.Rule {
	return rule.Rule{
		ID:           "C129",
		Title:        "No date lies before the year 2000.",
		Severity:     finding.Warning,
		Requirements: []string{"C129"},
		Why: "No product wrote this format before. Years such as 1601 and 1899 are how programs store a date that is not set, " +
			"and every age that is counted from them is wrong.",
		Fix:   "Write the real date. When there is none, leave the element out where the schema allows it.",
		Since: "0.1.0",
		Checks: everyDate(func(d *rundetails.Instant, r *rule.Report) {
			const year2000 = 946_684_800_000
			if d.Millis < year2000 {
				r.At(d, "%s is %s, which is before the year 2000", rundetails.Vocabulary().Name(d.Name), d.Value)
			}
		}),
	}
}

// everyDate checks all dates of a document. Each has a check of its own, so
// that one that cannot be read does not hide another.
func everyDate(judge func(*rundetails.Instant, *rule.Report)) []rule.Check {
	return []rule.Check{
		date(judge, func(s *rundetails.Step) *rundetails.Instant { return &s.Start }),
		rule.Each(
			func(s *rundetails.Step) rule.Scope {
				// A step at work has not ended: what end-date says there is open.
				return rule.If(!results.Unfinished(s.Result.Value)).And(rule.Dates(&s.End))
			},
			func(s *rundetails.Step, r *rule.Report) { judge(&s.End, r) },
		),
		date(judge, func(i *rundetails.Incident) *rundetails.Instant { return &i.Date }),
		date(judge, func(e *rundetails.ImportError) *rundetails.Instant { return &e.FirstOccurred }),
		date(judge, func(e *rundetails.ImportError) *rundetails.Instant { return &e.DateOccurred }),
		date(judge, func(e *rundetails.ExportError) *rundetails.Instant { return &e.FirstOccurred }),
		date(judge, func(e *rundetails.ExportError) *rundetails.Instant { return &e.DateOccurred }),
		date(judge, func(e *rundetails.RetryError) *rundetails.Instant { return &e.DateOccurred }),
	}
}

func date[N rule.Node](judge func(*rundetails.Instant, *rule.Report), pick func(N) *rundetails.Instant) rule.Check {
	return rule.Each(
		func(n N) rule.Scope { return rule.Dates(pick(n)) },
		func(n N, r *rule.Report) { judge(pick(n), r) },
	)
}
