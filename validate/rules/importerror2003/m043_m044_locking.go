package importerror2003

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func m043() rule.Rule {
	return rule.Rule{
		ID:           "M043",
		Title:        "A full import or full synchronization does not take locking errors for warnings.",
		Except:       only(finding.Warning),
		Requirements: []string{"M043"},
		Why: "In such a run locking-error-needs-retry is an error: the object is not evaluated again until the next full run. " +
			"A step-result that speaks of warnings hides that.",
		Fix:   "Write completed-sync-errors as the step-result, or check the type of the configured step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(onlyLocked(s) && full(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				if s.Result.Value == "completed-warnings" {
					r.At(&s.Result, "step-result is completed-warnings, but the step is a full one with %s of the type %s",
						words.Count(s.Tally.ImportErrors.Count, "error"), locked)
				}
			},
		)},
	}
}

func m044() rule.Rule {
	return rule.Rule{
		ID:           "M044",
		Title:        "A delta import or delta synchronization with locking errors alone ends with warnings.",
		Except:       only(finding.Warning),
		Requirements: []string{"M044"},
		Yields:       []string{"R140"},
		Why: "In such a run locking-error-needs-retry is a warning: the next delta run takes the object up again. " +
			"The step-result has to tell that something was left over.",
		Fix:   "Write completed-warnings as the step-result; completed-sync-errors covers warnings too.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(onlyLocked(s) && delta(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				if !tellsOfWarnings(s.Result.Value) {
					r.At(&s.Result, "step-result is %s, but the step is a delta one with %s of the type %s",
						words.Quote(s.Result.Value), words.Count(s.Tally.ImportErrors.Count, "error"), locked)
				}
			},
		)},
	}
}

const locked = "locking-error-needs-retry"

// onlyLocked tells whether a step has a result, and import-errors of no other
// type.
func onlyLocked(s *rundetails.Step) bool {
	errors := &s.Tally.ImportErrors
	return s.Result.Present && errors.Count > 0 && errors.Of(locked) == errors.Count
}

// full tells whether a step is a full import or a full synchronization.
func full(s *rundetails.Step) bool {
	stepType, subtypes := s.Description.StepType()
	return strings.HasPrefix(stepType, "full-import") || slices.ContainsFunc(subtypes, func(subtype string) bool {
		return strings.HasPrefix(strings.TrimSpace(subtype), "reevaluate-")
	})
}

// delta tells whether a step is a delta import or a delta synchronization.
func delta(s *rundetails.Step) bool {
	stepType, subtypes := s.Description.StepType()
	return stepType == "delta-import" || slices.ContainsFunc(subtypes, func(subtype string) bool {
		return strings.TrimSpace(subtype) == "apply-pending"
	})
}

// tellsOfWarnings tells the results that a step with warnings may have: those
// of errors cover warnings, and a step at work or one that was stopped has not
// come to its verdict.
func tellsOfWarnings(result string) bool {
	switch result {
	case "completed-warnings", "completed-sync-errors", "completed-discovery-errors", "completed-transient-objects", "in-progress":
		return true
	}
	return strings.HasPrefix(result, "completing-") || strings.HasPrefix(result, "stopped-")
}
