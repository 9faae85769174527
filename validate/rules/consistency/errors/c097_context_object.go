package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c097() rule.Rule {
	return rule.Rule{
		ID:           "C097",
		Title:        "The context of a failed import flow is about the object of its import-error.",
		Severity:     finding.Warning,
		Requirements: []string{"C097"},
		Why: "An import flow takes attributes from the object that is imported. " +
			"A context about another object belongs to another error.",
		Fix:   "Check @cs-object-id and @dn of the context against @cs-guid and @dn of the import-error.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.RulesError, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				c := &e.Rules.Context
				if e.AlgorithmStep.Value != importFlow || !c.CSObjectID.Present || !e.CSGUID.Present {
					return rule.Out
				}
				return rule.GUID(&c.CSObjectID).And(rule.GUID(&e.CSGUID))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				c := &e.Rules.Context
				switch {
				case c.CSObjectID.ID != e.CSGUID.ID:
					mask := maskedGUID(c.CSObjectID.ID)
					if mask == "" {
						mask = maskedGUID(e.CSGUID.ID)
					}
					r.Arm(&c.CSObjectID, mask, "cs-object-id is %s, but the import-error is about the object %s", c.CSObjectID.ID, e.CSGUID.ID)
				case c.DN.Present && e.DN.Present && c.DN.Value != e.DN.Value && !strings.EqualFold(c.DN.Value, e.DN.Value):
					r.At(&c.DN, "dn is %s, but the import-error is about %s", words.Quote(c.DN.Value), words.Quote(e.DN.Value))
				}
			},
		))},
	}
}

const importFlow = "import-flow"
