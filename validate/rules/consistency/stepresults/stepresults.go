// Package stepresults holds the rules of consistency.tsv about step-result:
// against the errors and counters of the step, and against the other steps of
// the run.
package stepresults

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
)

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c032(),
		c033(),
		c034(),
		c041(),
		c042(),
		c044(),
		c045(),
		c120(),
		c121(),
		c125(),
		c127(),
		c128(),
	}
}

func stopped(result string) bool       { return strings.HasPrefix(result, "stopped-") }
func fullImport(typ string) bool       { return strings.HasPrefix(typ, "full-import") }
func typeOf(s *rundetails.Step) string { return s.Description.Type() }
