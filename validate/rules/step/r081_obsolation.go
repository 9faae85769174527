package step

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r081() rule.Rule {
	return rule.Rule{
		ID:       "R081",
		Title:    "The result of a step that marks objects as obsolete is spelled completing-obsolation.",
		Severity: finding.Info,
		// The schema of these products has completing-obsoletion.
		Except:       map[string]finding.Severity{"fim": finding.Off, "miis2003": finding.Off},
		Requirements: []string{"R081"},
		Why: "The specification spells this value in three ways: completing-obsolation in the schema, " +
			"completing-obsoletion and completing-obsolescence in the text. The schema decides, " +
			"so another spelling is one of the specification and yet not valid.",
		Fix:   "Write completing-obsolation.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				return rule.If(strings.HasPrefix(s.Result.Value, "completing-obsol"))
			},
			func(s *rundetails.Step, r *rule.Report) {
				switch s.Result.Value {
				case "completing-obsoletion", "completing-obsolescence":
					r.At(&s.Result, "step-result is %s, which the text of the specification has for completing-obsolation",
						words.Quote(s.Result.Value))
				}
			},
		)},
	}
}
