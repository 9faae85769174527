package step

import (
	"slices"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r149() rule.Rule {
	return sign{
		rows: []string{"R149", "C059"}, what: "ma-object-errors", of: imports(),
		has: func(s *rundetails.Step) bool { return s.Tally.ObjectErrors.Count > 0 },
		report: func(s *rundetails.Step) (rule.Placed, string) {
			return &s.DiscoveryErrors, words.Count(s.Tally.ObjectErrors.Count, "ma-object-error")
		},
	}.rule()
}

func r151() rule.Rule {
	return sign{
		rows: []string{"R151", "C062"}, what: "export-errors", of: exports(),
		has: func(s *rundetails.Step) bool { return s.Tally.ExportErrors.Count > 0 },
		// R117 says it all.
		said: func(s *rundetails.Step) bool { return slices.Contains(exportResults(), s.Result.Value) },
		report: func(s *rundetails.Step) (rule.Placed, string) {
			return &s.SyncErrors, words.Count(s.Tally.ExportErrors.Count, "export-error")
		},
	}.rule()
}

func r152() rule.Rule {
	return sign{
		rows: []string{"R152", "C064"}, what: "retry-errors", of: synchronizes(),
		has: func(s *rundetails.Step) bool { return s.Tally.RetryErrors.Count > 0 },
		report: func(s *rundetails.Step) (rule.Placed, string) {
			return &s.RetryErrorBlock, words.Count(s.Tally.RetryErrors.Count, "retry-error")
		},
	}.rule()
}

func r155() rule.Rule {
	return sign{
		rows: []string{"R155", "C054"}, what: "staging-counters above 0", of: imports(),
		has:    func(s *rundetails.Step) bool { return s.Tally.StagingAbove0 },
		report: counters("staging-counters", func(s *rundetails.Step) *rundetails.CounterBlock { return &s.Staging }),
	}.rule()
}

func r156() rule.Rule {
	return sign{
		rows: []string{"R156", "C056"}, what: "inbound-flow-counters above 0", of: synchronizes(),
		has:    func(s *rundetails.Step) bool { return s.Tally.InboundAbove0 },
		report: counters("inbound-flow-counters", func(s *rundetails.Step) *rundetails.CounterBlock { return &s.Inbound }),
	}.rule()
}

func r158() rule.Rule {
	return sign{
		rows: []string{"R158", "C055"}, what: "export-counters above 0", of: exports(),
		has:    func(s *rundetails.Step) bool { return s.Tally.ExportAbove0 },
		report: counters("export-counters", func(s *rundetails.Step) *rundetails.CounterBlock { return &s.Export }),
	}.rule()
}

// counters reports the first counter above 0, or the step when it is in a
// further block of the kind, which a step does not hold.
func counters(element string, pick func(*rundetails.Step) *rundetails.CounterBlock) func(*rundetails.Step) (rule.Placed, string) {
	return func(s *rundetails.Step) (rule.Placed, string) {
		if c := pick(s).FirstAbove0(); c != nil {
			return c, first(pick(s), element)
		}
		return s, first(pick(s), element)
	}
}
