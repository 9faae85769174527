package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r324() rule.Rule {
	return rule.Rule{
		ID:           "R324",
		Title:        "A delta has an anchor when the entry beside it has one.",
		Severity:     finding.Info,
		Requirements: []string{"R324"},
		Why: "Delta and entry are about one object, and the delta carries the anchor whenever it is known. " +
			"Without it, only the DN ties the two together, and a DN can change.",
		Fix:   "Write the anchor of the object in the delta too, unless it was not known yet at the export.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(anchored, func(e *rundetails.ImportError, r *rule.Report) {
			if !e.Change.Delta.Anchor.Present {
				r.At(&e.Change.Delta, "entry has an anchor, but delta has none")
			}
		})},
	}
}

// anchored leaves out an object that the exported change created, for its
// anchor may have become known by this import only, and an empty anchor, which
// stands for one that is not available.
func anchored(e *rundetails.ImportError) rule.Scope {
	c := &e.Change
	return rule.If(c.Delta.Present && c.Delta.Operation.Value != "add" && !blank(c.Entry.Anchor.Value))
}

func r351() rule.Rule {
	return rule.Rule{
		ID:           "R351",
		Title:        "The anchor of an entry is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R351"},
		Why: "The specification leaves the anchor out when it is not available, and the schema demands it. " +
			"An empty one satisfies both, but a program must not take it for an anchor.",
		Fix:   "Write the anchor of the object that was imported if there is one.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Within(rule.Change, rule.Each(
			func(e *rundetails.ImportError) rule.Scope { return rule.If(e.Change.Entry.Anchor.Present) },
			func(e *rundetails.ImportError, r *rule.Report) {
				if anchor := &e.Change.Entry.Anchor; anchor.Value == "" {
					r.At(anchor, "anchor is empty: the entry cannot be found by it")
				}
			},
		))},
	}
}
