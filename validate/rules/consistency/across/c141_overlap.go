package across

import (
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/internal/words"
)

func c141() rule.Rule {
	return rule.Rule{
		ID:           "C141",
		Title:        "A run of an agent starts no earlier than the run before it ends.",
		Severity:     finding.Warning,
		Requirements: []string{"C141"},
		Why: "The server refuses to start an agent that is at work (no-start-ma-already-running). " +
			"Runs that overlap have wrong dates, or come from two servers.",
		Fix: "Check that both runs are of this agent, and their dates. " +
			"Up to one second of overlap is rounding and not reported.",
		Since:  "0.1.0",
		Checks: []rule.Check{rule.Each(spans, meets)},
	}
}

// spans lets neighbours be judged when the earlier one has ended.
func spans(p *archive.Pair) rule.Scope {
	switch {
	case p.Relation == archive.Unplaced && p.Run.Start.Unreadable:
		return rule.Unreadable
	case !neighbours(p), p.Run.Number.Valid && p.Other.HasNumber && p.Run.Number.N == int64(p.Other.Number):
		return rule.Out
	case p.Relation == archive.Earlier:
		return rule.If(p.Other.HasEnd)
	case p.Run.End.Unreadable:
		return rule.Unreadable
	}
	return rule.If(p.Run.End.Valid)
}

func meets(p *archive.Pair, r *rule.Report) {
	start, end := p.Other.Start, p.Run.End.N
	if p.Relation == archive.Earlier {
		start, end = p.Run.Start.N, p.Other.End
	}
	if start+rounding >= end {
		return
	}
	gap := words.Gap(moment(start), moment(end))
	if p.Relation == archive.Earlier {
		r.At(p.Run.StartAt(), "the run starts %s before the end (%s) of the agent's run %d, at %s",
			gap, moment(end).Value, p.Other.Number, p.Where())
		return
	}
	r.At(p.Run, "the run ends at %s, %s after the start of the agent's run %d, at %s",
		moment(end).Value, gap, p.Other.Number, p.Where())
}
