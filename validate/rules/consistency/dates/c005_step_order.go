package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c005() rule.Rule {
	return rule.Rule{
		ID:           "C005",
		Title:        "The steps of a run stand in ascending or in descending order of their numbers.",
		Severity:     finding.Info,
		Requirements: []string{"C005"},
		Why: "Servers write the last step first, other programs the first one. " +
			"An order that is neither means that steps were put together by hand, or come from several runs.",
		Fix:   "Sort the steps by step-number.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope {
				// Two steps are always in order.
				numbered, unreadable := 0, false
				for i := range run.Outline {
					n := &run.Outline[i].Number
					unreadable = unreadable || n.Present && !n.Valid
					if n.Valid {
						numbered++
					}
				}
				switch {
				case numbered > 2:
					return rule.In
				case unreadable && len(run.Outline) > 2:
					return rule.Unreadable
				}
				return rule.Out
			},
			func(run *rundetails.Run, r *rule.Report) {
				up, down := false, false
				for i := 1; i < len(run.Outline); i++ {
					before, after := &run.Outline[i-1].Number, &run.Outline[i].Number
					if !before.Valid || !after.Valid {
						continue
					}
					up = up || before.N < after.N
					down = down || before.N > after.N
					if up && down {
						r.At(after, "step %d stands behind step %d, so the steps are neither in ascending nor in descending order",
							after.N, before.N)
						return
					}
				}
			},
		)},
	}
}
