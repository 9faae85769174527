package errors

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c103() rule.Rule {
	return rule.Rule{
		ID:           "C103",
		Title:        "A GUID is not the nil GUID.",
		Severity:     finding.Info,
		Requirements: []string{"C103"},
		Why: "The GUID of zeros stands for one that is not known. " +
			"Everything that has it looks like one and the same object, step or agent.",
		Fix:   "Write the GUID of the object, the step or the agent. When it is not known, ask where the document comes from.",
		Since: "0.1.0",
		Checks: []rule.Check{
			noNil(func(run *rundetails.Run) [4]*rundetails.GUID { return [4]*rundetails.GUID{&run.MAID} }),
			noNil(func(s *rundetails.Step) [4]*rundetails.GUID { return [4]*rundetails.GUID{&s.ID} }),
			noNil(func(b *rundetails.CounterBlock) [4]*rundetails.GUID { return [4]*rundetails.GUID{&b.MAID} }),
			noNil(func(e *rundetails.ExportError) [4]*rundetails.GUID { return [4]*rundetails.GUID{&e.CSGUID} }),
			noNil(func(e *rundetails.ImportError) [4]*rundetails.GUID {
				c := &e.Rules.Context
				return [4]*rundetails.GUID{&e.CSGUID, &e.AlgorithmStep.MAID, &c.MAID, &c.CSObjectID}
			}),
			noNil(func(e *rundetails.RetryError) [4]*rundetails.GUID {
				c := &e.Rules.Context
				return [4]*rundetails.GUID{&e.MVGUID, &e.AlgorithmStep.MAID, &c.MAID, &c.CSObjectID}
			}),
			rule.Within(rule.RulesError, noNilText(func(e *rundetails.ImportError) *rundetails.Text { return &e.Rules.Context.Mapping.ContextID })),
			noNilText(func(e *rundetails.RetryError) *rundetails.Text { return &e.Rules.Context.Mapping.ContextID }),
		},
	}
}

// noNil judges the GUIDs of a node. What cannot be read is no nil GUID.
func noNil[N rule.Node](of func(N) [4]*rundetails.GUID) rule.Check {
	return rule.Each(
		func(n N) rule.Scope {
			for _, g := range of(n) {
				if g != nil && g.Valid {
					return rule.In
				}
			}
			return rule.Out
		},
		func(n N, r *rule.Report) {
			for _, g := range of(n) {
				if g != nil && g.Valid && g.ID == (rundetails.ID{}) {
					r.At(g, "%s is the nil GUID", rundetails.Vocabulary().Name(g.Name))
				}
			}
		},
	)
}

// noNilText judges context-id, which the schema takes for a text.
func noNilText[N rule.Node](of func(N) *rundetails.Text) rule.Check {
	return rule.Each(
		func(n N) rule.Scope { return rule.If(of(n).Present) },
		func(n N, r *rule.Report) {
			if t := of(n); t.Value == "{00000000-0000-0000-0000-000000000000}" {
				r.At(t, "%s is the nil GUID", rundetails.Vocabulary().Name(t.Name))
			}
		},
	)
}
