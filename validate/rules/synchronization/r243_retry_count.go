package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r243() rule.Rule {
	return rule.Rule{
		ID:           "R243",
		Title:        "An error has retry-count 0 if and only if first-occurred equals date-occurred.",
		Severity:     finding.Warning,
		Requirements: []string{"R243", "R244", "R246", "R402", "R403", "R405", "C010"},
		Yields:       []string{"R242"},
		Why: "Both say whether an earlier run met the same error. " +
			"When they disagree, the age of the error cannot be told.",
		Fix: "For a new error write retry-count 0 and the same date twice. " +
			"For an old one keep the date of its first occurrence and count the retries.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope {
					return known(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
				},
				func(e *rundetails.ImportError, r *rule.Report) {
					judgeRetry(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount, r)
				},
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope {
					return known(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount)
				},
				func(e *rundetails.ExportError, r *rule.Report) {
					judgeRetry(&e.FirstOccurred, &e.DateOccurred, &e.RetryCount, r)
				},
			),
		},
	}
}

func known(first, now *rundetails.Instant, retries *rundetails.Number) rule.Scope {
	return rule.Dates(first, now).And(rule.Numbers(retries))
}

// judgeRetry compares the dates to the millisecond: the server copies the one
// from the other when the error is new.
func judgeRetry(first, now *rundetails.Instant, retries *rundetails.Number, r *rule.Report) {
	same := first.Millis == now.Millis
	switch {
	case retries.N == 0 && !same:
		r.At(first, "retry-count is 0, but first-occurred (%s) differs from date-occurred (%s)", first.Value, now.Value)
	case retries.N > 0 && same:
		r.At(first, "retry-count is %d, but first-occurred equals date-occurred (%s)", retries.N, now.Value)
	}
}
