package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
)

// otherCase is the arm of a GUID that is there in capital or small letters only.
const otherCase = "other-case"

func r070() rule.Rule {
	return rule.Rule{
		ID:           "R070",
		Title:        "A run has no step-id twice.",
		Severity:     finding.Warning,
		Requirements: []string{"R070", "C006"},
		Also:         map[string][]string{otherCase: {"C105"}}, // GUIDs are compared without case
		Why: "The step-id is the GUID of a step of the run profile, and each of its steps has one of its own. " +
			"Two steps with one GUID cannot be told apart in the run profile.",
		Fix:    "Write the GUID that each step has in the run profile. It is the same in every run of the profile.",
		Since:  "0.1.0",
		Memory: rule.PerRun,
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.ID.Present && !s.ID.Valid {
					return rule.Unreadable
				}
				return rule.If(s.ID.Present)
			},
			func(s *rundetails.Step, r *rule.Report) {
				before, seen := r.Seen(keys.Of(s.ID.ID).Sum(), s.ID.Line)
				_, same := r.Seen(keys.New().Exact(s.ID.Value).Sum(), s.ID.Line)
				if seen {
					arm := ""
					if !same {
						arm = otherCase
					}
					r.Arm(&s.ID, arm, "step-id is %s, which the run has on line %d already", s.ID.Value, before)
				}
			},
		)},
	}
}
