package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r172() rule.Rule {
	return rule.Rule{
		ID:           "R172",
		Title:        "A connection-log has at least one incident.",
		Severity:     finding.Warning,
		Requirements: []string{"R172"},
		Also:         map[string][]string{unlisted: {"R175"}},
		Why: "The log exists because a connection was attempted, and every attempt is an incident. " +
			"An empty log hides how the step came to its connection-result.",
		Fix:   "Write one incident for each attempt to connect, or leave connection-log out when there was none.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Connection.Log.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.Incidents == 0 {
					r.Arm(&s.Connection.Log, arm(s), "connection-log has no incident")
				}
			},
		)},
	}
}

// unlisted is the arm of a log that lacks the attempt that the
// connection-result tells of.
const unlisted = "unlisted"

func arm(s *rundetails.Step) string {
	if isAttempt(s.Connection.Result.Value) {
		return unlisted
	}
	return ""
}
