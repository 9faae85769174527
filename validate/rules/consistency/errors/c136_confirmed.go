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
		Title:        "What delta adds is not in entry, and what delta deletes is.",
		Severity:     finding.Info,
		Requirements: []string{"C136"},
		Why: "The error says that the change did not come back. " +
			"When a part of it is in the imported object, that part did.",
		Fix: "Check that entry is what was imported in this run, and that delta holds only what it lacks. " +
			"A server that writes all that it exported is no fault.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				d := &e.Change.Delta
				// References are left out: their DN may have changed since.
				return rule.If(len(d.Attributes) > 0 && e.Change.Entry.Present && d.DN.Value == e.Change.Entry.DN.Value)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				imported := byName(&e.Change.Entry)
				for _, a := range e.Change.Delta.Attributes {
					judgeConfirmed(a, imported[a.Name.Value], r)
				}
			},
		))},
	}
}

// judgeConfirmed reports the first value of an exported attribute that came
// back. imported is nil where entry lacks the attribute: a deletion of the whole
// attribute came back then, while one among others may say nothing.
func judgeConfirmed(a, imported *rundetails.Attribute, r *rule.Report) {
	known, gone := make(map[value]bool), imported != nil || a.Operation.Value == "delete"
	if imported != nil {
		for _, v := range imported.Values {
			known[value{v.Value, v.Encoding.Value}] = true
		}
	}
	for _, v := range a.Values {
		switch in := known[value{v.Value, v.Encoding.Value}]; {
		case in && v.Operation.Value == "add":
			r.At(v, "delta adds this value of %s, and entry has it", words.Quote(a.Name.Value))
			return
		case !in && gone && v.Operation.Value == "delete":
			r.At(v, "delta deletes this value of %s, and entry does not have it", words.Quote(a.Name.Value))
			return
		}
	}
}
