package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c146() rule.Rule {
	return rule.Rule{
		ID:           "C146",
		Title:        "An error that comes back has a higher retry-count, and its first-occurred never goes back.",
		Severity:     finding.Info,
		Requirements: []string{"C146"},
		Why: "The age of an error is read from first-occurred, and how often it was met from retry-count. " +
			"Where one of them goes back, the error looks younger than it is.",
		Fix:   "Check that both runs come from one server. Take the earliest first-occurred of the error for its age.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(c *archive.Recurrence) rule.Scope {
				if c.Unknown {
					return rule.Unreadable
				}
				return rule.In
			},
			func(c *archive.Recurrence, r *rule.Report) {
				judgeFirst(c, r)
				judgeRetries(c, r)
			},
		)},
	}
}

func judgeFirst(c *archive.Recurrence, r *rule.Report) {
	switch mine := c.Error.First; {
	case c.Earlier && mine < c.First:
		r.At(c.Error.FirstAt(), "first-occurred is %s, but run %d before it, at %s, has %s",
			moment(mine).Value, c.Other.Number, c.Where(), moment(c.First).Value)
	case !c.Earlier && mine > c.First:
		r.At(c.Error.FirstAt(), "first-occurred is %s, but run %d after it, at %s, has %s",
			moment(mine).Value, c.Other.Number, c.Where(), moment(c.First).Value)
	}
}

// judgeRetries compares the counts where both are of one first occurrence.
func judgeRetries(c *archive.Recurrence, r *rule.Report) {
	mine, other := c.Error.Number(), c.Number
	if mine < 0 || other < 0 || c.Error.First != c.First || mine == other && most(mine) {
		return
	}
	switch {
	case c.Earlier && mine <= other:
		r.At(c.Error.RetryAt(), "retry-count is %d, but run %d before it, at %s, has %d", mine, c.Other.Number, c.Where(), other)
	case !c.Earlier && mine >= other:
		r.At(c.Error.RetryAt(), "retry-count is %d, but run %d after it, at %s, has %d", mine, c.Other.Number, c.Where(), other)
	}
}

// most tells the numbers at which a product may stop counting: the highest
// ones that the schemas of the products know.
func most(n int64) bool { return n == 255 || n == 1<<16-1 || n == 1<<31-1 }
