package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c086() rule.Rule {
	return rule.Rule{
		ID:           "C086",
		Title:        "An object has no object class twice.",
		Severity:     finding.Info,
		Requirements: []string{"C086"},
		Why: "The classes of an object are a set. " +
			"A class that comes twice stands for another one that is lost.",
		Fix:   "Write each class once, and check whether one of the two should be another class.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(len(e.Change.Entry.ObjectClasses) > 1) },
			func(e *rundetails.ImportError, r *rule.Report) {
				lines := make(map[string]uint32, len(e.Change.Entry.ObjectClasses))
				for _, class := range e.Change.Entry.ObjectClasses {
					if before, seen := lines[class.Value]; seen {
						r.At(class, "oc-value is %s, which line %d has already", words.Quote(class.Value), before)
						continue
					}
					lines[class.Value] = class.Line
				}
			},
		))},
	}
}
