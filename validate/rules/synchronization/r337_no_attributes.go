package synchronization

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r337() rule.Rule {
	return rule.Rule{
		ID:           "R337",
		Title:        "A delta that updates or replaces an object has attributes.",
		Severity:     finding.Info,
		Requirements: []string{"R337"},
		Why: "The delta lists every attribute with values that were exported and did not come back. " +
			"Without any, nothing says what the data source did not keep.",
		Fix:   "Write an attr or a dn-attr for each attribute that was not imported again.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(updates, func(e *rundetails.ImportError, r *rule.Report) {
			if d := &e.Change.Delta; len(d.Attributes)+len(d.DNAttributes) == 0 {
				r.At(d, "operation is %s, but the delta has no attr and no dn-attr", d.Operation.Value)
			}
		})},
	}
}

// updates leaves out a delta whose DN the data source did not keep: a rename
// needs no attributes.
func updates(e *rundetails.ImportError) rule.Scope {
	d := &e.Change.Delta
	if d.Operation.Value != "update" && d.Operation.Value != "replace" {
		return rule.Out
	}
	return rule.If(strings.EqualFold(d.DN.Value, e.Change.Entry.DN.Value))
}
