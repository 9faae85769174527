package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c026() rule.Rule {
	return rule.Rule{
		ID:           "C026",
		Title:        "A step with the result success has no connection-result of a failure.",
		Severity:     finding.Warning,
		Requirements: []string{"C026"},
		Why: "A step that worked had its connection to the end. " +
			"With a failure beside it one of the two results is wrong, and monitoring believes one of them.",
		Fix:   "Write the step-result that fits, such as completed-warnings, or the connection-result success.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Connection.Result.Present && s.Result.Value == success)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if result := &s.Connection.Result; !connected(result.Value) && result.Value != "warning-no-watermark" {
					r.At(result, "connection-result is %s, but step-result is success", words.Quote(result.Value))
				}
			},
		)},
	}
}

// connected tells the results of an attempt that brought a connection, also
// that of MIIS 2003.
func connected(result string) bool { return result == success || result == "successful-connection" }

// Values of step-result and of connection-result.
const (
	success              = "success"
	failedAuthentication = "failed-authentication"
	failedConnection     = "failed-connection"
	noCredentials        = "no-start-credentials"
	noConnection         = "no-start-connection"
)
