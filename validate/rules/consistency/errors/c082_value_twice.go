package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c082() rule.Rule {
	return rule.Rule{
		ID:           "C082",
		Title:        "An attribute has no value twice.",
		Severity:     finding.Info,
		Requirements: []string{"C082"},
		Why: "The values of an attribute are a set. " +
			"A value that comes twice was counted twice, or stands for another one that is lost.",
		Fix:   "Write each value once, and check whether one of the two should be another value.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				return rule.If(len(e.Change.Delta.Attributes)+len(e.Change.Entry.Attributes) > 0)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				for i := range len(e.Change.Delta.Attributes) + len(e.Change.Entry.Attributes) {
					a := nth(i, e.Change.Delta.Attributes, e.Change.Entry.Attributes)
					if len(a.Values) > 1 {
						judgeValues(a, r)
					}
				}
			},
		))},
	}
}

// value is a value as it is written: one that is encoded is not the same as one
// that is not.
type value struct{ text, encoding string }

func judgeValues(a *rundetails.Attribute, r *rule.Report) {
	lines := make(map[value]uint32, len(a.Values))
	for _, v := range a.Values {
		key := value{v.Value, v.Encoding.Value}
		if before, seen := lines[key]; seen {
			r.At(v, "value is %s, which the attribute %s has on line %d already",
				words.Quote(v.Value), words.Quote(a.Name.Value), before)
			continue
		}
		lines[key] = v.Line
	}
}
