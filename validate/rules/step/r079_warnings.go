package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r079() rule.Rule {
	return rule.Rule{
		ID:           "R079",
		Title:        "A step with the result completed-warnings lists warnings only.",
		Severity:     finding.Info,
		Requirements: []string{"R079", "C031"},
		Why: "The result says that there was nothing worse than warnings. " +
			"Whoever trusts it does not look at the errors of the step.",
		Fix: "Write completed-export-errors or completed-sync-errors when the step lists errors. " +
			"No published text lists all types that are warnings, so this finding may be wrong about an import-error.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Value == "completed-warnings") },
			onlyWarnings,
		)},
	}
}

func onlyWarnings(s *rundetails.Step, r *rule.Report) {
	imports := &s.Tally.ImportErrors
	// An import-error without a type is the business of the schema.
	errors := imports.Count - imports.Of("")
	for _, warning := range [...]string{"locking-error-needs-retry", "write-locking-error-needs-retry", "exported-change-not-reimported"} {
		errors -= imports.Of(warning)
	}
	switch exports := s.Tally.ExportErrors.Count; {
	case exports > 0:
		r.At(&s.SyncErrors, "the step lists %s, but step-result is completed-warnings", words.Count(exports, "export-error"))
	case errors > 0:
		r.At(&s.SyncErrors, "the step lists %s of a type that is not known to be a warning, but step-result is completed-warnings",
			words.Count(errors, "import-error"))
	}
}
