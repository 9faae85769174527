package connection

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r174() rule.Rule {
	return rule.Rule{
		ID:           "R174",
		Title:        "No two incidents of a step have the same date, server and result.",
		Severity:     finding.Info,
		Requirements: []string{"R174"},
		Why: "An incident is one attempt to connect, and an attempt takes time. " +
			"Two that are equal to the millisecond are one attempt that was written twice.",
		Fix:    "Write each attempt once. Several servers at one time, or one server at several times, are no fault.",
		Since:  "0.1.0",
		Memory: rule.PerStep,
		Checks: []rule.Check{rule.Each(
			func(i *rundetails.Incident) rule.Scope {
				return rule.If(i.Server.Present && i.Result.Present).And(rule.Dates(&i.Date))
			},
			func(i *rundetails.Incident, r *rule.Report) {
				// Trailing zeros of the fraction are no difference between dates.
				date := strings.TrimRight(i.Date.Value, "0")
				key := keys.New().Exact(date).Text(i.Server.Value).Exact(i.Result.Value).Sum()
				if before, seen := r.Seen(key, i.Line); seen {
					r.At(i, "%s, server %s and %s are those of the incident of line %d already",
						i.Date.Value, words.Quote(i.Server.Value), words.Quote(i.Result.Value), before)
				}
			},
		)},
	}
}
