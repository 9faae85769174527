package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r328() rule.Rule {
	return attributeName("R328", "dn-attr", func(d *rundetails.Delta) []*rundetails.Attribute { return d.DNAttributes })
}

func r338() rule.Rule {
	return attributeName("R338", "attr", func(d *rundetails.Delta) []*rundetails.Attribute { return d.Attributes })
}

// attributeName makes the rule about the names of one kind of attribute in a
// delta.
func attributeName(id, element string, list func(*rundetails.Delta) []*rundetails.Attribute) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "Every " + element + " of a delta has a name.",
		Severity:     finding.Warning,
		Requirements: []string{id},
		Why:          "The name tells which attribute the data source did not keep. Without it the values say nothing.",
		Fix:          "Write the name of the attribute as @name of " + element + ".",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				for _, a := range list(&e.Change.Delta) {
					if a.Name.Present {
						return rule.In
					}
				}
				return rule.Out
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for _, a := range list(&e.Change.Delta) {
					if a.Name.Present {
						judgeFilled(&a.Name, r)
					}
				}
			},
		))},
	}
}
