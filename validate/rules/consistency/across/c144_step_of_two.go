package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c144() rule.Rule {
	return rule.Rule{
		ID:           "C144",
		Title:        "A step-id stands in runs of one agent only.",
		Severity:     finding.Warning,
		Requirements: []string{"C144"},
		Why: "A step is part of a run profile, and that of one agent. " +
			"The same step-id under two agents means that a step or an ma-id was put into the wrong run.",
		Fix:   "Compare the step-id with the run profiles of the server, and correct the ma-id or the step-id that is wrong.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(p *archive.Pair) rule.Scope {
				switch {
				case p.Relation != archive.SharedStep:
					return rule.Out
				case p.Other == nil: // no room to remember it
					return rule.Unreadable
				}
				return rule.In
			},
			func(p *archive.Pair, r *rule.Report) {
				if p.New {
					r.At(p.Step.IDAt(), "step-id is %s, which a run of another agent has, at %s", p.Step.ID, p.Where())
				}
			},
		)},
	}
}
