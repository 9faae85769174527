package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r173() rule.Rule {
	return rule.Rule{
		ID:           "R173",
		Title:        "A connection with a connection-result or a server has a connection-log.",
		Severity:     finding.Error,
		Requirements: []string{"R173"},
		Also:         map[string][]string{unlisted: {"R175"}},
		Why: "Both elements tell of an attempt to connect, and the log lists the attempts. " +
			"Without it nobody can tell when and where the agent connected.",
		Fix:   "Write connection-log with an incident for each attempt, or leave connection-result and server out.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Connection.Result.Present || s.Connection.Server.Present)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Connection.Log.Present {
					return
				}
				there := "connection-result"
				if !s.Connection.Result.Present {
					there = "server"
				}
				r.Arm(&s.Connection, arm(s), "ma-connection has %s but no connection-log", there)
			},
		)},
	}
}
