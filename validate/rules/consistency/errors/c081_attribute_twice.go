package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c081() rule.Rule {
	return rule.Rule{
		ID:           "C081",
		Title:        "A change and an imported object name each attribute once.",
		Severity:     finding.Warning,
		Requirements: []string{"C081"},
		Why: "An attribute has one element, with all its values. " +
			"Of two elements a reader that looks for the name finds the first one only.",
		Fix:   "Write all values of an attribute into one attr or dn-attr. Names are compared without regard to case.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				d, n := &e.Change.Delta, &e.Change.Entry
				return rule.If(len(d.DNAttributes)+len(d.Attributes)+len(n.DNAttributes)+len(n.Attributes) > 0)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				d, n := &e.Change.Delta, &e.Change.Entry
				judgeNames(d.DNAttributes, d.Attributes, r)
				judgeNames(n.DNAttributes, n.Attributes, r)
			},
		))},
	}
}

func judgeNames(dn, plain []*rundetails.Attribute, r *rule.Report) {
	count := len(dn) + len(plain)
	if count < 2 {
		return
	}
	lines := make(map[keys.Key]uint32, count)
	for i := range len(dn) + len(plain) {
		a := nth(i, dn, plain)
		key := keys.Folded(a.Name.Value)
		before, seen := lines[key]
		switch {
		case !a.Name.Present:
		case seen:
			r.At(&a.Name, "name is %s, which line %d has already", words.Quote(a.Name.Value), before)
		default:
			lines[key] = a.Line
		}
	}
}
