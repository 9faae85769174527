package connection

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r175() rule.Rule {
	return rule.Rule{
		ID:           "R175",
		Title:        "The attempt that a connection-result tells of is an incident.",
		Severity:     finding.Info,
		Requirements: []string{"R175"},
		Also:         map[string][]string{"": {"R160", "C067"}}, // nor has the last incident the result
		Why: "Every attempt to connect is an incident. " +
			"When none has the result of the connection, the attempt that decided it is not in the log.",
		Fix:   "Write an incident for each attempt to connect, the successful one too.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				// Without any incident the log itself is at fault: R172, R173.
				return rule.If(isAttempt(s.Connection.Result.Value) && s.Tally.LastResult != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				if result := &s.Connection.Result; s.Tally.Results.Of(result.Value) == 0 {
					r.At(result, "connection-result is %s, but no incident has this result", result.Value)
				}
			},
		)},
	}
}
