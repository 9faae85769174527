package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/names"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c068() rule.Rule {
	return rule.Rule{
		ID:           "C068",
		Title:        "The server of a connection is that of the last successful incident.",
		Severity:     finding.Warning,
		Requirements: []string{"C068"},
		Why: "The agent worked with the server that it reached last. " +
			"Another name sends whoever looks for a fault to the wrong computer.",
		Fix:   "Write the server of the last incident with success. Case does not matter, and one of them may lack the port.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Connection.Server.Present && s.Tally.LastServer != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				if server := &s.Connection.Server; !names.SameServer(server.Value, s.Tally.LastServer) {
					r.At(server, "server is %s, but the last incident with success names %s",
						words.Quote(server.Value), words.Quote(s.Tally.LastServer))
				}
			},
		)},
	}
}
