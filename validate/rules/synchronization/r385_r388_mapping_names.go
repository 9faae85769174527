package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r385() rule.Rule {
	return rule.Rule{
		ID:           "R385",
		Title:        "The dest-attr of a mapping is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R385"},
		Why:          "It is the attribute that the failed flow should have set. Without it the rule is hard to find.",
		Fix:          "Write the name of the destination attribute.",
		Since:        "0.1.0",
		Checks: mappings(
			func(m *rundetails.Mapping) rule.Scope { return rule.If(m.DestAttr.Present) },
			func(m *rundetails.Mapping, r *rule.Report) { judgeFilled(&m.DestAttr, r) },
		),
	}
}

func r386() rule.Rule {
	return rule.Rule{
		ID:           "R386",
		Title:        "The context-id of a mapping is a GUID.",
		Severity:     finding.Info,
		Requirements: []string{"R386"},
		Why: "The text of the specification calls it a GUID, its schema takes any text. " +
			"The form is not said, so another one than that of all other GUIDs is no more than a hint.",
		Fix:   "Write the GUID in braces: 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.",
		Since: "0.1.0",
		Checks: mappings(
			func(m *rundetails.Mapping) rule.Scope { return rule.If(m.ContextID.Present) },
			func(m *rundetails.Mapping, r *rule.Report) {
				if _, ok := rundetails.ParseGUID(m.ContextID.Value); !ok {
					r.At(&m.ContextID, "context-id is %s, which is no GUID in braces", words.Quote(m.ContextID.Value))
				}
			},
		),
	}
}

func r388() rule.Rule {
	return rule.Rule{
		ID:           "R388",
		Title:        "The src-attribute of a direct mapping is not empty.",
		Severity:     finding.Info,
		Requirements: []string{"R388"},
		Why:          "It is the attribute whose value did not flow. Without it nobody knows which value to look at.",
		Fix:          "Write the name of the source attribute, or dn with intrinsic=\"true\" for the DN.",
		Since:        "0.1.0",
		Checks: mappings(
			func(m *rundetails.Mapping) rule.Scope { return rule.If(m.Direct.Source.Present) },
			func(m *rundetails.Mapping, r *rule.Report) { judgeFilled(&m.Direct.Source, r) },
		),
	}
}
