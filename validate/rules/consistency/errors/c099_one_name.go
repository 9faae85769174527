package errors

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rule/keys"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c099() rule.Rule {
	return rule.Rule{
		ID:           "C099",
		Title:        "An agent has one name in a run.",
		Severity:     finding.Warning,
		Requirements: []string{"C099"},
		Why: "The GUID identifies an agent, and people read its name. " +
			"Two names for one GUID make one agent look like two, and hide that the GUID may be wrong.",
		Fix:    "Check the GUID and the name at each place. The run itself, outbound-flow-counters and the context of rules-error-info name agents.",
		Since:  "0.1.0",
		Memory: rule.PerRun,
		Checks: []rule.Check{
			rule.Each(
				func(b *rundetails.CounterBlock) rule.Scope { return named(&b.MAID, &b.MA) },
				func(b *rundetails.CounterBlock, r *rule.Report) { judgeName(b.Step.Run, &b.MAID, &b.MA, r) },
			),
			rule.Within(rule.RulesError, rule.Each(
				func(e *rundetails.ImportError) rule.Scope {
					return named(&e.Rules.Context.MAID, &e.Rules.Context.MAName)
				},
				func(e *rundetails.ImportError, r *rule.Report) {
					judgeName(e.Step.Run, &e.Rules.Context.MAID, &e.Rules.Context.MAName, r)
				},
			)),
			rule.Each(
				func(e *rundetails.RetryError) rule.Scope {
					return named(&e.Rules.Context.MAID, &e.Rules.Context.MAName)
				},
				func(e *rundetails.RetryError, r *rule.Report) {
					judgeName(e.Step.Run, &e.Rules.Context.MAID, &e.Rules.Context.MAName, r)
				},
			),
		},
	}
}

func named(id *rundetails.GUID, name *rundetails.Text) rule.Scope {
	return rule.GUID(id).And(rule.If(name.Present))
}

// judgeName compares a name with that of the run, and else with all others of
// the same agent in the run.
func judgeName(run *rundetails.Run, id *rundetails.GUID, name *rundetails.Text, r *rule.Report) {
	if run.MAID.Valid && run.MAID.ID == id.ID {
		if run.MAName.Present && !strings.EqualFold(run.MAName.Value, name.Value) {
			r.At(name, "%s is %s, but the run calls the agent %s by the name %s",
				rundetails.Vocabulary().Name(name.Name), words.Quote(name.Value), id.ID, words.Quote(run.MAName.Value))
		}
		return
	}
	if _, known := r.Seen(keys.Of(id.ID).Text(name.Value).Sum(), name.Line); known {
		return
	}
	if before, known := r.Seen(keys.Of(id.ID).Sum(), name.Line); known {
		r.At(name, "%s is %s, but line %d calls the agent %s by another name",
			rundetails.Vocabulary().Name(name.Name), words.Quote(name.Value), before, id.ID)
	}
}
