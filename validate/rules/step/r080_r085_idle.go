package step

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r080() rule.Rule {
	return rule.Rule{
		ID:           "R080",
		Title:        "A step that was skipped counts nothing, lists no errors and connects to nothing.",
		Severity:     finding.Warning,
		Requirements: []string{"R080", "C043"},
		Why: "A step with the result completed-skipped-already-completed was done by an earlier run. " +
			"What it counts is counted a second time.",
		Fix: "Leave the account of the work to the run that did it: " +
			"write counters of 0, no errors and an empty ma-connection.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Result.Value != "completed-skipped-already-completed" {
					return rule.Out
				}
				return unless(!idle(s) || connected(s), s)
			},
			func(s *rundetails.Step, r *rule.Report) {
				signs := work(s)
				if connected(s) {
					signs = append(signs, "a connection")
				}
				didNothing(s, signs, r)
			},
		)},
	}
}

func r085() rule.Rule {
	return rule.Rule{
		ID:       "R085",
		Title:    "A step that did not start counts nothing and lists no errors.",
		Severity: finding.Error,
		Requirements: []string{"R085", "R086", "R087", "R088", "R089", "R090", "R091", "R092", "R093", "R094", "R095",
			"R096", "R097", "R098", "R099", "R100", "R101", "R102", "R103", "R104", "R105", "R106", "R107", "C035", "C036"},
		Why: "A result that begins with no-start- says that the step failed before it did anything. " +
			"Counters and errors say that it did something.",
		Fix: "Write counters of 0 and no errors for a step that did not start. " +
			"When it did start, write a result that begins with stopped-.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !strings.HasPrefix(s.Result.Value, "no-start-") {
					return rule.Out
				}
				return unless(!idle(s), s)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if !idle(s) {
					didNothing(s, work(s), r)
				}
			},
		)},
	}
}

func didNothing(s *rundetails.Step, signs []string, r *rule.Report) {
	if len(signs) > 0 {
		r.At(&s.Result, "step-result is %s, but the step has %s", words.Quote(s.Result.Value), strings.Join(signs, " and "))
	}
}

func connected(s *rundetails.Step) bool {
	c := &s.Connection
	return c.Result.Present || c.Server.Present || c.Log.Present
}
