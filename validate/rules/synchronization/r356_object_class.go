package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r356() rule.Rule {
	return rule.Rule{
		ID:           "R356",
		Title:        "No oc-value is empty.",
		Severity:     finding.Info,
		Requirements: []string{"R356"},
		Why: "The specification leaves the object class out when it is not available, and the schema demands it. " +
			"An empty one satisfies both, but a program must not take it for a class.",
		Fix:   "Write the classes that the object has, each in an oc-value.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(len(e.Change.Entry.ObjectClasses) > 0) },
			func(e *rundetails.ImportError, r *rule.Report) {
				for _, class := range e.Change.Entry.ObjectClasses {
					judgeFilled(class, r)
				}
			},
		))},
	}
}
