package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c077() rule.Rule {
	return rule.Rule{
		ID:           "C077",
		Title:        "The exported change and the imported object have the same anchor.",
		Severity:     finding.Warning,
		Requirements: []string{"C077"},
		Why: "The anchor identifies an object for its whole life. " +
			"With two anchors the change is compared with another object, and the error is not one.",
		Fix:   "Check the anchors of delta and entry. A delete-add replaces the object, so its anchors may differ.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope {
				exported, imported := &e.Change.Delta.Anchor, &e.Change.Entry.Anchor
				// Two encodings cannot be compared.
				return rule.If(exported.Present && imported.Present &&
					exported.Encoding.Value == imported.Encoding.Value)
			},
			func(e *rundetails.ImportError, r *rule.Report) {
				exported, imported := &e.Change.Delta.Anchor, &e.Change.Entry.Anchor
				replaced := e.Change.Delta.Operation.Value == "delete-add"
				if !replaced && strings.TrimSpace(exported.Value) != strings.TrimSpace(imported.Value) {
					r.At(imported, "anchor of entry is %s, but the anchor of delta is %s",
						words.Quote(imported.Value), words.Quote(exported.Value))
				}
			},
		))},
	}
}
