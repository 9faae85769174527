package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c106() rule.Rule {
	return rule.Rule{
		ID:           "C106",
		Title:        "The run-numbers of an agent grow with time, and none comes twice, within documents and over them.",
		Severity:     finding.Warning,
		Requirements: []string{"C106"},
		Yields:       []string{"C139", "C140"},
		Why: "A run-number names one run of an agent and is counted up. When it does not grow, " +
			"runs of two installations are mixed up, a document is there twice, or a number is wrong.",
		Fix: "Take copies out, and judge the runs of one server at a time. " +
			"Where the history of the server was cleared, its numbers begin again: judge the runs before and after apart.",
		Since: "0.1.0",
		Checks: []rule.Check{rule.Each(placed, func(p *archive.Pair, r *rule.Report) {
			sameNumber(p, r)
			inOrder(p, r)
		})},
	}
}

func c139() rule.Rule {
	return rule.Rule{
		ID:           "C139",
		Title:        "A document has no run-number of an agent twice.",
		Severity:     finding.Warning,
		Requirements: []string{"C139"},
		Why: "A run-number names one run of an agent. With two runs of a number, whoever looks one up finds the other, " +
			"and a copy counts twice in every sum.",
		Fix:    "Take the copy out, or correct the run-number or the ma-id of one of the two.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(inside(placed), sameNumber)},
	}
}

func c140() rule.Rule {
	return rule.Rule{
		ID:           "C140",
		Title:        "In a document the run-numbers of an agent grow with the start of the runs.",
		Severity:     finding.Warning,
		Requirements: []string{"C140"},
		Why: "The server counts run-number up with every run of the agent. A run with a higher number that started earlier " +
			"has a wrong number or a wrong date, or the history was cleared in between.",
		Fix:    "Correct the run-number or the dates of one of the two runs.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(inside(ordered), inOrder)},
	}
}

// placed lets pairs be judged that show whether a number comes twice: two runs
// of one number, and neighbours, which do not have one.
func placed(p *archive.Pair) rule.Scope {
	if p.Relation == archive.SameNumber {
		return rule.In
	}
	return ordered(p)
}

// ordered lets neighbours in time be judged.
func ordered(p *archive.Pair) rule.Scope {
	switch {
	case p.Relation == archive.Unplaced:
		return rule.Unreadable
	case neighbours(p):
		return rule.If(p.Run.Number.Valid && p.Other.HasNumber)
	}
	return rule.Out
}

func sameNumber(p *archive.Pair, r *rule.Report) {
	if p.Relation != archive.SameNumber || p.Follows {
		return
	}
	n := p.Run.Number.N
	switch at := p.Run.NumberAt(); {
	case p.Copy:
		r.Arm(at, "copy", "run-number is %d, and the run of %s is the same: one of the two is a copy", n, p.Where())
	case p.Moments:
		r.Arm(at, "copy", "run-number is %d, and the run of %s is the same at another moment: one of the two was still at work", n, p.Where())
	default:
		r.At(at, "run-number is %d, which another run of the agent has, at %s", n, p.Where())
	}
}

func inOrder(p *archive.Pair, r *rule.Report) {
	if !neighbours(p) || p.Follows {
		return
	}
	n, other := p.Run.Number.N, int64(p.Other.Number)
	switch start := p.Run.Start.N; {
	case other > n && p.Other.Start+rounding < start:
		r.At(p.Run.NumberAt(), "run-number is %d, but run %d of the agent, at %s, started %s before it",
			n, other, p.Where(), words.Gap(moment(p.Other.Start), moment(start)))
	case other < n && p.Other.Start > start+rounding:
		r.At(p.Run.NumberAt(), "run-number is %d, but run %d of the agent, at %s, started %s after it",
			n, other, p.Where(), words.Gap(moment(start), moment(p.Other.Start)))
	}
}
