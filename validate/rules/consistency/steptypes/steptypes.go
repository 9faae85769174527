// Package steptypes holds the rules of consistency.tsv about the type of the
// configured step.
package steptypes

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{}
}
