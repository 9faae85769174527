package run

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r061() rule.Rule {
	return rule.Rule{
		ID:           "R061",
		Title:        "The runs of an agent are numbered from 1.",
		Severity:     finding.Error,
		Requirements: []string{"R061"},
		Why: "The run number tells the runs of one agent apart and orders them. " +
			"Number 0 belongs to no run, though the schema takes it.",
		Fix:   "Give the first run of the agent the number 1 and every later one the next number.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return rule.Numbers(&run.Number) },
			func(run *rundetails.Run, r *rule.Report) {
				if run.Number.N < 1 {
					r.At(&run.Number, "run-number is 0, and the first run has number 1")
				}
			},
		)},
	}
}
