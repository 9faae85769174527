package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c063() rule.Rule {
	return rule.Rule{
		ID:           "C063",
		Title:        "An export lists no import-error.",
		Severity:     finding.Warning,
		Requirements: []string{"C063"},
		Why: "An import-error is a failure to import or to synchronize an object, which an export does not do. " +
			"Whoever follows it up looks at the wrong step.",
		Fix:   "Write the failures of an export as export-error, or correct the step-type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(s.Description.Type() == export)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if n := s.Tally.ImportErrors.Count; n > 0 {
					r.At(&s.SyncErrors, "the step is an export, but synchronization-errors has %s", words.Count(n, "import-error"))
				}
			},
		)},
	}
}
