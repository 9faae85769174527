// Package connections holds the rules of consistency.tsv about how a step
// reached its data source and what it discovered there, against each other and
// against the result of the step.
package connections

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the package in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c024(),
		c026(),
		c037(),
		c038(),
		c065(),
		c066(),
		c068(),
		c126(),
		c137(),
		c138(),
	}
}
