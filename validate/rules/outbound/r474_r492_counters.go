package outbound

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r474() rule.Rule { return aboveZero("R474", "provisioned-add-no-flow") }
func r477() rule.Rule { return aboveZero("R477", "provisioned-add-flow") }
func r480() rule.Rule { return aboveZero("R480", "provisioned-rename-flow") }
func r483() rule.Rule { return aboveZero("R483", "provisioned-rename-no-flow") }
func r486() rule.Rule { return aboveZero("R486", "provisioned-disconnect") }
func r489() rule.Rule { return aboveZero("R489", "connector-flow") }
func r492() rule.Rule { return aboveZero("R492", "connector-no-flow") }

// aboveZero is the rule about an outbound counter: it is left out when it is
// 0, unlike the counters of the other blocks.
func aboveZero(id, element string) rule.Rule {
	at := position(element)
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
				return rule.Numbers(&b.Counters()[at].Number)
			},
			func(b *rundetails.CounterBlock, r *rule.Report) {
				if c := &b.Counters()[at]; c.N < 1 {
					r.At(c, "%s is 0, and it must be left out unless it is above 0", element)
				}
			},
		)},
	}
}

// position is the place of a counter in the block.
func position(element string) int {
	for i, name := range rundetails.Outbound.Names() {
		if rundetails.Vocabulary().Name(name) == element {
			return i
		}
	}
	panic("there is no outbound counter " + element)
}
