package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r180() rule.Rule {
	return rule.Rule{
		ID:           "R180",
		Title:        "An incident has a cd-error with failed-connection, and none with success.",
		Severity:     finding.Info,
		Requirements: []string{"R166", "R168", "R180", "C070"},
		// The specification wants a cd-error where an error occurred while
		// connected, and expects one where there was no connection: so other
		// results are not judged.
		Why: "The cd-error is what the data source said about the failure, and often the only clue. " +
			"With success it contradicts the result.",
		Fix:   "Write the error of the data source into the incident that failed.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(i *rundetails.Incident) rule.Scope {
				return rule.If(i.Result.Value == success || i.Result.Value == "failed-connection")
			},
			func(i *rundetails.Incident, r *rule.Report) {
				switch failed := i.Result.Value != success; {
				case failed && !i.Error.Present:
					r.At(i, "the incident has failed-connection but no cd-error")
				case !failed && i.Error.Present:
					r.At(&i.Error, "the incident has success and a cd-error")
				}
			},
		)},
	}
}
