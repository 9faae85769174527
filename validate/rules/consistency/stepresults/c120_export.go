package stepresults

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c120() rule.Rule {
	return rule.Rule{
		ID:           "C120",
		Title:        "An export does not end as only an import or a synchronization can.",
		Severity:     finding.Warning,
		Requirements: []string{"C120"},
		Why: "Synchronization errors, transient objects and obsolete objects come from staging and synchronization. " +
			"On an export such a result belongs to another step, or the description of the step does.",
		Fix:   "Check step-result and the step-type in step-description: one of them is that of another step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Present && typeOf(s) == "export") },
			func(s *rundetails.Step, r *rule.Report) {
				if neverExport(s.Result.Value) {
					r.At(&s.Result, "step-result is %s, but the step is an export, which has no such result",
						words.Quote(s.Result.Value))
				}
			},
		)},
	}
}

// neverExport knows all spellings of the result for obsolete objects.
func neverExport(result string) bool {
	return result == "completed-sync-errors" || result == "completed-transient-objects" ||
		strings.HasPrefix(result, "completing-obsol")
}
