package importerror2003

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// dates are the checks of the two dates of an import-error by one function.
// They are judged as text, also where the schema has found fault with it.
func dates(judge func(*rundetails.Instant, *rule.Report)) []rule.Check {
	return []rule.Check{
		date(func(e *rundetails.ImportError) *rundetails.Instant { return &e.FirstOccurred }, judge),
		date(func(e *rundetails.ImportError) *rundetails.Instant { return &e.DateOccurred }, judge),
	}
}

func date(pick func(*rundetails.ImportError) *rundetails.Instant, judge func(*rundetails.Instant, *rule.Report)) rule.Check {
	return rule.Each(
		func(e *rundetails.ImportError) rule.Scope { return rule.If(pick(e).Present) },
		func(e *rundetails.ImportError, r *rule.Report) { judge(pick(e), r) },
	)
}

// nameOf is the name of the element.
func nameOf(d *rundetails.Instant) string { return rundetails.Vocabulary().Name(d.Name) }
