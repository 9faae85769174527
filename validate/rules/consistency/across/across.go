// Package across holds the rules of consistency.tsv that compare runs: those
// of one document, and those of all documents of a call.
package across

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/rule"
)

// Rules returns the rules in the order of their ids.
func Rules() []rule.Rule {
	return []rule.Rule{
		c106(),
		c139(),
		c140(),
		c141(),
		c142(),
		c143(),
		c144(),
		c145(),
		c146(),
		c147(),
	}
}

// rounding is by how many milliseconds the date of a step may be off when it
// is compared with another date.
const rounding = 1000

// moment is a date of which only the point in time is kept.
func moment(millis int64) *rundetails.Instant {
	i := rundetails.NewInstant(millis)
	return &i
}

// neighbours tells pairs of neighbours in time from others.
func neighbours(p *archive.Pair) bool {
	return p.Relation == archive.Earlier || p.Relation == archive.Later
}

// inside makes a scope that holds for pairs within a document only.
func inside(scope func(*archive.Pair) rule.Scope) func(*archive.Pair) rule.Scope {
	return func(p *archive.Pair) rule.Scope { return rule.If(p.File == "").And(scope(p)) }
}
