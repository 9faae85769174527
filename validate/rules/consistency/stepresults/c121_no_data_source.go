package stepresults

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c121() rule.Rule {
	return rule.Rule{
		ID:           "C121",
		Title:        "A step that only synchronizes has no trouble with the data source.",
		Severity:     finding.Warning,
		Requirements: []string{"C121"},
		Why: "Such a step works on what was imported before. It opens no file, connects to no server and reads no change log, " +
			"so a result about one of them belongs to another step.",
		Fix:   "Check step-result and the step-type in step-description: one of them is that of another step.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(s *rundetails.Step) rule.Scope { return rule.If(s.Result.Present && typeOf(s) == "apply-rules") },
			func(s *rundetails.Step, r *rule.Report) {
				if aboutDataSource(s.Result.Value) {
					r.At(&s.Result, "step-result is %s, but the step is an apply-rules step, which touches no data source",
						words.Quote(s.Result.Value))
				}
			},
		)},
	}
}

// aboutDataSource tells the results about the data source that no other rule
// keeps to imports or exports. Those that begin with stopped-database- are
// about the database of the engine itself.
func aboutDataSource(result string) bool {
	switch result {
	case "no-start-header-row-mismatch", "no-start-connection", "no-start-credentials", "no-start-no-domain-controller",
		"stopped-connectivity", "stopped-change-log-out-of-order", "stopped-export-write", "stopped-parsing-errors":
		return true
	}
	return strings.HasPrefix(result, "no-start-file-") || strings.HasPrefix(result, "no-start-database-")
}
