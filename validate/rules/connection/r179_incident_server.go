package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func r179() rule.Rule {
	return rule.Rule{
		ID:           "R179",
		Title:        "The server of an incident has a name.",
		Severity:     finding.Warning,
		Requirements: []string{"R179"},
		Why: "The incident says which server was tried. " +
			"Without the name nobody knows which of several servers is out of order.",
		Fix:   "Write the name of the server that the agent tried to reach.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(i *rundetails.Incident) rule.Scope { return rule.If(i.Server.Present) },
			func(i *rundetails.Incident, r *rule.Report) {
				if names.Blank(i.Server.Value) {
					r.At(&i.Server, "server of the incident is empty")
				}
			},
		)},
	}
}
