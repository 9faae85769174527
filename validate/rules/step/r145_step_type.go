package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r145() rule.Rule {
	return rule.Rule{
		ID:           "R145",
		Title:        "The step-description says of which type the step is.",
		Severity:     finding.Info,
		Requirements: []string{"R145"},
		Why: "The description is a copy of the configured step, and every configured step has a type. " +
			"Without it the rules about imports, synchronizations and exports have nothing to go by.",
		Fix:   "Copy the step of the run profile into step-description, with its step-type and the attribute type.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Description.Present) },
			func(s *rundetails.Step, r *rule.Report) {
				found := s.Description.Root.Find("step-type")
				if found == nil {
					r.At(&s.Description, "the step-description has no step-type")
				} else if _, typed := found.Attribute("type"); !typed {
					r.At(found, "the step-type has no attribute type")
				}
			},
		)},
	}
}
