package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c098() rule.Rule {
	return rule.Rule{
		ID:           "C098",
		Title:        "The context of a failed import flow names the agent of the run.",
		Severity:     finding.Info,
		Requirements: []string{"C098"},
		Why: "An import flow belongs to the agent whose objects are imported. " +
			"Another agent in the context may be right: when attributes of several agents compete, their flows are computed again.",
		Fix:   "Check @ma-id of the context against ma-id of run-details. Another name of the same agent is for C099.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.RulesError, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				c := &e.Rules.Context
				if e.AlgorithmStep.Value != importFlow || !c.MAID.Present {
					return rule.Out
				}
				return guid(&c.MAID).And(guid(&e.Step.Run.MAID))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				if c := &e.Rules.Context; c.MAID.ID != e.Step.Run.MAID.ID {
					r.At(&c.MAID, "ma-id is %s (%s), but the run is of the agent %s (%s)", c.MAID.ID, words.Quote(c.MAName.Value),
						e.Step.Run.MAID.ID, words.Quote(e.Step.Run.MAName.Value))
				}
			},
		))},
	}
}
