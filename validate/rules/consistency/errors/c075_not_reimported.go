package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c075() rule.Rule {
	return rule.Rule{
		ID:           "C075",
		Title:        "An exported change is confirmed while an import stages.",
		Severity:     finding.Info,
		Requirements: []string{"C075"},
		Why: "The error exported-change-not-reimported comes up when staging compares an import with what was exported. " +
			"At another stage, or in a step that imports nothing, one of the two is wrong.",
		Fix:   "Check error-type, algorithm-step and the step-type in step-description.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Type.Value == notReimported) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if a := &e.AlgorithmStep; a.Present && a.Value != staging {
					r.At(a, "algorithm-step is %s, but the error-type %q comes up in staging", words.Quote(a.Value), notReimported)
				}
				if typ := e.Step.Description.Type(); typ != "" && !strings.Contains(typ, "import") {
					r.At(&e.Type, "error-type is %q, which only an import has, but the step-type is %s", notReimported, words.Quote(typ))
				}
			},
		)},
	}
}

const (
	notReimported = "exported-change-not-reimported"
	staging       = "staging"
)
