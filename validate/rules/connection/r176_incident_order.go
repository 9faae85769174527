package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r176() rule.Rule {
	return rule.Rule{
		ID:           "R176",
		Title:        "Incidents stand in the order in which they occurred.",
		Severity:     finding.Error,
		Requirements: []string{"R176"},
		Why: "The last incident decides how the connection ended. " +
			"In another order a lost connection reads as one that came back, or the reverse.",
		Fix:   "Write the incidents by date, the earliest first.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(i *rundetails.Incident) rule.Scope { return rule.Dates(&i.Date, &i.Previous) },
			func(i *rundetails.Incident, r *rule.Report) {
				if i.Date.Before(&i.Previous, 0) {
					r.At(&i.Date, "date is %s, which is %s before the date of the preceding incident (%s)",
						i.Date.Value, words.Gap(&i.Date, &i.Previous), words.Date(&i.Previous))
				}
			},
		)},
	}
}
