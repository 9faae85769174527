package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c131() rule.Rule {
	return rule.Rule{
		ID:           "C131",
		Title:        "An error has fewer retries than seconds since it first occurred.",
		Severity:     finding.Warning,
		Requirements: []string{"C131"},
		Yields:       []string{"C011", "R242", "R243"},
		Why: "Each retry takes another run, and a run takes a second at least. " +
			"More retries than that mean a wrong count or a wrong date, so the age of the error cannot be told.",
		Fix:   "Count one retry for each run that met the error again, and keep the date of the first occurrence.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope {
					return aged(&e.RetryCount, &e.FirstOccurred, &e.DateOccurred)
				},
				func(e *rundetails.ImportError, r *rule.Report) {
					judgeAge(&e.RetryCount, &e.FirstOccurred, &e.DateOccurred, r)
				},
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope {
					return aged(&e.RetryCount, &e.FirstOccurred, &e.DateOccurred)
				},
				func(e *rundetails.ExportError, r *rule.Report) {
					judgeAge(&e.RetryCount, &e.FirstOccurred, &e.DateOccurred, r)
				},
			),
		},
	}
}

func aged(retries *rundetails.Number, first, now *rundetails.Instant) rule.Scope {
	if retries.Is(0) {
		return rule.Out
	}
	return rule.Numbers(retries).And(rule.Dates(first, now))
}

func judgeAge(retries *rundetails.Number, first, now *rundetails.Instant, r *rule.Report) {
	switch age := now.Millis - first.Millis; {
	case age < 0:
		r.At(first, "retry-count is %d, but first-occurred (%s) is after date-occurred (%s)", retries.N, first.Value, now.Value)
	case age < int64(retries.N)*1000:
		r.At(first, "retry-count is %d, but only %s lie between first-occurred (%s) and date-occurred (%s)",
			retries.N, words.Gap(first, now), first.Value, now.Value)
	}
}
