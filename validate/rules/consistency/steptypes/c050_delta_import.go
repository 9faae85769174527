package steptypes

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c050() rule.Rule {
	return rule.Rule{
		ID:           "C050",
		Title:        "Only a delta import fails to start for want of a change log or of a full import.",
		Severity:     finding.Warning,
		Requirements: []string{"R086", "R092", "R098", "C050"},
		Why: "The specification defines these results for delta imports alone. " +
			"On another step the result or the description of the step is wrong.",
		Fix:   "Check step-result and the step-type in step-description: one of them is that of another step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(ofDeltaImport(s.Result.Value) && s.Description.Type() != "")
			},
			func(s *rundetails.Step, r *rule.Report) {
				if typ := s.Description.Type(); !strings.HasPrefix(typ, "delta-import") {
					r.At(&s.Result, "step-result is %s, which only a delta import has, but the step-type is %s",
						words.Quote(s.Result.Value), words.Quote(typ))
				}
			},
		)},
	}
}

func ofDeltaImport(result string) bool {
	switch result {
	case "no-start-change-log-not-enabled", "no-start-delta-step-type-not-configured", "no-start-full-import-required":
		return true
	}
	return false
}
