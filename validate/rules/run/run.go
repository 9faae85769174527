// Package run holds the rules of section 2.2.1.1 of the specification, about
// run-details: the run and the steps that it lists.
package run

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r060(),
		r061(),
		r063(),
		r065(),
		r066(),
	}
}
