package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r111() rule.Rule {
	return rule.Rule{
		ID:           "R111",
		Title:        "A step that lost its connection does not end with a successful one.",
		Severity:     finding.Warning,
		Requirements: []string{"R111", "C039"},
		Why: "connection-result is the state of the connection when the step ended. " +
			"With success there, stopped-connectivity says the opposite.",
		Fix: "Write what became of the connection into connection-result, such as dropped-connection or failed-search, " +
			"and log it as an incident.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Result.Value == "stopped-connectivity" && s.Connection.Result.Present)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Connection.Result.Value == "success" {
					r.At(&s.Connection.Result, "connection-result is success, but step-result is stopped-connectivity")
				}
			},
		)},
	}
}
