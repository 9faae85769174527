package validate

import (
	"slices"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
)

// fold joins the findings about one fault: a finding of a rule that yields to
// others goes into a finding of one of them at the same place, which then
// carries the rows of both. A graver finding stays. The statistics of the
// rules stay as they are: the rule that yields has failed, too.
//
// The findings are sorted. That it happens here and not in the rules keeps them
// independent: where the other rule is off, the finding stands by itself.
func (v *Validator) fold(findings []finding.Finding) []finding.Finding {
	if len(v.yields) == 0 {
		return findings
	}
	gone := 0
	for from := 0; from < len(findings); {
		to := from + 1
		for to < len(findings) && samePlace(&findings[from], &findings[to]) {
			to++
		}
		if to-from > 1 {
			gone += v.foldPlace(findings[from:to])
		}
		from = to
	}
	if gone == 0 {
		return findings
	}
	return slices.DeleteFunc(findings, func(f finding.Finding) bool { return f.Rule == "" })
}

func samePlace(a, b *finding.Finding) bool {
	return a.Line == b.Line && a.Column == b.Column && a.Path == b.Path && a.File == b.File
}

// foldPlace folds the findings of one place, takes the rule away from those
// that went into another one, and tells how many did.
func (v *Validator) foldPlace(findings []finding.Finding) (gone int) {
	t, err := v.tables()
	if err != nil {
		panic(err) // the tables are embedded
	}
	for i := range findings {
		f := &findings[i]
		yields := v.yields[f.Rule]
		if yields == nil {
			continue
		}
		into := slices.IndexFunc(findings, func(g finding.Finding) bool {
			return g.Severity >= f.Severity && slices.Contains(yields, g.Rule)
		})
		if into < 0 {
			continue
		}
		findings[into].Requirements = t.Sorted(slices.Concat(findings[into].Requirements, f.Requirements))
		f.Rule = ""
		gone++
	}
	return gone
}

// yielding tells which rules yield to which others.
func yielding(rules []rule.Rule) map[string][]string {
	all := make(map[string][]string)
	for i := range rules {
		if len(rules[i].Yields) > 0 {
			all[rules[i].ID] = rules[i].Yields
		}
	}
	return all
}
