package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r161() rule.Rule {
	return rule.Rule{
		ID:           "R161",
		Title:        "A connection with incidents has a connection-result.",
		Severity:     finding.Error,
		Requirements: []string{"R161"},
		Why: "An incident is an attempt to connect that is over. " +
			"Without the result a reader takes it that no connection was tried.",
		Fix:   "Write connection-result into ma-connection as soon as one attempt to connect is over.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Tally.Incidents > 0) },
			func(s *rundetails.Step, r *rule.Report) {
				if !s.Connection.Result.Present {
					r.At(&s.Connection, "ma-connection has %s but no connection-result",
						words.Count(s.Tally.Incidents, "incident"))
				}
			},
		)},
	}
}
