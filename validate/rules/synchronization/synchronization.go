// Package synchronization holds the rules of section 2.2.1.1.1.4 of the
// specification, about synchronization-errors: import-error and export-error.
package synchronization

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r240(),
		r241(),
		r242(),
		r243(),
		r245(),
		r253(),
		r254(),
		r315(),
		r317(),
		r318(),
		r319(),
		r324(),
		r328(),
		r330(),
		r337(),
		r338(),
		r342(),
		r343(),
		r345(),
		r346(),
		r347(),
		r351(),
		r356(),
		r357(),
		r358(),
		r359(),
		r374(),
		r377(),
		r379(),
		r381(),
		r383(),
		r385(),
		r386(),
		r388(),
		r389(),
		r391(),
		r395(),
		r399(),
		r449(),
	}
}
