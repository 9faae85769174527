package run

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r066() rule.Rule {
	return rule.Rule{
		ID:           "R066",
		Title:        "The step-numbers of a run leave no gap from 1 on.",
		Severity:     finding.Error,
		Requirements: []string{"R066", "C004"},
		Why: "Steps are executed in the order of the run profile, and every executed step has a step-details. " +
			"A gap means that the account of a step is lost.",
		Fix: "Write a step-details for every step that was executed, also for one that was skipped or did nothing. " +
			"Steps behind the last executed one may be left out.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(numbered, gaps)},
	}
}

// numbered lets a run be judged when every step tells its number: the one that
// cannot be read may be the one that seems to be missing.
func numbered(run *rundetails.Run) rule.Scope {
	for i := range run.Outline {
		if !run.Outline[i].Number.Valid {
			return rule.Unreadable
		}
	}
	return rule.If(len(run.Outline) > 0)
}

// gaps looks for numbers without a predecessor, whatever the order of the
// steps: servers write the last step first. The lowest number is for R069.
func gaps(run *rundetails.Run, r *rule.Report) {
	known := make(map[uint64]bool, len(run.Outline))
	lowest := run.Outline[0].Number.N
	for i := range run.Outline {
		known[run.Outline[i].Number.N] = true
		lowest = min(lowest, run.Outline[i].Number.N)
	}
	for i := range run.Outline {
		number := &run.Outline[i].Number
		if number.N <= max(1, lowest) || known[number.N-1] {
			continue
		}
		r.At(number, "step-number is %d, and the run has no step %d", number.N, number.N-1)
		// A second step of this number is for R065 and not a second gap.
		known[number.N-1] = true
	}
}
