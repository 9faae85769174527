package connection

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

const noWatermark = "warning-no-watermark"

func r169() rule.Rule {
	return rule.Rule{
		ID:           "R169",
		Title:        "The result warning-no-watermark appears in full imports only.",
		Severity:     finding.Warning,
		Requirements: []string{"R169"},
		Why: "A full import reads the watermark from which the next delta import goes on. " +
			"No other step reads it, so the result or the type of the step is wrong.",
		Fix:   "Write the result of the connection itself, or correct the type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				warned := s.Connection.Result.Value == noWatermark || s.Tally.Results.Of(noWatermark) > 0
				return rule.If(warned && s.Description.Type() != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				stepType := s.Description.Type()
				switch {
				case strings.HasPrefix(stepType, "full-import"):
				case s.Connection.Result.Value == noWatermark:
					r.At(&s.Connection.Result, "connection-result is %s, but the type of the step is %s and not full-import",
						noWatermark, words.Quote(stepType))
				default:
					r.At(&s.Connection.Log, "an incident has %s, but the type of the step is %s and not full-import",
						noWatermark, words.Quote(stepType))
				}
			},
		)},
	}
}
