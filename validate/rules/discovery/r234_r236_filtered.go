package discovery

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func r234() rule.Rule {
	return filtered("R234", "filtered-deletions",
		func(d *rundetails.DiscoveryCounters) *rundetails.Number { return &d.FilteredDeletions })
}

func r236() rule.Rule {
	return filtered("R236", "filtered-objects",
		func(d *rundetails.DiscoveryCounters) *rundetails.Number { return &d.FilteredObjects })
}

// filtered is the rule about a counter that is left out when it is 0.
func filtered(id, element string, pick func(*rundetails.DiscoveryCounters) *rundetails.Number) rule.Rule {
	return rule.Rule{
		ID:           id,
		Title:        "The element " + element + " is present only above 0.",
		Severity:     finding.Error,
		Requirements: []string{id},
		Why: "The presence of the element says that something was filtered. " +
			"A reader that looks for the element and not at its number reports filtered objects where there are none.",
		Fix:   "Leave " + element + " out when nothing was filtered.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.Numbers(pick(&s.DiscoveryCounters)) },
			func(s *rundetails.Step, r *rule.Report) {
				if n := pick(&s.DiscoveryCounters); n.N < 1 {
					r.At(n, "%s is 0, and it must be left out unless it is above 0", element)
				}
			},
		)},
	}
}
