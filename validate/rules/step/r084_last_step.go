package step

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r084() rule.Rule {
	return rule.Rule{
		ID:       "R084",
		Title:    "A step that did not start, was stopped or is still at work is the last of its run.",
		Severity: finding.Warning,
		Requirements: []string{"R084", "R108", "R109", "R112", "R113", "R114", "R115", "R118", "R119", "R120", "R121", "R122",
			"R123", "R124", "R125", "R126", "R127", "R128", "R129", "R132", "R134", "R135", "R136", "R137", "R138", "R139", "C040"},
		Why: "After such a result the server processes no further step of the run profile. " +
			"A later step means that the result is wrong, or that steps of two runs are mixed up.",
		Fix: "Leave out the steps that were not executed. " +
			"When later steps were executed, write a result of this one that lets the run go on.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(halted, lastOfAll)},
	}
}

// halted lets a run be judged that has such a step, when all steps tell their
// numbers: the one that cannot be read may be a later one.
func halted(run *rundetails.Run) rule.Scope {
	halts, readable := false, true
	for i := range run.Outline {
		step := &run.Outline[i]
		halts = halts || ends(step.Result)
		readable = readable && step.Number.Valid
	}
	switch {
	case !halts:
		return rule.Out
	case !readable:
		return rule.Unreadable
	}
	return rule.In
}

// lastOfAll goes by the numbers of the steps: servers write the last step
// first.
func lastOfAll(run *rundetails.Run, r *rule.Report) {
	last := &run.Outline[0].Number
	for i := range run.Outline {
		if number := &run.Outline[i].Number; number.N > last.N {
			last = number
		}
	}
	for i := range run.Outline {
		if step := &run.Outline[i]; ends(step.Result) && step.Number.N < last.N {
			r.At(step, "step %d has the result %s, after which no step is processed, but the run has a step %d",
				step.Number.N, words.Quote(step.Result), last.N)
		}
	}
}

// ends tells the results after which no step follows. The result
// completed-discovery-errors is not among them: servers may go on after it.
func ends(result string) bool {
	return result == "in-progress" || strings.HasPrefix(result, "no-start-") ||
		strings.HasPrefix(result, "stopped-") || strings.HasPrefix(result, "completing-")
}
