package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r242() rule.Rule {
	return rule.Rule{
		ID:           "R242",
		Title:        "The first occurrence of an error is not after the present one.",
		Severity:     finding.Error,
		Requirements: []string{"R242", "R401", "C009"},
		Why: "first-occurred is the date of the earliest occurrence, and date-occurred that of the latest. " +
			"In the other order the age of the error is negative.",
		Fix:   "Write the date of the present run as date-occurred, and keep first-occurred from the run that met the error first.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return rule.Dates(&e.FirstOccurred, &e.DateOccurred) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeOrder(&e.FirstOccurred, &e.DateOccurred, r) },
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return rule.Dates(&e.FirstOccurred, &e.DateOccurred) },
				func(e *rundetails.ExportError, r *rule.Report) { judgeOrder(&e.FirstOccurred, &e.DateOccurred, r) },
			),
		},
	}
}

// judgeOrder knows no tolerance: the server rounds neither date.
func judgeOrder(first, now *rundetails.Instant, r *rule.Report) {
	if now.Before(first, 0) {
		r.At(first, "first-occurred (%s) is %s after date-occurred (%s)", first.Value, words.Gap(now, first), now.Value)
	}
}
