// Package retry holds the rules of section 2.2.1.1.1.5 of the specification,
// about mv-retry-errors. What retry-error shares with import-error is in
// package synchronization, unless the tables tell the two apart.
package retry

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r468(),
		r469(),
	}
}
