package spelling

import (
	"cmp"
	"slices"
	"strings"
)

// Nearest returns the candidates that are most like a word, whatever the case,
// the best first and at most n: those that differ in at most a third of the
// word, then those that contain it or are contained in it.
func Nearest(word string, candidates []string, n int) []string {
	if word == "" || len(word) > 100 {
		return nil
	}
	type near struct {
		name             string
		distance, prefix int
	}
	lower := strings.ToLower(word)
	limit := len(word)/3 + 1
	var found []near
	for _, name := range candidates {
		c := strings.ToLower(name)
		d := Distance(lower, c, limit)
		if d >= limit && len(word) >= 4 && (strings.Contains(c, lower) || len(c) >= 4 && strings.Contains(lower, c)) {
			d = limit + max(len(c)-len(word), len(word)-len(c))
		} else if d >= limit {
			continue
		}
		found = append(found, near{name, d, commonPrefix(lower, c)})
	}
	slices.SortFunc(found, func(a, b near) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(b.prefix, a.prefix), strings.Compare(a.name, b.name))
	})
	var names []string
	for _, f := range slices.Compact(found) {
		if len(names) < n {
			names = append(names, f.name)
		}
	}
	return names
}

// commonPrefix is how many bytes two words begin with in common.
func commonPrefix(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}
