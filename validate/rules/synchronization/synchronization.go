// Package synchronization holds the rules of section 2.2.1.1.1.4 of the
// specification, about synchronization-errors: import-error and export-error.
package synchronization

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r240(),
		r242(),
		r243(),
		r315(),
		r317(),
		r318(),
		r319(),
		r342(),
		r346(),
		r347(),
		r358(),
		r377(),
		r379(),
		r381(),
		r383(),
		r389(),
		r449(),
	}
}
