package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
)

func c137() rule.Rule {
	return rule.Rule{
		ID:           "C137",
		Title:        "The server of a connection has a name.",
		Severity:     finding.Info,
		Requirements: []string{"C137"},
		Yields:       []string{"C068"},
		Why:          "The element says which server the agent worked with. Empty it says only that there was one.",
		Fix:          "Write the name of the server, or leave server out when there was no connection.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Connection.Server.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if names.Blank(s.Connection.Server.Value) {
					r.At(&s.Connection.Server, "server of the connection is empty")
				}
			},
		)},
	}
}
