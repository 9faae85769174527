package errors

import (
	"math"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c104() rule.Rule {
	return rule.Rule{
		ID:           "C104",
		Title:        "A counter is at most 2147483647.",
		Severity:     finding.Info,
		Requirements: []string{"C104"},
		Why: "All other numbers of a run have this limit, and no server holds that many objects. " +
			"A larger one is a negative number or an overflow, and ruins every total.",
		Fix:   "Check where the number comes from. A counter that fell below 0 is written as about 4 billion.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(b *rundetails.CounterBlock) rule.Scope { return rule.If(b.Present) },
			func(b *rundetails.CounterBlock, r *rule.Report) {
				counters := b.Counters()
				for i := range counters {
					if c := &counters[i]; c.Above(math.MaxInt32) {
						r.At(c, "%s is %d, which is more than %d", rundetails.Vocabulary().Name(c.Name), c.N, math.MaxInt32)
					}
				}
			},
		)},
	}
}
