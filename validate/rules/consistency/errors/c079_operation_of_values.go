package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c079() rule.Rule {
	return rule.Rule{
		ID:           "C079",
		Title:        "The operations of values fit that of their attribute.",
		Severity:     finding.Warning,
		Requirements: []string{"C079"},
		Why: "An attribute that is added or replaced gets values, and one that is deleted loses them. " +
			"A value with the opposite operation leaves open what was exported.",
		Fix:   "Check @operation of the value and of its attr or dn-attr. An attribute that gains some values and loses others is an update.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				d := &e.Change.Delta
				return rule.If(len(d.Attributes)+len(d.DNAttributes) > 0)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for i := range len(e.Change.Delta.DNAttributes) + len(e.Change.Delta.Attributes) {
					a := nth(i, e.Change.Delta.DNAttributes, e.Change.Delta.Attributes)
					wrong := opposite(a.Operation.Value)
					for _, v := range a.Values {
						if wrong != "" && v.Operation.Value == wrong {
							r.At(&v.Operation, "the operation of a value is %q, but that of its attribute %s is %q",
								wrong, words.Quote(a.Name.Value), a.Operation.Value)
						}
					}
				}
			},
		))},
	}
}

// opposite is the operation that no value has under one of an attribute; ""
// where both are possible.
func opposite(operation string) string {
	switch operation {
	case "add", "replace":
		return "delete"
	case "delete":
		return "add"
	}
	return ""
}
