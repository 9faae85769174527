// Package dates holds the rules of consistency.tsv about dates: their order,
// how far they lie apart, and which of them cannot be; and about the order of
// steps.
package dates

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c005(),
		c008(),
		c011(),
		c015(),
		c129(),
		c130(),
		c131(),
	}
}

// rounding is by how many milliseconds the date of a step may be off when it
// is compared with another date: servers round the dates of steps.
const rounding = 1000
