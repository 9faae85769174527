package consistency

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c117() rule.Rule {
	return rule.Rule{
		ID:           "C117",
		Title:        "A step either exports, or imports and synchronizes.",
		Severity:     finding.Warning,
		Requirements: []string{"C117"},
		Yields:       []string{"C057"},
		Why: "A step is of one type, and each block of step-details belongs to one kind of step. " +
			"Signs of both kinds mean that the accounts of two steps are mixed up.",
		Fix: "Leave the counters of the other kind at 0 and its errors out. " +
			"When the run profile has two steps, write two step-details.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(exporting(s) || importing(s)) },
			func(s *rundetails.Step, r *rule.Report) {
				if exporting(s) && importing(s) {
					r.At(s, "the step has %s, which only an export has, and %s, which an export never has",
						strings.Join(exports(s), " and "), strings.Join(imports(s), " and "))
				}
			},
		)},
	}
}

// exporting tells whether there is a sign of an export.
func exporting(s *rundetails.Step) bool {
	return s.Tally.ExportAbove0 || s.Tally.ExportErrors.Count > 0
}

// importing tells whether there is a sign of an import or a synchronization.
func importing(s *rundetails.Step) bool {
	t := &s.Tally
	return t.StagingAbove0 || t.InboundAbove0 || t.OutboundAbove0 || t.ObjectErrors.Count+t.ImportErrors.Count+t.RetryErrors.Count > 0 ||
		filtered(s)
}

// filtered tells whether there are discovery counters. They are present only
// above 0, so presence is the sign.
func filtered(s *rundetails.Step) bool {
	return s.DiscoveryCounters.FilteredDeletions.Present || s.DiscoveryCounters.FilteredObjects.Present
}

// exports lists the signs of an export.
func exports(s *rundetails.Step) (signs []string) {
	if s.Tally.ExportAbove0 {
		signs = append(signs, counted("export-counters", &s.Export))
	}
	return appendErrors(signs, s.Tally.ExportErrors.Count, "export-error")
}

// imports lists the signs of an import or a synchronization.
func imports(s *rundetails.Step) (signs []string) {
	if s.Tally.StagingAbove0 {
		signs = append(signs, counted("staging-counters", &s.Staging))
	}
	if s.Tally.InboundAbove0 {
		signs = append(signs, counted("inbound-flow-counters", &s.Inbound))
	}
	if s.Tally.OutboundAbove0 {
		signs = append(signs, "outbound-flow-counters above 0")
	}
	if filtered(s) {
		signs = append(signs, "ma-discovery-counters")
	}
	signs = appendErrors(signs, s.Tally.ObjectErrors.Count, "ma-object-error")
	signs = appendErrors(signs, s.Tally.ImportErrors.Count, "import-error")
	return appendErrors(signs, s.Tally.RetryErrors.Count, "retry-error")
}

// counted names a block and the first of its counters that is above 0. A step
// holds the first block of each kind only.
func counted(block string, b *rundetails.CounterBlock) string {
	counters := b.Counters()
	for i := range counters {
		if c := &counters[i]; c.Above(0) {
			return fmt.Sprintf("%s above 0 (%s is %d)", block, rundetails.Vocabulary().Name(c.Name), c.N)
		}
	}
	return block + " above 0"
}

func appendErrors(signs []string, count int, noun string) []string {
	if count > 0 {
		signs = append(signs, words.Count(count, noun))
	}
	return signs
}
