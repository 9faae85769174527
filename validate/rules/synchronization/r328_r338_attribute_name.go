package synchronization

import (
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r328() rule.Rule {
	return attributeName("R328", "dn-attr", func(c *rundetails.ChangeNotReimported) (delta, entry []*rundetails.Attribute) {
		return c.Delta.DNAttributes, c.Entry.DNAttributes
	})
}

func r338() rule.Rule {
	return attributeName("R338", "attr", func(c *rundetails.ChangeNotReimported) (delta, entry []*rundetails.Attribute) {
		return c.Delta.Attributes, c.Entry.Attributes
	})
}

// inEntry is the arm of what stands in an entry. The rows speak of deltas, and
// R350 says that an entry follows the same rules.
const inEntry = "entry"

// attributeName makes the rule about the names of one kind of attribute in a
// change.
func attributeName(
	id, element string, lists func(*rundetails.ChangeNotReimported) (delta, entry []*rundetails.Attribute),
) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "Every " + element + " of a delta or an entry has a name.",
		Severity:     finding.Warning,
		Requirements: []string{id},
		Also:         map[string][]string{inEntry: {"R350"}},
		Why:          "The name tells which attribute the data source did not keep. Without it the values say nothing.",
		Fix:          "Write the name of the attribute as @name of " + element + ".",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				delta, entry := lists(&e.Change)
				return rule.If(slices.ContainsFunc(delta, named) || slices.ContainsFunc(entry, named))
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				delta, entry := lists(&e.Change)
				judgeNames(delta, "", r)
				judgeNames(entry, inEntry, r)
			},
		))},
	}
}

// named tells whether an attribute has @name, with a name in it or without.
func named(a *rundetails.Attribute) bool { return a.Name.Present }

func judgeNames(list []*rundetails.Attribute, arm string, r *rule.Report) {
	for _, a := range list {
		if named(a) && blank(a.Name.Value) {
			r.Arm(&a.Name, arm, "name is %s", nothing(a.Name.Value))
		}
	}
}
