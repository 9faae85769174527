package retry

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r468() rule.Rule {
	return rule.Rule{
		ID:           "R468",
		Title:        "The context of a failed import flow of a retry-error names the agent and the object.",
		Severity:     finding.Error,
		Requirements: []string{"R468"},
		Why: "The retry-error itself names the metaverse object only. " +
			"Which agent and which object its values come from stands in the context.",
		Fix:   "Write @ma-id, @ma-name, @cs-object-id and @dn at rules-error-info/context when algorithm-step is import-flow.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(e *rundetails.RetryError) rule.Scope {
				return rule.If(e.Rules.Context.Present && e.AlgorithmStep.Value == "import-flow")
			},
			func(e *rundetails.RetryError, r *rule.Report) {
				c := &e.Rules.Context
				if c.MAID.Present && c.MAName.Present && c.CSObjectID.Present && c.DN.Present {
					return
				}
				r.At(c, "algorithm-step is import-flow, but context has no %s", strings.Join(missing(c), " and no "))
			},
		)},
	}
}

// missing lists the attributes that a context lacks.
func missing(c *rundetails.MappingContext) (names []string) {
	add := func(there bool, name string) {
		if !there {
			names = append(names, name)
		}
	}
	add(c.MAID.Present, "ma-id")
	add(c.MAName.Present, "ma-name")
	add(c.CSObjectID.Present, "cs-object-id")
	add(c.DN.Present, "dn")
	return names
}
