package steptypes

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// noObjects is the arm about completed-no-objects. R076 speaks of the type of
// the step too, but leaves it to this rule: servers have no other result for
// an import that found nothing.
const noObjects = "no-objects"

func c051() rule.Rule {
	return rule.Rule{
		ID:           "C051",
		Title:        "Only an import has discovery errors, and only a full import finds no objects.",
		Severity:     finding.Info,
		Requirements: []string{"C051"},
		Also:         map[string][]string{noObjects: {"R076"}},
		Why: "The specification defines completed-discovery-errors and completed-no-objects for full imports. " +
			"A delta import has no result of its own for discovery errors, so servers use this one there too.",
		Fix:   "Check step-result and the step-type in step-description: one of them is that of another step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If((s.Result.Value == "completed-discovery-errors" || s.Result.Value == "completed-no-objects") &&
					s.Description.Type() != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				typ, arm := s.Description.Type(), ""
				if s.Result.Value == "completed-no-objects" {
					arm = noObjects
				}
				switch {
				case !isImport(typ):
					r.Arm(&s.Result, arm, "step-result is %s, which only an import has, but the step-type is %s",
						words.Quote(s.Result.Value), words.Quote(typ))
				case arm == noObjects && strings.HasPrefix(typ, "delta-import"):
					r.Arm(&s.Result, arm, "step-result is %s, which only a full import has, but the step-type is %s",
						words.Quote(s.Result.Value), words.Quote(typ))
				}
			},
		)},
	}
}
