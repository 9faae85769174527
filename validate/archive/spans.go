package archive

import (
	"cmp"
	"slices"
)

// Span is a stretch of time, in milliseconds since 1970-01-01.
type Span struct{ From, To int64 }

// Spans are stretches of time, sorted and apart.
type Spans []Span

// Apart sorts stretches of time and makes those one that touch or overlap. It
// uses the memory of its argument.
func Apart(all []Span) Spans {
	slices.SortFunc(all, func(x, y Span) int { return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To)) })
	apart := all[:0]
	for _, s := range all {
		if n := len(apart); n > 0 && s.From <= apart[n-1].To {
			apart[n-1].To = max(apart[n-1].To, s.To)
			continue
		}
		apart = append(apart, s)
	}
	return apart
}

// Touch tells whether some span has more than an end in common with a time.
func (s Spans) Touch(from, to int64) bool {
	i, _ := slices.BinarySearchFunc(s, from, func(x Span, from int64) int {
		if x.To <= from {
			return -1
		}
		return 1
	})
	return i < len(s) && s[i].From < to
}
