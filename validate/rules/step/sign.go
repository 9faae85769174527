package step

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/steptype"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// sign is something that only some kinds of steps have.
type sign struct {
	rows   []string // the first is the id of the rule
	what   string   // the sign, for the title
	of     kinds
	has    func(*rundetails.Step) bool
	said   func(*rundetails.Step) bool // whether the finding of another rule names the rows; nil where none does
	report func(*rundetails.Step) (where rule.Placed, what string)
}

// kinds are the kinds of steps that have a sign.
type kinds struct {
	noun string
	are  func(steptype.Kind) bool
}

func imports() kinds {
	return kinds{"an import", func(k steptype.Kind) bool { return k == steptype.Import }}
}

func exports() kinds {
	return kinds{"an export", func(k steptype.Kind) bool { return k == steptype.Export }}
}

// synchronizes are all steps but exports. Imports that only stage are for C118.
func synchronizes() kinds {
	return kinds{"an import or a synchronization", func(k steptype.Kind) bool { return k != steptype.Export }}
}

// rule makes the rule of the sign. Steps of an unknown type are not judged.
func (g sign) rule() rule.Rule {
	return rule.Rule{
		ID:           g.rows[0],
		Title:        "Only " + g.of.noun + " has " + g.what + ".",
		Severity:     finding.Warning,
		Requirements: g.rows,
		Why: "Each block of step-details belongs to one kind of step. In a step of another kind " +
			"either the numbers or the step-description are those of another step.",
		Fix:   "Write the account of each step into its own step-details, below the step-description of the same step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !g.has(s) {
					return rule.Out
				}
				kind, _ := steptype.Of(s)
				return rule.If(kind != steptype.Unknown)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if kind, stepType := steptype.Of(s); !g.of.are(kind) && (g.said == nil || !g.said(s)) {
					where, what := g.report(s)
					r.At(where, "the step has %s, which only %s has, but its step-type is %s",
						what, g.of.noun, words.Quote(stepType))
				}
			},
		)},
	}
}
