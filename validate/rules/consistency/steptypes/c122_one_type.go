package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c122() rule.Rule {
	return rule.Rule{
		ID:           "C122",
		Title:        "A step-description has one step-type at the most, of a known type.",
		Severity:     finding.Info,
		Requirements: []string{"C122"},
		Yields:       []string{"R145"},
		Why: "A step is of one type. Many rules depend on it: " +
			"with a type that is not known they judge nothing, and with two types they may judge by the wrong one.",
		Fix: "Write one step-type with the type full-import, full-import-reevaluate-rules, delta-import, apply-rules or export, " +
			"as the run profile has it.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Description.Root.Find("step-type") != nil) },
			func(s *rundetails.Step, r *rule.Report) { judgeTypes(s.Description.Root, r, 0) },
		)},
	}
}

// judgeTypes judges the step-types below an element, of which there were some
// before. It returns how many there are now.
func judgeTypes(at *rundetails.Any, r *rule.Report, count int) int {
	for _, c := range at.Children {
		if c.Element == nil {
			continue
		}
		if c.Element.Tag == "step-type" {
			count++
			typ, given := c.Element.Attribute("type")
			switch {
			case count > 1:
				r.At(c.Element, "this is step-type %d of the step, and a step has one", count)
			case !given:
				r.At(c.Element, "the step-type has no type")
			case !known(typ):
				r.At(c.Element, "type is %s, which is no known type of step", words.Quote(typ))
			}
		}
		count = judgeTypes(c.Element, r, count)
	}
	return count
}

func known(typ string) bool {
	switch typ {
	case "full-import", "full-import-reevaluate-rules", "delta-import", "apply-rules", export:
		return true
	}
	return false
}
