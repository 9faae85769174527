package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c136() rule.Rule {
	return rule.Rule{
		ID:           "C136",
		Title:        "An exported change that was not confirmed differs from the imported object.",
		Severity:     finding.Info,
		Requirements: []string{"C136"},
		Why: "The error says that the change did not come back. " +
			"When all of it is in the imported object, it did, and the error is not one.",
		Fix: "Check that entry is what was imported in this run. " +
			"A change of which a part came back is not reported.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				d := &e.Change.Delta
				// References are left out: their DN may have changed since.
				return rule.If(len(d.Attributes) > 0 && len(d.DNAttributes) == 0 && len(e.Change.Entry.Attributes) > 0 &&
					d.DN.Value == e.Change.Entry.DN.Value)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				imported := byName(&e.Change.Entry)
				for _, a := range e.Change.Delta.Attributes {
					if !confirmed(a, imported[a.Name.Value]) {
						return
					}
				}
				r.At(&e.Change.Delta, "everything that delta exports is in entry: %s",
					words.Count(len(e.Change.Delta.Attributes), "attribute"))
			},
		))},
	}
}

// confirmed tells whether the imported attribute has all values that a
// exports. Deletions are never confirmed: an attribute that entry lacks may
// not be imported at all.
func confirmed(a, imported *rundetails.Attribute) bool {
	if imported == nil || len(a.Values) == 0 || a.Operation.Value == "delete" ||
		a.Operation.Value == "replace" && len(a.Values) != len(imported.Values) {
		return false
	}
	known := make(map[value]bool, len(imported.Values))
	for _, v := range imported.Values {
		known[value{v.Value, v.Encoding.Value}] = true
	}
	for _, v := range a.Values {
		if v.Operation.Value != "add" || !known[value{v.Value, v.Encoding.Value}] {
			return false
		}
	}
	return true
}
