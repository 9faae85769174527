package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

func c147() rule.Rule {
	return rule.Rule{
		ID:           "C147",
		Title:        "An export adds no more objects than were provisioned since the export before, or were left over.",
		Severity:     finding.Info,
		Requirements: []string{"C147"},
		Why: "What an export adds, a synchronization has provisioned before. " +
			"More than that tells of runs that are missing from the archive, or of counters that are wrong.",
		Fix: "Check that the runs of all agents between the two exports are there. " +
			"Changes that were committed from a preview have no run and explain the difference as well.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(a *archive.Account) rule.Scope {
				if a.Unknown {
					return rule.Unreadable
				}
				return rule.In
			},
			func(a *archive.Account, r *rule.Report) {
				if a.Adds > a.Provisioned+a.LeftOver {
					r.At(a, "export-add is %d, but since the export before, at %s, %d were provisioned, and that one can have left %d",
						a.Adds, a.Where(), a.Provisioned, a.LeftOver)
				}
			},
		)},
	}
}
