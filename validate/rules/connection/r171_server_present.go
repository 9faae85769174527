package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// success is the result of an attempt that brought a connection.
const success = "success"

func r171() rule.Rule {
	return rule.Rule{
		ID:           "R171",
		Title:        "A connection has a server if and only if the agent connected to one.",
		Severity:     finding.Info,
		Requirements: []string{"R171", "C069"},
		Why: "The presence of server says that there was a connection. " +
			"A reader that relies on it takes a failed connection for a good one, or the reverse.",
		Fix: "Write server when an attempt to connect succeeded, and leave it out when all of them failed. " +
			"Agents for files and databases may have no name to write.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				c := &s.Connection
				return rule.If(connected(s) || c.Server.Present && c.Result.Present)
			},
			func(s *rundetails.Step, r *rule.Report) {
				c := &s.Connection
				switch {
				case connected(s) && !c.Server.Present:
					r.At(c, "a connection succeeded, but ma-connection has no server")
				case c.Server.Present && isFailure(c.Result.Value) && onlyFailures(&s.Tally):
					r.Arm(&c.Server, "unconnected", "server is present, but connection-result is %s and no incident tells of a connection", c.Result.Value)
				}
			},
		)},
	}
}

// connected tells whether a result says that an attempt succeeded.
func connected(s *rundetails.Step) bool {
	return s.Connection.Result.Value == success || s.Tally.Results.Of(success) > 0
}

// onlyFailures tells whether no incident has another result than those of
// failed attempts. An incident without a result is the business of the schema.
func onlyFailures(t *rundetails.Tally) bool {
	failures := t.Results.Of("failed-connection") + t.Results.Of("failed-authentication")
	return failures+t.Results.Of("") == t.Incidents
}
