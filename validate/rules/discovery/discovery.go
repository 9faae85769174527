// Package discovery holds the rules of sections 2.2.1.1.1.2 and 2.2.1.1.1.3 of
// the specification, about ma-discovery-errors and ma-discovery-counters: what
// the agent met while it read from the data source.
package discovery

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapters in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r187(),
		r210(),
		r213(),
		r215(),
		r216(),
		r218(),
		r220(),
		r221(),
		r222(),
		r224(),
		r225(),
		r226(),
		r229(),
		r230(),
		r231(),
		r234(),
		r236(),
	}
}
