// Package step holds the rules of section 2.2.1.1.1 of the specification, about
// step-details: number, dates, result and the counters of export steps.
package step

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r069(),
		r072(),
		r142(),
		r144(),
		r146(),
		r147(),
	}
}
