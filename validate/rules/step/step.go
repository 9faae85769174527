// Package step holds the rules of section 2.2.1.1.1 of the specification, about
// step-details: number, dates, result and the counters of export steps.
package step

import "github.com/runhist/runhist/validate/rule"

// Rules returns the rules of the chapter in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		r069(),
		r070(),
		r072(),
		r074(),
		r075(),
		r076(),
		r077(),
		r079(),
		r080(),
		r081(),
		r084(),
		r085(),
		r110(),
		r111(),
		r116(),
		r117(),
		r133(),
		r140(),
		r141(),
		r142(),
		r143(),
		r144(),
		r145(),
		r146(),
		r147(),
		r149(),
		r150(),
		r151(),
		r152(),
		r155(),
		r156(),
		r157(),
		r158(),
	}
}
