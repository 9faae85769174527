package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r160() rule.Rule {
	return rule.Rule{
		ID:           "R160",
		Title:        "The connection-result is that of the last incident.",
		Severity:     finding.Info,
		Requirements: []string{"R160", "C067"},
		Why: "The result is the current status of the connection, and the last attempt to connect decides it. " +
			"When they differ, one of them hides how the connection ended.",
		Fix: "Write the result of the last attempt, and an incident for each attempt. " +
			"A connection that was lost later is dropped-connection, which needs no incident.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(isAttempt(s.Connection.Result.Value) && s.Tally.LastResult != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				// A result that no incident has is for R175.
				if result := &s.Connection.Result; result.Value != s.Tally.LastResult && s.Tally.Results.Of(result.Value) > 0 {
					r.At(result, "connection-result is %s, but the last incident has %s",
						result.Value, words.Quote(s.Tally.LastResult))
				}
			},
		)},
	}
}

// isAttempt tells the results that an attempt to connect can have. The others
// tell what happened on a connection, which need not be an incident.
func isAttempt(result string) bool {
	return result == success || isFailure(result)
}

// isFailure tells the results of an attempt that brought no connection.
func isFailure(result string) bool {
	return result == "failed-connection" || result == "failed-authentication"
}
