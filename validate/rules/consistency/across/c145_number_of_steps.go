package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c145() rule.Rule {
	return rule.Rule{
		ID:           "C145",
		Title:        "Runs of one run profile that came to their end have the same number of steps.",
		Severity:     finding.Info,
		Requirements: []string{"C145"},
		Why: "A run lists each step of its profile. A run with fewer steps, of which the last one let the next one begin, " +
			"lacks some; or the profile was changed between the two runs.",
		Fix:   "Nothing, when the profile was changed. Otherwise find out where steps of the shorter run were lost.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(p *archive.Pair) rule.Scope {
				return rule.If(p.Relation == archive.ProfileEarlier || p.Relation == archive.ProfileLater)
			},
			func(p *archive.Pair, r *rule.Report) {
				if !p.Follows && p.Run.Steps != int(p.Other.Steps) {
					r.At(p.Run, "the run has %s, but run %d of the same profile, at %s, has %s",
						words.Count(p.Run.Steps, "step"), p.Other.Number, p.Where(), words.Count(int(p.Other.Steps), "step"))
				}
			},
		)},
	}
}
