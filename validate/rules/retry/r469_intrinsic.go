package retry

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/flows"
)

func r469() rule.Rule {
	return rule.Rule{
		ID:           "R469",
		Title:        "The source dn of a direct mapping of a retry-error is intrinsic.",
		Severity:     finding.Error,
		Requirements: []string{"R469"},
		Why:          flows.WhyIntrinsic,
		Fix:          flows.FixIntrinsic,
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.RetryError) rule.Scope { return flows.FromDN(&e.Rules) },
			func(e *rundetails.RetryError, r *rule.Report) { flows.JudgeIntrinsic(&e.Rules, r) },
		)},
	}
}
