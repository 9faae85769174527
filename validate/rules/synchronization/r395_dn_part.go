package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r395() rule.Rule {
	return rule.Rule{
		ID:           "R395",
		Title:        "The dn-part of a mapping counts from 1.",
		Severity:     finding.Warning,
		Requirements: []string{"R395"},
		Why: "Index 1 is the first component of the DN. The schema takes 0 too, which is no component: " +
			"a program that counts from 0 would take it for another one than the server.",
		Fix:   "Write 1 for the top level component of the DN, 2 for the next one.",
		Since: "0.1.0",
		Checks: mappings(
			func(m *rundetails.Mapping) rule.Scope { return rule.Numbers(&m.DNPart.Part) },
			func(m *rundetails.Mapping, r *rule.Report) {
				if m.DNPart.Part.Is(0) {
					r.At(&m.DNPart.Part, "dn-part is 0, but the components of a DN are counted from 1")
				}
			},
		),
	}
}
