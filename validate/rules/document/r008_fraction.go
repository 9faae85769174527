package document

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r008() rule.Rule {
	return rule.Rule{
		ID:           "R008",
		Title:        "Every date has three digits behind the dot.",
		Severity:     finding.Info,
		Requirements: []string{"R008", "C014"},
		Why: "The comment of the schema asks for milliseconds, yyyy-mm-dd hh:mm:ss.fff, and its pattern takes fewer digits. " +
			"A program that reads the fraction as a number of milliseconds takes .5 for 5 ms.",
		Fix:   "Write the milliseconds with all three digits: .500 and not .5.",
		Since: "0.1.0",
		Checks: dates(func(d *rundetails.Instant, r *rule.Report) {
			// A date with the form of one has its only dot before the fraction,
			// at the same place always.
			if len(d.Value) != len(rundetails.InstantLayout) {
				_, fraction, _ := strings.Cut(d.Value, ".")
				r.At(d, "%s is %s, with %s behind the dot in place of 3",
					rundetails.Vocabulary().Name(d.Name), d.Value, words.Count(len(fraction), "digit"))
			}
		}),
	}
}
