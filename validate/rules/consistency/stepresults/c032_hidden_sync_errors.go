package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c032() rule.Rule {
	return rule.Rule{
		ID:           "C032",
		Title:        "The result of a step that lists import-errors or retry-errors does not hide them.",
		Severity:     finding.Warning,
		Requirements: []string{"C032"},
		Yields:       []string{"R075", "R076", "R080", "R085", "R140"},
		Why: "Most readers look at the errors of a step only when its result says that there are some. " +
			"Behind success they go unnoticed.",
		Fix: "Write completed-sync-errors or completed-warnings, or the stopped- result that ended the step. " +
			"When another result is right, check that the errors belong to this step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Tally.ImportErrors.Count+s.Tally.RetryErrors.Count > 0 && s.Result.Present)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if admitsSyncErrors(s.Result.Value) {
					return
				}
				// One kind is enough to tell what is hidden.
				count, noun := s.Tally.ImportErrors.Count, "import-error"
				if count == 0 {
					count, noun = s.Tally.RetryErrors.Count, "retry-error"
				}
				r.At(&s.Result, "step-result is %s, but the step lists %s", words.Quote(s.Result.Value), words.Count(count, noun))
			},
		)},
	}
}

// admitsSyncErrors tells the results that a step with synchronization errors
// may have. With other trouble besides them, the specification does not say
// which of the results wins.
func admitsSyncErrors(result string) bool {
	switch result {
	case "completed-sync-errors", "completed-warnings", "completed-discovery-errors", "completed-transient-objects":
		return true
	}
	return stopped(result) || results.Unfinished(result)
}
