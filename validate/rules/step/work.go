package step

import (
	"fmt"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

// idle tells that a step counted nothing and lists no error.
func idle(s *rundetails.Step) bool {
	t := &s.Tally
	return !t.StagingAbove0 && !t.InboundAbove0 && !t.OutboundAbove0 && !t.ExportAbove0 && !discovered(s) && !faulty(s)
}

// discovered tells that ma-discovery-counters has a counter. These are present
// only above 0, so presence is the sign.
func discovered(s *rundetails.Step) bool {
	return s.DiscoveryCounters.FilteredDeletions.Present || s.DiscoveryCounters.FilteredObjects.Present
}

// faulty tells that a step lists errors of some kind.
func faulty(s *rundetails.Step) bool {
	t := &s.Tally
	return t.ObjectErrors.Count+t.ImportErrors.Count+t.ExportErrors.Count+t.RetryErrors.Count > 0
}

// unless is the scope of a step that matters only if some sign in it is
// missing: with a counter that is no number, nobody can tell whether it is.
func unless(sign bool, s *rundetails.Step) rule.Scope {
	if sign {
		return rule.In
	}
	for _, block := range []*rundetails.CounterBlock{&s.Staging, &s.Inbound, &s.Export} {
		if !block.Present {
			continue
		}
		counters := block.Counters()
		for i := range counters {
			if counters[i].Present && !counters[i].Valid {
				return rule.Unreadable
			}
		}
	}
	return rule.In
}

// work names what a step counted and the errors that it lists, for a message.
func work(s *rundetails.Step) (signs []string) {
	t := &s.Tally
	signs = appendCounter(signs, t.StagingAbove0, &s.Staging, "staging-counters")
	signs = appendCounter(signs, t.InboundAbove0, &s.Inbound, "inbound-flow-counters")
	signs = appendCounter(signs, t.ExportAbove0, &s.Export, "export-counters")
	if t.OutboundAbove0 {
		signs = append(signs, "outbound-flow-counters above 0")
	}
	if discovered(s) {
		signs = append(signs, "ma-discovery-counters")
	}
	return appendErrors(signs, s, t.ExportErrors.Count)
}

// appendErrors names the errors of a step; the caller counts those of exports.
func appendErrors(signs []string, s *rundetails.Step, exports int) []string {
	t := &s.Tally
	for _, e := range [...]struct {
		count int
		noun  string
	}{
		{t.ObjectErrors.Count, "ma-object-error"},
		{t.ImportErrors.Count, "import-error"},
		{exports, "export-error"},
		{t.RetryErrors.Count, "retry-error"},
	} {
		if e.count > 0 {
			signs = append(signs, words.Count(e.count, e.noun))
		}
	}
	return signs
}

func appendCounter(signs []string, above0 bool, block *rundetails.CounterBlock, element string) []string {
	if above0 {
		signs = append(signs, first(block, element))
	}
	return signs
}

// first names the first counter of the block that is above 0. A step holds the
// first block of each kind only, so the counter may be in another one.
func first(block *rundetails.CounterBlock, element string) string {
	if c := block.FirstAbove0(); c != nil {
		return fmt.Sprintf("%s %d", rundetails.Vocabulary().Name(c.Name), c.N)
	}
	return element + " above 0"
}
