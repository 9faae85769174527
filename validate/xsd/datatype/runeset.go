package datatype

import (
	"slices"
	"sort"
	"unicode"
)

// runeRange is an inclusive range of characters.
type runeRange struct {
	lo, hi rune
}

// runeSet is a set of characters: ranges in order that neither overlap nor
// touch. Sets are never changed once made, so they may share memory.
type runeSet []runeRange

func (s runeSet) contains(r rune) bool {
	i := sort.Search(len(s), func(i int) bool { return s[i].hi >= r })
	return i < len(s) && s[i].lo <= r
}

// union returns the characters that are in any of the sets, whose ranges need
// not be in order.
func union(sets ...runeSet) runeSet {
	all := slices.Concat(sets...)
	slices.SortFunc(all, func(a, b runeRange) int { return int(a.lo - b.lo) })
	merged := all[:0]
	for _, r := range all {
		if n := len(merged); n > 0 && r.lo <= merged[n-1].hi+1 {
			merged[n-1].hi = max(merged[n-1].hi, r.hi)
			continue
		}
		merged = append(merged, r)
	}
	return merged
}

// negate returns the characters that are not in the set.
func (s runeSet) negate() runeSet {
	negated := make(runeSet, 0, len(s)+1)
	next := rune(0)
	for _, r := range s {
		if next < r.lo {
			negated = append(negated, runeRange{next, r.lo - 1})
		}
		next = r.hi + 1
	}
	if next <= unicode.MaxRune {
		negated = append(negated, runeRange{next, unicode.MaxRune})
	}
	return negated
}

// subtract returns the characters of the set that are not in other.
func (s runeSet) subtract(other runeSet) runeSet {
	return union(s.negate(), other).negate()
}

// tableSet turns a table of package unicode into a set.
func tableSet(table *unicode.RangeTable) runeSet {
	var ranges runeSet
	for _, r := range table.R16 {
		ranges = appendStride(ranges, rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	for _, r := range table.R32 {
		ranges = appendStride(ranges, rune(r.Lo), rune(r.Hi), rune(r.Stride))
	}
	return union(ranges)
}

func appendStride(ranges runeSet, lo, hi, stride rune) runeSet {
	if stride == 1 {
		return append(ranges, runeRange{lo, hi})
	}
	for r := lo; r <= hi; r += stride {
		ranges = append(ranges, runeRange{r, r})
	}
	return ranges
}

// categorySet returns the set of a Unicode general category as \p{..} names it.
// The classes of unassigned characters are computed as what the others leave,
// because tables of package unicode have differed in whether they include them.
// Surrogates, category Cs, are not characters and have no name here.
func categorySet(name string) (runeSet, bool) {
	switch name {
	case "C":
		return remainder(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z), true
	case "Cn":
		return remainder(unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z,
			unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs), true
	case "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No",
		"P", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Z", "Zs", "Zl", "Zp",
		"S", "Sm", "Sc", "Sk", "So", "Cc", "Cf", "Co":
		return tableSet(unicode.Categories[name]), true
	default:
		return nil, false
	}
}

// remainder returns all characters that are in none of the tables.
func remainder(tables ...*unicode.RangeTable) runeSet {
	sets := make([]runeSet, len(tables))
	for i, table := range tables {
		sets[i] = tableSet(table)
	}
	return union(sets...).negate()
}

// escapeSet returns the set of a multi-character escape, given its letter.
func escapeSet(letter rune) (runeSet, bool) {
	switch letter {
	case 's':
		return runeSet{{'\t', '\n'}, {'\r', '\r'}, {' ', ' '}}, true
	case 'd':
		return tableSet(unicode.Nd), true
	case 'w':
		// Defined as everything but punctuation, separators and others.
		return union(tableSet(unicode.L), tableSet(unicode.M), tableSet(unicode.N),
			tableSet(unicode.S)), true
	case 'i':
		return nameStartSet, true
	case 'c':
		return nameCharSet, true
	case 'S', 'D', 'W', 'I', 'C':
		set, ok := escapeSet(unicode.ToLower(letter))
		return set.negate(), ok
	default:
		return nil, false
	}
}

// lineSet is what "." matches.
var lineSet = runeSet{{'\n', '\n'}, {'\r', '\r'}}.negate()
