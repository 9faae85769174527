package steptypes

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c123() rule.Rule {
	return rule.Rule{
		ID:           "C123",
		Title:        "The subtype of a step fits its type.",
		Severity:     finding.Info,
		Requirements: []string{"C123"},
		Why: "The subtype says which variant of its type a step is. " +
			"One of another type leaves open what the step did.",
		Fix: "Write import-subtype in an import, export-subtype in an export and apply-rules-subtype in an apply-rules step. " +
			"The last one is apply-pending, reevaluate-flow-connectors or reevaluate-join-flow-all.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Description.Type() != "" && subtyped(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				typ := s.Description.Type()
				for _, c := range s.Description.Root.Find("step-type").Children {
					switch {
					case c.Element == nil:
					case !fits(c.Element.Tag, typ):
						r.At(c.Element, "the step-type is %s, which has no %s", words.Quote(typ), c.Element.Tag)
					case c.Element.Tag == "apply-rules-subtype" && !knownSubtype(c.Element.Text()):
						r.At(c.Element, "apply-rules-subtype is %s, which is no known one", words.Quote(c.Element.Text()))
					}
				}
			},
		)},
	}
}

func subtyped(s *rundetails.Step) bool {
	for _, c := range s.Description.Root.Find("step-type").Children {
		if c.Element != nil && strings.HasSuffix(c.Element.Tag, "-subtype") {
			return true
		}
	}
	return false
}

func fits(tag, typ string) bool {
	switch tag {
	case "import-subtype":
		return isImport(typ)
	case "export-subtype":
		return typ == export
	case "apply-rules-subtype":
		return typ == "apply-rules"
	}
	return true // not for this rule
}

func knownSubtype(text string) bool {
	return text == "apply-pending" || text == "reevaluate-flow-connectors" || text == "reevaluate-join-flow-all"
}
