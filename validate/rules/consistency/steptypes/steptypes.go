// Package steptypes holds the rules of consistency.tsv about the type of the
// configured step: what it allows the step to end with, to count and to list.
// The type stands in step-description; where that says nothing, the rules are
// not applicable.
package steptypes

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c050(),
		c051(),
		c057(),
		c058(),
		c063(),
		c118(),
		c119(),
		c122(),
		c123(),
		c124(),
	}
}

const export = "export"

func isImport(typ string) bool { return strings.Contains(typ, "import") }

// stagingOnly tells an import that stops behind the staging.
func stagingOnly(s *rundetails.Step) bool {
	if typ := s.Description.Type(); typ != "full-import" && typ != "delta-import" {
		return false
	}
	_, equal := importSubtypes(s, "to-cs")
	return equal > 0
}

// dropFileOnly tells an import that stops behind the writing of a drop file. A
// list of subtypes in one element says more than that and is not meant.
func dropFileOnly(s *rundetails.Step) bool {
	all, equal := importSubtypes(s, "to-file")
	return all > 0 && all == equal && isImport(s.Description.Type())
}

// importSubtypes counts the elements import-subtype of the step, and those of
// a value.
func importSubtypes(s *rundetails.Step, value string) (all, equal int) {
	typ := s.Description.Root.Find("step-type")
	if typ == nil {
		return 0, 0
	}
	for _, c := range typ.Children {
		if c.Element == nil || c.Element.Tag != "import-subtype" {
			continue
		}
		all++
		if c.Element.Text() == value {
			equal++
		}
	}
	return all, equal
}
