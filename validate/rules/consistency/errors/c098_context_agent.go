package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c098() rule.Rule {
	return rule.Rule{
		ID:           "C098",
		Title:        "The context of a failed import flow names the agent of the run, by its GUID and its name.",
		Severity:     finding.Info,
		Requirements: []string{"C098"},
		Yields:       []string{"C099"},
		Why: "An import flow belongs to the agent whose objects are imported. " +
			"Another agent in the context may be right: when attributes of several agents compete, their flows are computed again.",
		Fix:   "Check @ma-id and @ma-name of the context against ma-id and ma-name of run-details.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.RulesError, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				c := &e.Rules.Context
				if e.AlgorithmStep.Value != importFlow || !c.MAID.Present {
					return rule.Out
				}
				return rule.GUID(&c.MAID).And(rule.GUID(&e.Step.Run.MAID))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				switch c, run := &e.Rules.Context, e.Step.Run; {
				case c.MAID.ID != run.MAID.ID:
					r.At(&c.MAID, "ma-id is %s (%s), but the run is of the agent %s (%s)", c.MAID.ID, words.Quote(c.MAName.Value),
						run.MAID.ID, words.Quote(run.MAName.Value))
				case c.MAName.Present && run.MAName.Present && !strings.EqualFold(c.MAName.Value, run.MAName.Value):
					r.At(&c.MAName, "ma-name is %s, but the run is of the agent %s", words.Quote(c.MAName.Value), words.Quote(run.MAName.Value))
				}
			},
		))},
	}
}
