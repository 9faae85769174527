package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c083() rule.Rule {
	return rule.Rule{
		ID:           "C083",
		Title:        "A value of the type integer is an integer.",
		Severity:     finding.Info,
		Requirements: []string{"C083"},
		Why: "The type says how the value is to be read. " +
			"A program that reads it as a number fails on anything else.",
		Fix:    "Write decimal digits, with a minus sign where needed, or 0x and hexadecimal digits, or correct @type.",
		Since:  "0.1.0",
		Checks: []rule.Check{ofType("integer", isInteger, "which is neither a decimal nor a hexadecimal integer")},
	}
}

// ofType judges the values of attributes of a type, but for those that are
// encoded: what they stand for is another matter.
func ofType(typ string, good func(string) bool, fault string) rule.Check {
	return rule.Within(rule.Change, rule.Each(
		func(e *rundetails.ImportError) rule.Scope {
			for i := range len(e.Change.Delta.Attributes) + len(e.Change.Entry.Attributes) {
				a := nth(i, e.Change.Delta.Attributes, e.Change.Entry.Attributes)
				if a.Type.Value == typ {
					return rule.In
				}
			}
			return rule.Out
		},
		func(e *rundetails.ImportError, r *rule.Report) {
			for i := range len(e.Change.Delta.Attributes) + len(e.Change.Entry.Attributes) {
				a := nth(i, e.Change.Delta.Attributes, e.Change.Entry.Attributes)
				if a.Type.Value != typ {
					continue
				}
				for _, v := range a.Values {
					if !v.Encoding.Present && !good(strings.TrimSpace(v.Value)) {
						r.At(v, "value of %s is %s, %s", words.Quote(a.Name.Value), words.Quote(v.Value), fault)
					}
				}
			}
		},
	))
}

// isInteger takes any number of digits: directories have integers of 64 bits,
// and some servers write them in hexadecimal.
func isInteger(text string) bool {
	if digits, ok := strings.CutPrefix(text, "0x"); ok {
		return digits != "" && strings.Trim(digits, "0123456789abcdefABCDEF") == ""
	}
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
