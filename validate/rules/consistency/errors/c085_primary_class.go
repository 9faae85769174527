package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c085() rule.Rule {
	return rule.Rule{
		ID:           "C085",
		Title:        "The primary object class is one of the object classes.",
		Severity:     finding.Warning,
		Requirements: []string{"C085"},
		Why: "The primary class decides how the object is synchronized. " +
			"When the object is not of that class, the rules of another class were applied.",
		Fix:   "Name the primary class among the values of objectclass too. Classes are compared without regard to case.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(e.Change.Entry.PrimaryObjectClass.Present && len(e.Change.Entry.ObjectClasses) > 0)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				primary := &e.Change.Entry.PrimaryObjectClass
				for _, class := range e.Change.Entry.ObjectClasses {
					if strings.EqualFold(strings.TrimSpace(class.Value), strings.TrimSpace(primary.Value)) {
						return
					}
				}
				r.At(primary, "primary-objectclass is %s, which is none of the %s",
					words.Quote(primary.Value), words.Count(len(e.Change.Entry.ObjectClasses), "oc-value"))
			},
		))},
	}
}
