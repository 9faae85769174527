package counters

import (
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c018() rule.Rule {
	return rule.Rule{
		ID:           "C018",
		Title:        "The counter flow-failure is the number of import-errors, those of staging aside.",
		Severity:     finding.Info,
		Requirements: []string{"C018"},
		Yields:       []string{"C019", "C020"},
		Why: "Every failed synchronization of an object has an import-error. " +
			"When the numbers differ, errors are missing from the list or from the count.",
		Fix: "Count every import-error outside of staging in flow-failure. " +
			"Those of staging, such as exported-change-not-reimported, may be counted or not.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(flowCounted, func(s *rundetails.Step, r *rule.Report) {
			count, flow, all := s.Tally.FlowFailures.N, s.Tally.FlowErrors, s.Tally.ImportErrors.Count
			switch {
			case count < uint64(flow):
				r.At(flowFailure(s), "flow-failure is %d but the step lists %s outside of staging", count, words.Count(flow, "import-error"))
			case count > uint64(all):
				r.At(flowFailure(s), "flow-failure is %d but the step lists %s", count, words.Count(all, "import-error"))
			}
		})},
	}
}

func c019() rule.Rule {
	return rule.Rule{
		ID:           "C019",
		Title:        "A step with flow failures lists an import-error or a retry-error.",
		Severity:     finding.Warning,
		Requirements: []string{"C019"},
		Why:          "A failed synchronization has an error that says what failed. A count without errors cannot be followed up.",
		Fix:          "Write an import-error or a retry-error for every failure that flow-failure counts.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if scope := flowCounted(s); scope != rule.In || s.Tally.FlowFailures.N > 0 {
					return scope
				}
				return rule.Out
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.ImportErrors.Count+s.Tally.RetryErrors.Count == 0 {
					r.At(flowFailure(s), "flow-failure is %d but the step lists neither an import-error nor a retry-error", s.Tally.FlowFailures.N)
				}
			},
		)},
	}
}

func c020() rule.Rule {
	return rule.Rule{
		ID:           "C020",
		Title:        "A step with import-errors outside of staging counts a flow failure.",
		Severity:     finding.Warning,
		Requirements: []string{"C020"},
		Why:          "Such an import-error is a failed synchronization, which flow-failure counts. With 0 it does not show in summaries.",
		Fix:          "Count every import-error outside of staging in flow-failure.",
		Since:        "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope {
				if s.Tally.FlowErrors == 0 {
					return rule.Out
				}
				return flowCounted(s)
			},
			func(s *rundetails.Step, r *rule.Report) {
				if s.Tally.FlowFailures.N == 0 {
					r.At(flowFailure(s), "flow-failure is 0 but the step lists %s outside of staging", words.Count(s.Tally.FlowErrors, "import-error"))
				}
			},
		)},
	}
}

// flowCounted lets a step be judged by its sum of flow failures.
func flowCounted(s *rundetails.Step) rule.Scope { return rule.Numbers(&s.Tally.FlowFailures) }

// flowFailure is where the count stands: in the first of the blocks that are
// added up, if it has one.
func flowFailure(s *rundetails.Step) rule.Placed {
	if n := s.Inbound.Get(rundetails.NameFlowFailure); n != nil && n.Present {
		return n
	}
	return s
}
