package run

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r060() rule.Rule {
	return named("R060", "ma-name", "display name of the management agent",
		func(run *rundetails.Run) *rundetails.Text { return &run.MAName })
}

func r063() rule.Rule {
	return named("R063", "run-profile-name", "display name of the run profile that was executed",
		func(run *rundetails.Run) *rundetails.Text { return &run.ProfileName })
}

// named is the rule about an element of the run that holds a display name.
func named(id, element, meaning string, pick func(*rundetails.Run) *rundetails.Text) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "The element " + element + " is not empty.",
		Severity:     finding.Warning,
		Requirements: []string{id},
		Why: "The element is the " + meaning + ". " +
			"Reports show it, and it is the only name that the people who read them know.",
		Fix:   "Write the " + meaning + " into " + element + ".",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return rule.If(pick(run).Present) },
			func(run *rundetails.Run, r *rule.Report) {
				if name := pick(run); strings.TrimSpace(name.Value) == "" {
					r.At(name, "%s is empty, and it is the %s", element, meaning)
				}
			},
		)},
	}
}
