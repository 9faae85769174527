package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/results"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c034() rule.Rule {
	return rule.Rule{
		ID:           "C034",
		Title:        "The result of a full import that lists ma-object-errors does not hide them.",
		Severity:     finding.Warning,
		Requirements: []string{"C034"},
		Yields:       []string{"R075", "R076", "R080", "R085", "R140"},
		Why: "Objects that could not be discovered are missing from the import, and a full import without them may delete them. " +
			"The result completed-discovery-errors exists to warn of that.",
		Fix: "Write completed-discovery-errors, completed-sync-errors when there are such errors too, " +
			"or the stopped- result that ended the step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Tally.ObjectErrors.Count > 0 && s.Result.Present && fullImport(typeOf(s)))
			},
			func(s *rundetails.Step, r *rule.Report) {
				if !admitsDiscoveryErrors(s.Result.Value) {
					r.At(&s.Result, "step-result is %s, but the step is a full import and lists %s",
						words.Quote(s.Result.Value), words.Count(s.Tally.ObjectErrors.Count, "ma-object-error"))
				}
			},
		)},
	}
}

// admitsDiscoveryErrors also takes the result for synchronization errors: when
// a step has both, the specification does not say which of them wins.
func admitsDiscoveryErrors(result string) bool {
	switch result {
	case "completed-discovery-errors", "completed-sync-errors":
		return true
	}
	return stopped(result) || results.Unfinished(result)
}
