package document

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// dates are the checks of all dates of a document by one function. Each date
// has a check of its own, so that one without the form of a date does not hide
// another.
func dates(judge func(*rundetails.Instant, *rule.Report)) []rule.Check {
	return []rule.Check{
		date(func(s *rundetails.Step) *rundetails.Instant { return &s.Start }, judge),
		date(func(s *rundetails.Step) *rundetails.Instant { return &s.End }, judge),
		date(func(i *rundetails.Incident) *rundetails.Instant { return &i.Date }, judge),
		date(func(e *rundetails.ImportError) *rundetails.Instant { return &e.FirstOccurred }, judge),
		date(func(e *rundetails.ImportError) *rundetails.Instant { return &e.DateOccurred }, judge),
		date(func(e *rundetails.ExportError) *rundetails.Instant { return &e.FirstOccurred }, judge),
		date(func(e *rundetails.ExportError) *rundetails.Instant { return &e.DateOccurred }, judge),
		date(func(e *rundetails.RetryError) *rundetails.Instant { return &e.DateOccurred }, judge),
	}
}

// date checks one date of a kind of node.
func date[N rule.Node](pick func(N) *rundetails.Instant, judge func(*rundetails.Instant, *rule.Report)) rule.Check {
	return rule.Each(
		func(n N) rule.Scope {
			switch d := pick(n); {
			case !d.Present:
				return rule.Out
			case !d.Shaped:
				return rule.Unreadable
			}
			return rule.In
		},
		func(n N, r *rule.Report) { judge(pick(n), r) },
	)
}
