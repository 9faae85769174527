package consistency

import (
	"iter"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c002() rule.Rule {
	return rule.Rule{
		ID:           "C002",
		Title:        "A step starts no earlier than the step before it ends.",
		Severity:     finding.Warning,
		Requirements: []string{"C002"},
		Why: "The engine processes the steps of a run profile one after the other. " +
			"Steps that overlap have wrong dates, wrong numbers, or come from different runs.",
		Fix: "Check that every step-details belongs to this run and has its own number and dates. " +
			"Up to one second of overlap is rounding and not reported.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(neighbours, overlaps)},
	}
}

// neighbours lets a run be judged when some pair of its steps can be: a date
// that cannot be read hides its own pair only.
func neighbours(run *rundetails.Run) rule.Scope {
	scope := rule.Out
	for before, after := range consecutive(run) {
		switch rule.Dates(&before.End, &after.Start) {
		case rule.In:
			return rule.In
		case rule.Unreadable:
			scope = rule.Unreadable
		}
	}
	return scope
}

func overlaps(run *rundetails.Run, r *rule.Report) {
	for before, after := range consecutive(run) {
		if after.Start.Before(&before.End, rounding) {
			r.At(&after.Start, "step %d starts at %s, which is %s before the end of step %d (%s)",
				after.Number.N, after.Start.Value, words.Gap(&after.Start, &before.End), before.Number.N, before.End.Value)
		}
	}
}

// consecutive yields the steps n and n+1 of a run, wherever they stand:
// servers write the last step first. A step that is at work has no end.
func consecutive(run *rundetails.Run) iter.Seq2[*rundetails.StepOutline, *rundetails.StepOutline] {
	return func(yield func(before, after *rundetails.StepOutline) bool) {
		first := make(map[uint64]*rundetails.StepOutline, len(run.Outline))
		for i := range run.Outline {
			step := &run.Outline[i]
			if _, twice := first[step.Number.N]; step.Number.Valid && !twice {
				first[step.Number.N] = step
			}
		}
		for i := range run.Outline {
			after := &run.Outline[i]
			if !after.Number.Valid || after.Number.N == 0 {
				continue
			}
			before := first[after.Number.N-1]
			if before != nil && !results.Unfinished(before.Result) && !yield(before, after) {
				return
			}
		}
	}
}
