package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r146() rule.Rule {
	return alwaysZero("R146", "current-export-step-counter",
		func(s *rundetails.Step) *rundetails.Number { return &s.CurrentExport })
}

func r147() rule.Rule {
	return alwaysZero("R147", "last-successful-export-step-counter",
		func(s *rundetails.Step) *rundetails.Number { return &s.LastExport })
}

// alwaysZero is the rule about a counter that this product does not use.
func alwaysZero(id, element string, pick func(*rundetails.Step) *rundetails.Number) rule.Rule {
	return rule.Rule{
		ID:       id,
		Title:    "The element " + element + " is 0.",
		Severity: finding.Error,
		// These products number their export passes here.
		Except:       map[string]finding.Severity{"fim": finding.Off, "miis2003": finding.Off},
		Requirements: []string{id},
		Why: "The element counts the export passes of a management agent that confirms its exports. " +
			"The product of this specification has no such passes, so another number than 0 comes from elsewhere.",
		Fix:   "Write 0 into " + element + ".",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.Numbers(pick(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				if n := pick(s); n.N != 0 {
					r.At(n, "%s is %d, and it must be 0", element, n.N)
				}
			},
		)},
	}
}
