// Package outbound holds the rules of section 2.2.1.1.1.6 of the
// specification, about outbound-flow-counters: what a synchronization changed
// at the objects of a target agent.
package outbound

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r471(),
		r474(),
		r477(),
		r480(),
		r483(),
		r486(),
		r489(),
		r492(),
	}
}
