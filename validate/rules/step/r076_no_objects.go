package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r076() rule.Rule {
	return rule.Rule{
		ID:           "R076",
		Title:        "A step with the result completed-no-objects stages nothing and has no discovery errors.",
		Severity:     finding.Warning,
		Requirements: []string{"R076", "C030"},
		Why: "After this result every object of the connector space is obsolete. " +
			"When the step did find objects, the result and the counters contradict each other.",
		Fix: "Write the result success when the step found objects, and completed-discovery-errors when it could not read them. " +
			"Objects that are gone from the data source may be counted in stage-delete.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Result.Value != "completed-no-objects" {
					return rule.Out
				}
				return unless(s.Tally.StagingAbove0 || s.Tally.ObjectErrors.Count > 0, s)
			},
			noObjects,
		)},
	}
}

// noObjects does not judge the type of the step. The specification speaks of a
// full import only, but servers have no other result for a step that found
// nothing to do, so that is for C051, which is an info.
func noObjects(s *rundetails.Step, r *rule.Report) {
	if staged := found(s); staged != nil {
		r.At(staged, "%s is %d, but step-result is completed-no-objects",
			rundetails.Vocabulary().Name(staged.Name), staged.N)
	} else if s.Tally.ObjectErrors.Count > 0 {
		r.At(&s.Result, "step-result is completed-no-objects, but the step lists %s",
			words.Count(s.Tally.ObjectErrors.Count, "ma-object-error"))
	}
}

// found is the first counter of objects that the step found, or nil. Objects
// that are gone are counted too, in stage-delete.
func found(s *rundetails.Step) *rundetails.Counter {
	if !s.Tally.StagingAbove0 {
		return nil
	}
	counters := s.Staging.Counters()
	for i := range counters {
		if c := &counters[i]; c.Above(0) && c.Name != rundetails.NameStageDelete {
			return c
		}
	}
	return nil
}
