package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

const discoveryErrors = "completed-discovery-errors"

func c041() rule.Rule {
	return rule.Rule{
		ID:           "C041",
		Title:        "No step follows one that completed with discovery errors.",
		Severity:     finding.Info,
		Requirements: []string{"C041"},
		Why: "The specification says of this result that the step stopped, and does not say that the next step will run, " +
			"as it does of other results. What later steps did rests on an import with gaps.",
		Fix: "Mend the discovery errors and run the profile again. " +
			"Servers may go on after such a step, so the document can be right.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return numbered(run, discoveryErrors) },
			func(run *rundetails.Run, r *rule.Report) {
				last := run.Outline[0].Number.N
				for i := range run.Outline {
					last = max(last, run.Outline[i].Number.N)
				}
				for i := range run.Outline {
					if step := &run.Outline[i]; step.Result == discoveryErrors && step.Number.N < last {
						r.At(step, "step %d has the step-result %q, but the run went on to step %d", step.Number.N, discoveryErrors, last)
					}
				}
			},
		)},
	}
}

// numbered lets a run be judged that has a step with the result, when every
// step tells its number.
func numbered(run *rundetails.Run, result string) rule.Scope {
	scope, found := rule.In, false
	for i := range run.Outline {
		step := &run.Outline[i]
		found = found || step.Result == result
		if !step.Number.Valid {
			scope = rule.Unreadable
		}
	}
	return rule.If(found).And(scope)
}
