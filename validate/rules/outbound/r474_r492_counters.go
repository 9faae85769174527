package outbound

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r474() rule.Rule { return aboveZero("R474", rundetails.NameProvisionedAddNoFlow) }
func r477() rule.Rule { return aboveZero("R477", rundetails.NameProvisionedAddFlow) }
func r480() rule.Rule { return aboveZero("R480", rundetails.NameProvisionedRenameFlow) }
func r483() rule.Rule { return aboveZero("R483", rundetails.NameProvisionedRenameNoFlow) }
func r486() rule.Rule { return aboveZero("R486", rundetails.NameProvisionedDisconnect) }
func r489() rule.Rule { return aboveZero("R489", rundetails.NameConnectorFlow) }
func r492() rule.Rule { return aboveZero("R492", rundetails.NameConnectorNoFlow) }

// aboveZero is the rule about an outbound counter: it is left out when it is
// 0, unlike the counters of the other blocks.
func aboveZero(id string, name source.Sym) rule.Rule {
	element := rundetails.Vocabulary().Name(name)
	return rule.Rule{
		ID:           id,
		Title:        "The outbound counter " + element + " is present only above 0.",
		Severity:     finding.Error,
		Requirements: []string{id},
		Why: "The presence of the counter says that objects of the target agent were changed in this way. " +
			"With 0 it announces changes that the next export does not have.",
		Fix:   "Leave " + element + " out of outbound-flow-counters when it is 0.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope {
				if b.Kind != rundetails.Outbound {
					return rule.Out
				}
				return rule.Numbers(&b.Get(name).Number)
			},
			func(b *rundetails.CounterBlock, r *rule.Report) {
				if c := b.Get(name); c.N < 1 {
					r.At(c, "%s is 0, and it must be left out unless it is above 0", element)
				}
			},
		)},
	}
}
