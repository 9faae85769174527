package dates

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c011() rule.Rule {
	return rule.Rule{
		ID:           "C011",
		Title:        "An error with a retry-count above 0 first occurred before the run.",
		Severity:     finding.Warning,
		Requirements: []string{"C011"},
		Yields:       []string{"R242", "R243"},
		Why: "The count says that an earlier run met the same error, and that run was over before this one began. " +
			"With a later date the age of the error cannot be told.",
		Fix:   "Keep the date of the first occurrence from run to run, or write retry-count 0 for a new error.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return retried(&e.RetryCount, &e.FirstOccurred, e.Step) },
				func(e *rundetails.ImportError, r *rule.Report) {
					judgeFirst(&e.FirstOccurred, &e.RetryCount, e.Step, r)
				},
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return retried(&e.RetryCount, &e.FirstOccurred, e.Step) },
				func(e *rundetails.ExportError, r *rule.Report) {
					judgeFirst(&e.FirstOccurred, &e.RetryCount, e.Step, r)
				},
			),
			rule.Each(lateSteps, judgeLateSteps),
		},
	}
}

func retried(retries *rundetails.Number, first *rundetails.Instant, s *rundetails.Step) rule.Scope {
	if !retries.Above(0) {
		return rule.Out // where it cannot be read, other rules say so
	}
	return rule.Dates(first, start(s))
}

func judgeFirst(first *rundetails.Instant, retries *rundetails.Number, s *rundetails.Step, r *rule.Report) {
	if begin := start(s); begin.Before(first, rounding) {
		r.At(first, "retry-count is %d, but first-occurred (%s) is not before the start of the run (%s)",
			retries.N, first.Value, begin.Value)
	}
}

// start is the start of the run where it is known already. Servers write the
// last step first: then the start of the step itself stands for it, which is
// later, and the steps are judged again at the end of the run.
func start(s *rundetails.Step) *rundetails.Instant {
	if outline := s.Run.Outline; len(outline) > 0 && outline[0].Number.Is(1) {
		return &outline[0].Start
	}
	return &s.Start
}

func firstStep(run *rundetails.Run) *rundetails.StepOutline {
	for i := range run.Outline {
		if run.Outline[i].Number.Is(1) {
			return &run.Outline[i]
		}
	}
	return nil
}

// lateSteps lets a run be judged that does not begin with its first step.
func lateSteps(run *rundetails.Run) rule.Scope {
	first := firstStep(run)
	if first == nil {
		return rule.Out
	}
	return rule.If(first != &run.Outline[0]).And(rule.Dates(&first.Start))
}

// judgeLateSteps looks for first occurrences between the start of the run and
// the start of their own step. Of each step the latest one is at hand.
func judgeLateSteps(run *rundetails.Run, r *rule.Report) {
	first := firstStep(run)
	for i := range run.Outline {
		step := &run.Outline[i]
		if first.Start.Before(&step.Retried, rounding) && !step.Start.Before(&step.Retried, rounding) {
			r.At(step, "an error of the step has a retry-count above 0, but its first-occurred in line %d (%s) is not before the start of the run (%s)",
				step.Retried.Line, words.Date(&step.Retried), first.Start.Value)
		}
	}
}
