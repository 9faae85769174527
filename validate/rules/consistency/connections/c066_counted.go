package connections

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c066() rule.Rule {
	return rule.Rule{
		ID:           "C066",
		Title:        "A step without a connection stages and exports nothing.",
		Severity:     finding.Warning,
		Requirements: []string{"C066"},
		Why: "Without a connection nothing can be read or written. " +
			"Counters above 0 come from another step, or the connection did not fail.",
		Fix: "Write the incident of the attempt that succeeded, or counters of 0. " +
			"Deletions may be staged without a connection, and exports may fail: these two are not looked at.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				result := s.Connection.Result.Value
				return rule.If((result == failedConnection || result == failedAuthentication) && s.Tally.Results.Of(success) == 0)
			},
			func(s *rundetails.Step, r *rule.Report) {
				n := worked(&s.Staging, rundetails.NameStageDelete)
				if n == nil {
					n = worked(&s.Export, rundetails.NameExportFailure)
				}
				if n != nil {
					r.At(n, "%s is %d, but connection-result is %s and no incident has success",
						rundetails.Vocabulary().Name(n.Name), n.N, s.Connection.Result.Value)
				}
			},
		)},
	}
}

// worked returns the first counter of a block that is above 0, one aside.
func worked(b *rundetails.CounterBlock, aside source.Sym) *rundetails.Counter {
	if !b.Present {
		return nil
	}
	counters := b.Counters()
	for i := range counters {
		if c := &counters[i]; c.Above(0) && c.Name != aside {
			return c
		}
	}
	return nil
}
