package stepresults

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c127() rule.Rule {
	return rule.Rule{
		ID:           "C127",
		Title:        "A full import that ends with success staged something.",
		Severity:     finding.Info,
		Requirements: []string{"C127"},
		Why: "A full import that finds no objects has the result completed-no-objects. " +
			"With success an empty data source looks like an import that worked, though it may delete everything.",
		Fix: "Check whether the data source was empty, and write completed-no-objects when it was. " +
			"Some servers write success all the same.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Result.Value != "success" || !s.Staging.Present || !fullImport(typeOf(s)) || toFile(s) {
					return rule.Out
				}
				return readable(&s.Staging)
			},
			func(s *rundetails.Step, r *rule.Report) {
				counters := s.Staging.Counters()
				for i := range counters {
					// A deletion is staged for an object that was not found.
					if c := &counters[i]; c.Name != rundetails.NameStageDelete && c.Above(0) {
						return
					}
				}
				if !s.DiscoveryCounters.FilteredObjects.Present {
					r.At(&s.Staging, "the step is a full import with the step-result %q, but no staging counter says that it found an object",
						s.Result.Value)
				}
			},
		)},
	}
}

// toFile tells an import that writes a drop file, with or without other work:
// what it stages is not known.
func toFile(s *rundetails.Step) bool {
	_, subtypes := s.Description.StepType()
	for _, subtype := range subtypes {
		if strings.Contains(subtype, "to-file") {
			return true
		}
	}
	return false
}

// readable is Unreadable when a counter of the block is there and no number.
func readable(b *rundetails.CounterBlock) rule.Scope {
	counters := b.Counters()
	for i := range counters {
		if c := &counters[i]; c.Present && !c.Valid {
			return rule.Unreadable
		}
	}
	return rule.In
}
