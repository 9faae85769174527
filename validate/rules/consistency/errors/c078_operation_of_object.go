package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c078() rule.Rule {
	return rule.Rule{
		ID:           "C078",
		Title:        "The attributes of an exported change fit its operation.",
		Severity:     finding.Info,
		Requirements: []string{"C078"},
		Why: "The deletion of an object changes no attributes, and an addition only adds some. " +
			"Otherwise the change was put together from two, or its operation is wrong.",
		Fix:   "Check @operation of delta. Leave attr and dn-attr out of a deletion, and write the operation add at those of an addition.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				switch e.Change.Delta.Operation.Value {
				case "delete", "obsolete", "add":
					return rule.In
				}
				return rule.Out
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for i := range len(e.Change.Delta.DNAttributes) + len(e.Change.Delta.Attributes) {
					a := nth(i, e.Change.Delta.DNAttributes, e.Change.Delta.Attributes)
					switch operation := e.Change.Delta.Operation.Value; {
					case operation != "add":
						r.At(a, "the operation of delta is %q, which changes no attributes, but delta has %s",
							operation, words.Quote(a.Name.Value))
						return
					case a.Operation.Present && a.Operation.Value != "add":
						r.At(&a.Operation, "the operation of %s is %s, but that of delta is \"add\"",
							words.Quote(a.Name.Value), words.Quote(a.Operation.Value))
					}
				}
			},
		))},
	}
}

// nth returns an attribute of two lists, one behind the other.
func nth(i int, first, second []*rundetails.Attribute) *rundetails.Attribute {
	if i < len(first) {
		return first[i]
	}
	return second[i-len(first)]
}
