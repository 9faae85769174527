// Package consistency holds the rules of consistency.tsv that are not another
// form of a sentence of the specification: what follows from several
// sentences together, or from arithmetic.
package consistency

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the table in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c002(),
		c007(),
		c017(),
		c072(),
		c100(),
		c117(),
	}
}

// rounding is by how many milliseconds the date of a step may be off when it
// is compared with another date: servers round the dates of steps.
const rounding = 1000
