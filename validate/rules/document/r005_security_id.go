package document

import (
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func r005() rule.Rule {
	return rule.Rule{
		ID:           "R005",
		Title:        "The security-id is a domain and an account.",
		Severity:     finding.Info,
		Requirements: []string{"R005", "R064"},
		Why: "The element says who executed the run profile. " +
			"An account without its domain may be any of several accounts.",
		Fix: "Write domain\\account. The specification has a backslash in one place and a slash in another; " +
			"both are accepted.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(run *rundetails.Run) rule.Scope { return rule.If(run.SecurityID.Present) },
			func(run *rundetails.Run, r *rule.Report) {
				if id := run.SecurityID.Value; !separated(id) {
					r.At(&run.SecurityID, "security-id is %s, and not a domain and an account with a backslash or a slash between them",
						words.Quote(id))
				}
			},
		)},
	}
}

// separated tells whether some separator has text on both sides. One is
// enough: an account may have the other separator in its name.
func separated(id string) bool {
	inside := func(separator string) bool {
		before, after, _ := strings.Cut(id, separator)
		return strings.TrimSpace(before) != "" && strings.TrimSpace(after) != ""
	}
	return inside(`\`) || inside("/")
}
