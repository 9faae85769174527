// Package counters holds the rules of consistency.tsv about counters of
// failures: what they count must stand among the errors of the step.
package counters

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c016(),
		c018(),
		c019(),
		c020(),
		c021(),
		c022(),
	}
}
