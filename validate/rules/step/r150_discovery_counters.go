package step

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/steptype"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r150() rule.Rule {
	return rule.Rule{
		ID:           "R150",
		Title:        "Only an import has ma-discovery-counters, and only a delta import has filtered-deletions.",
		Severity:     finding.Warning,
		Requirements: []string{"R150", "R233", "C060"},
		Why: "These counters are about objects that the management agent read. Deletions are reported by delta imports only: " +
			"a full import finds out by itself which objects are gone.",
		Fix:   "Leave the counters out in a step that imports nothing, and filtered-deletions out in a full import.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if !discovered(s) {
					return rule.Out
				}
				kind, _ := steptype.Of(s)
				return rule.If(kind != steptype.Unknown)
			},
			judgeDiscovery,
		)},
	}
}

func judgeDiscovery(s *rundetails.Step, r *rule.Report) {
	deletions := &s.DiscoveryCounters.FilteredDeletions
	switch kind, stepType := steptype.Of(s); {
	case kind != steptype.Import:
		r.At(&s.DiscoveryCounters, "the step has ma-discovery-counters, which only an import has, but its step-type is %s",
			words.Quote(stepType))
	case deletions.Present && fullImport(stepType) && !resumed(s):
		r.At(deletions, "the step has filtered-deletions, which only a delta import has, but its step-type is %s",
			words.Quote(stepType))
	}
}

// resumed tells an import that reads the file of an earlier one. That may have
// been a delta import, whatever this step is. The table does not think of it.
func resumed(s *rundetails.Step) bool {
	_, subtypes := s.Description.StepType()
	return slices.ContainsFunc(subtypes, func(subtype string) bool { return strings.Contains(subtype, "resume-from-file") })
}

// fullImport tells the types of a full import: one of them synchronizes too.
func fullImport(stepType string) bool {
	return stepType == "full-import" || stepType == "full-import-reevaluate-rules"
}
