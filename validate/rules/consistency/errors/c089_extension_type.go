package errors

import (
	"strings"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/scripts"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c089() rule.Rule {
	return rule.Rule{
		ID:           "C089",
		Title:        "Only the error types about extensions have an extension-error-info.",
		Severity:     finding.Info,
		Requirements: []string{"C089"},
		Why: "extension-error-info tells what went wrong inside a rules extension. " +
			"With another error-type a reader may never look for it.",
		Fix: "Write the extension- type that fits, or leave extension-error-info out. " +
			"The type unexpected-error may be right, when it came out of a script.",
		Since: "0.1.0",
		Checks: failures(
			func(f failure) rule.Scope {
				// Types that no script has a part in are for R358.
				return rule.If(f.extension.Present && f.typ.Present && !scripts.None(f.typ.Value))
			},
			func(f failure, r *rule.Report) {
				if !strings.HasPrefix(f.typ.Value, "extension-") {
					r.At(f.extension, "the error has an extension-error-info, but its error-type is %s", words.Quote(f.typ.Value))
				}
			},
		),
	}
}
