package synchronization

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r330() rule.Rule {
	return rule.Rule{
		ID:           "R330",
		Title:        "An attribute with one value has one value in a change.",
		Severity:     finding.Warning,
		Requirements: []string{"R330", "C080"},
		Also:         map[string][]string{inEntry: {"R350"}},
		Why: "multivalued is false where the schema of the agent allows one value. " +
			"A delta can delete that value and add another; more of either contradicts the mark.",
		Fix:   "Write multivalued=\"true\" when the agent knows the attribute as multi-valued. Else write the one value only.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				if e.Change.Present {
					for _, list := range changed(&e.Change) {
						for _, a := range list {
							if singleValued(a) {
								return rule.In
							}
						}
					}
				}
				return rule.Out
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for i, list := range changed(&e.Change) {
					arm := ""
					if i >= entries {
						arm = inEntry
					}
					for _, a := range list {
						if singleValued(a) {
							judgeSingle(a, arm, r)
						}
					}
				}
			},
		))},
	}
}

// entries is where the lists of the entry begin in changed.
const entries = 2

// changed lists the attributes of a change in document order.
func changed(c *rundetails.ChangeNotReimported) [4][]*rundetails.Attribute {
	return [...][]*rundetails.Attribute{
		c.Delta.DNAttributes, c.Delta.Attributes, c.Entry.DNAttributes, c.Entry.Attributes,
	}
}

// singleValued knows both forms of false, and white space around them.
func singleValued(a *rundetails.Attribute) bool {
	marked := strings.Trim(a.MultiValued.Value, " \t\n\r")
	return marked == "false" || marked == "0"
}

func judgeSingle(a *rundetails.Attribute, arm string, r *rule.Report) {
	deleted := 0
	for _, v := range a.Values {
		if v.Operation.Value == "delete" {
			deleted++
		}
	}
	if kept := len(a.Values) - deleted; kept > 1 {
		r.Arm(a, arm, "attribute %s is not multi-valued, but has %d values here", words.Quote(a.Name.Value), kept)
	}
	if deleted > 1 {
		r.Arm(a, arm, "attribute %s is not multi-valued, but %d values are deleted", words.Quote(a.Name.Value), deleted)
	}
}
