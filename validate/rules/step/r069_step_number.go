package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r069() rule.Rule {
	return rule.Rule{
		ID:           "R069",
		Title:        "Step-numbers start at 1: no step has number 0, and every run has a step 1.",
		Severity:     finding.Error,
		Requirements: []string{"R069"},
		Also:         map[string][]string{"": {"R066", "C004"}}, // the gap is before the first step
		Why: "The step-number is what joins a step of the run to the step of the run profile. " +
			"When the count starts elsewhere, every step is joined to the wrong one.",
		Fix:   "Number the steps as the run profile does: its first step is step 1.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(s *rundetails.Step) rule.Scope { return rule.Numbers(&s.Number) },
				func(s *rundetails.Step, r *rule.Report) {
					if s.Number.N == 0 {
						r.At(&s.Number, "step-number is 0, and the first step of a run profile has number 1")
					}
				},
			),
			rule.Each(started, firstStep),
		},
	}
}

// started lets a run be judged when every step tells its number: the one that
// cannot be read may be step 1.
func started(run *rundetails.Run) rule.Scope {
	for i := range run.Outline {
		if !run.Outline[i].Number.Valid {
			return rule.Unreadable
		}
	}
	return rule.If(len(run.Outline) > 0)
}

func firstStep(run *rundetails.Run, r *rule.Report) {
	lowest := run.Outline[0].Number.N
	for i := range run.Outline {
		lowest = min(lowest, run.Outline[i].Number.N)
	}
	// With a step 0 the fault is reported there.
	if lowest > 1 {
		r.At(run, "the run has no step 1: its lowest step-number is %d", lowest)
	}
}
