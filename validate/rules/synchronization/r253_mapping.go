package synchronization

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r253() rule.Rule {
	return rule.Rule{
		ID:           "R253",
		Title:        "The mapping of a rule fits the type of its error.",
		Severity:     finding.Warning,
		Requirements: []string{"R253", "R258", "R279", "R280", "C093"},
		Why: "These types are about a component of a DN or about a constant. " +
			"With a mapping of another kind, the error leads to a rule that cannot have caused it.",
		Fix: "Write dn-part-mapping with cannot-parse-dn-component and dn-index-out-of-bounds, and constant-mapping " +
			"with invalid-boolean-constant-flow and invalid-reference-constant-flow.",
		Since: "0.1.0",
		Checks: []rule.Check{
			rule.Each(
				func(e *rundetails.ImportError) rule.Scope { return hasKind(&e.Type, &e.Rules.Context.Mapping) },
				func(e *rundetails.ImportError, r *rule.Report) { judgeKind(&e.Type, &e.Rules.Context.Mapping, r) },
			),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope { return hasKind(&e.Type, &e.Rules.Context.Mapping) },
				func(e *rundetails.RetryError, r *rule.Report) { judgeKind(&e.Type, &e.Rules.Context.Mapping, r) },
			),
		},
	}
}

// hasKind is about a mapping that is there: the schema demands it within
// rules-error-info.
func hasKind(errorType *rundetails.Text, m *rundetails.Mapping) rule.Scope {
	return rule.If(m.Present && wantedMapping(errorType.Value) != "")
}

// wantedMapping is the kind of mapping that a type of error comes from, "" for
// those that may come from any.
func wantedMapping(errorType string) string {
	switch errorType {
	case "cannot-parse-dn-component", "dn-index-out-of-bounds":
		return "dn-part-mapping"
	case "invalid-boolean-constant-flow", "invalid-reference-constant-flow":
		return "constant-mapping"
	}
	return ""
}

func judgeKind(errorType *rundetails.Text, m *rundetails.Mapping, r *rule.Report) {
	kinds := [...]*rundetails.Block{&m.DNPart.Block, &m.Constant.Block, &m.Direct.Block, &m.Scripted.Block}
	want, is := wantedMapping(errorType.Value), ""
	for _, kind := range kinds {
		if !kind.Present {
			continue
		}
		name := rundetails.Vocabulary().Name(kind.Name)
		if name == want {
			return
		}
		is = name
	}
	if is == "" {
		r.At(m, "error-type is %s, but attribute-mapping has no %s", errorType.Value, want)
		return
	}
	r.At(m, "error-type is %s, but attribute-mapping has a %s in place of a %s", errorType.Value, is, want)
}
