// Package synchronization holds the rules of section 2.2.1.1.1.4 of the
// specification, about synchronization-errors: import-error and export-error.
package synchronization

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r240(),
		r243(),
		r315(),
		r377(),
		r449(),
	}
}
