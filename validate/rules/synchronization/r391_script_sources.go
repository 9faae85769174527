package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r391() rule.Rule {
	return rule.Rule{
		ID:           "R391",
		Title:        "Each src-attribute of a scripted mapping has a name, and none is there twice.",
		Severity:     finding.Info,
		Requirements: []string{"R391"},
		Why: "They are the attributes that the script reads. " +
			"One without a name, or a second one of a name, adds nothing to the list.",
		Fix:   "Write the name of each source attribute once.",
		Since: "0.1.0",
		Checks: mappings(
			func(m *rundetails.Mapping) rule.Scope { return rule.If(len(m.Scripted.Sources) > 0) },
			func(m *rundetails.Mapping, r *rule.Report) {
				for i, source := range m.Scripted.Sources {
					judgeFilled(source, r)
					if !blank(source.Value) && listed(m.Scripted.Sources[:i], source.Value) {
						r.At(source, "src-attribute %s is listed before", words.Quote(source.Value))
					}
				}
			},
		),
	}
}

// maxLookBack bounds the work on a list of hostile length.
const maxLookBack = 200

// listed tells whether a name is among the last ones of a list.
func listed(names []*rundetails.Text, name string) bool {
	for _, n := range names[max(0, len(names)-maxLookBack):] {
		if n.Value == name {
			return true
		}
	}
	return false
}
