package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/flows"
)

func r389() rule.Rule {
	return rule.Rule{
		ID:           "R389",
		Title:        "The source dn of a direct mapping of an import-error is intrinsic.",
		Severity:     finding.Error,
		Requirements: []string{"R389"},
		Why:          flows.WhyIntrinsic,
		Fix:          flows.FixIntrinsic,
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return flows.FromDN(&e.Rules) },
			func(e *rundetails.ImportError, r *rule.Report) { flows.JudgeIntrinsic(&e.Rules, r) },
		)},
	}
}
