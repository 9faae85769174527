package stepresults

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// errorLimit is the default of the number of errors at which a server stops a
// step; it can be set to anything from 1 to 100,000.
const errorLimit = 5000

func c128() rule.Rule {
	return rule.Rule{
		ID:           "C128",
		Title:        "A step with more errors than the default limit ends with stopped-error-limit.",
		Severity:     finding.Info,
		Requirements: []string{"C128"},
		Why: "A server stops a step at a number of errors, which is 5000 unless it is configured. " +
			"A step that went beyond it had another limit, or lists errors of several steps.",
		Fix:   "Check the configured limit. When it is the default, check that all errors belong to this step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Present && countErrors(s) > 0) },
			func(s *rundetails.Step, r *rule.Report) {
				if n := countErrors(s); n > errorLimit && s.Result.Value != "stopped-error-limit" {
					r.At(&s.Result, "step-result is %s, but the step lists %d errors, and the default limit is %d",
						words.Quote(s.Result.Value), n, errorLimit)
				}
			},
		)},
	}
}

func countErrors(s *rundetails.Step) int {
	t := &s.Tally
	return t.ObjectErrors.Count + t.ImportErrors.Count + t.ExportErrors.Count + t.RetryErrors.Count
}
