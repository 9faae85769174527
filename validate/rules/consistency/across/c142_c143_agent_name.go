package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c142() rule.Rule {
	return rule.Rule{
		ID:           "C142",
		Title:        "An ma-id has the same ma-name in all runs.",
		Severity:     finding.Info,
		Requirements: []string{"C142"},
		Why: "The server writes the present name of the agent into all runs that it hands out. " +
			"A second name tells of runs that were saved before and after the agent was renamed, or of a wrong id.",
		Fix:   "Nothing, when the agent was renamed; group by ma-id and not by ma-name then.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(p *archive.Pair) rule.Scope { return rule.If(p.Relation == archive.SameAgent) },
			func(p *archive.Pair, r *rule.Report) {
				if p.New {
					r.At(p.Run.NameAt(), "ma-name is %s, but other runs of %s have %s, such as that at %s",
						words.Quote(p.Run.Name), p.Run.ID, words.Quote(p.Said), p.Where())
				}
			},
		)},
	}
}

func c143() rule.Rule {
	return rule.Rule{
		ID:           "C143",
		Title:        "An ma-name has the same ma-id in all runs.",
		Severity:     finding.Info,
		Requirements: []string{"C143"},
		Why: "The names of agents are unique on a server. A second id tells of an agent that was deleted and made again, " +
			"or of runs of two servers, which must not be added up.",
		Fix:   "Judge the runs of one server at a time; group by ma-id and not by ma-name.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(
			func(p *archive.Pair) rule.Scope { return rule.If(p.Relation == archive.SameName) },
			func(p *archive.Pair, r *rule.Report) {
				if p.New {
					r.At(p.Run.MAIDAt(), "ma-id is %s, but other runs of %s have %s, such as that at %s",
						p.Run.ID, words.Quote(p.Run.Name), p.Said, p.Where())
				}
			},
		)},
	}
}
