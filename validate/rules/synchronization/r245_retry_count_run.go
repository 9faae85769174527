package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r245() rule.Rule {
	return rule.Rule{
		ID:           "R245",
		Title:        "The retry-count of an error is below the number of the run.",
		Severity:     finding.Info,
		Requirements: []string{"R245", "R404", "C012"},
		Why: "A run has as many runs before it as its number says, less one, and each retry took one of them. " +
			"Read as the number of an earlier run, as the specification says once, it is below this one too.",
		Fix: "Nothing when the run history was cleared: the numbers of runs start again then, the counts do not. " +
			"Else count the retries of this error alone.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return rule.Numbers(&e.RetryCount, &e.Step.Run.Number) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeCount(&e.RetryCount, &e.Step.Run.Number, r) },
			),
			rule.Each(
				func(e *rundetails.ExportError) rule.Scope { return rule.Numbers(&e.RetryCount, &e.Step.Run.Number) },
				func(e *rundetails.ExportError, r *rule.Report) { judgeCount(&e.RetryCount, &e.Step.Run.Number, r) },
			),
		},
	}
}

func judgeCount(retries, run *rundetails.Number, r *rule.Report) {
	if retries.N >= run.N {
		r.At(retries, "retry-count is %d, but the run-number is %d", retries.N, run.N)
	}
}
