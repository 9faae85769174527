// Package document holds the rules of section 2.2.1 of the specification: what
// holds for every value of a type, wherever it stands.
package document

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r004(),
		r005(),
		r008(),
		r009(),
	}
}
