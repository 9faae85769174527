package steptypes

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c118() rule.Rule {
	return rule.Rule{
		ID:           "C118",
		Title:        "An import that only stages synchronizes nothing.",
		Severity:     finding.Warning,
		Requirements: []string{"C118"},
		// What these rows say of an import that stages, or not even that, is left to this rule.
		Also: map[string][]string{"inbound": {"C056"}, "outbound": {"C057"}, "retries": {"C064"}},
		Why: "With the subtype to-cs the step ends when the connector space is up to date. " +
			"Flow counters and retry-errors come from the synchronization of a later step.",
		Fix: "Leave the flow counters at 0 and retry-errors out; flow-failure may be above 0. " +
			"When the step also synchronized, leave the subtype to-cs out.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(stagingOnly(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				if c := inboundFlow(s); c != nil {
					r.Arm(c, "inbound", "%s is %d, but the step is an import that only stages", rundetails.Vocabulary().Name(c.Name), c.N)
				}
				if s.Tally.OutboundAbove0 {
					r.Arm(s, "outbound", "some counter of outbound-flow-counters is above 0, but the step is an import that only stages")
				}
				if n := s.Tally.RetryErrors.Count; n > 0 {
					r.Arm(&s.RetryErrorBlock, "retries", "mv-retry-errors has %s, but the step is an import that only stages",
						words.Count(n, "retry-error"))
				}
			},
		)},
	}
}

// inboundFlow returns the first inbound counter above 0 but flow-failure, or
// nil.
func inboundFlow(s *rundetails.Step) *rundetails.Counter {
	if !s.Inbound.Present {
		return nil // its kind is not set
	}
	counters := s.Inbound.Counters()
	for i := range counters {
		if c := &counters[i]; c.Name != rundetails.NameFlowFailure && c.Above(0) {
			return c
		}
	}
	return nil
}
