package diff

import (
	"cmp"
	"slices"
)

// align pairs two lists whose order counts: it fills match, which has for each
// of a the index of its partner in b, or -1. What is paired already stays; in
// the gaps between, equal hashes are paired so that no two pairs cross. It
// takes n log n steps: equal beginnings and ends, then hashes that occur once
// on each side, as many of them as do not cross.
func align(a, b []uint64, match []int) {
	gaps(match, len(b), func(fromA, toA, fromB, toB int) {
		alignGap(a, b, match, fromA, toA, fromB, toB)
		// Between the anchors repeated hashes have equal beginnings and ends.
		gapsIn(match, fromA, toA, fromB, toB, func(fromA, toA, fromB, toB int) {
			trim(a, b, match, fromA, toA, fromB, toB)
		})
	})
}

// fill pairs what is left of two lists by position, gap by gap.
func fill(match []int, b int) {
	gaps(match, b, func(fromA, toA, fromB, toB int) {
		for i := 0; fromA+i < toA && fromB+i < toB; i++ {
			match[fromA+i] = fromB + i
		}
	})
}

// gaps visits the stretches between pairs.
func gaps(match []int, b int, visit func(fromA, toA, fromB, toB int)) {
	gapsIn(match, 0, len(match), 0, b, visit)
}

func gapsIn(match []int, fromA, toA, fromB, toB int, visit func(fromA, toA, fromB, toB int)) {
	start, at := fromA, fromB
	for i := fromA; i < toA; i++ {
		to := match[i]
		if to < 0 {
			continue
		}
		if start < i && at < to {
			visit(start, i, at, to)
		}
		start, at = i+1, to+1
	}
	if start < toA && at < toB {
		visit(start, toA, at, toB)
	}
}

// trim pairs equal beginnings and ends.
func trim(a, b []uint64, match []int, fromA, toA, fromB, toB int) (int, int, int, int) {
	for fromA < toA && fromB < toB && a[fromA] == b[fromB] {
		match[fromA] = fromB
		fromA, fromB = fromA+1, fromB+1
	}
	for fromA < toA && fromB < toB && a[toA-1] == b[toB-1] {
		toA, toB = toA-1, toB-1
		match[toA] = toB
	}
	return fromA, toA, fromB, toB
}

func alignGap(a, b []uint64, match []int, fromA, toA, fromB, toB int) {
	fromA, toA, fromB, toB = trim(a, b, match, fromA, toA, fromB, toB)
	if fromA == toA || fromB == toB {
		return
	}
	const twice = -1
	once := make(map[uint64]int, toB-fromB)
	for i := fromB; i < toB; i++ {
		if _, seen := once[b[i]]; seen {
			once[b[i]] = twice
		} else {
			once[b[i]] = i
		}
	}
	first := make(map[uint64]int, toA-fromA)
	for i := fromA; i < toA; i++ {
		if _, seen := first[a[i]]; seen {
			first[a[i]] = twice
		} else {
			first[a[i]] = i
		}
	}
	var froms, tos []int
	for i := fromA; i < toA; i++ {
		if j, ok := once[a[i]]; ok && j != twice && first[a[i]] != twice {
			froms, tos = append(froms, i), append(tos, j)
		}
	}
	for k, kept := range rising(tos, nil) {
		if kept {
			match[froms[k]] = tos[k]
		}
	}
}

// rising chooses the heaviest sequence of strictly rising values, the earliest
// of several; without weights all are 1. It takes n log n steps.
func rising[V cmp.Ordered](values []V, weights []int) []bool {
	ranks := slices.Clone(values)
	slices.Sort(ranks)
	ranks = slices.Compact(ranks)
	best := make([]int, len(ranks)+1) // Fenwick tree over ranks: the element that ends the heaviest sequence, plus 1
	total := make([]int, len(values))
	before := make([]int, len(values))
	last := -1
	for i, v := range values {
		rank, _ := slices.BinarySearch(ranks, v)
		before[i] = -1
		for r := rank; r > 0; r -= r & -r {
			if e := best[r] - 1; e >= 0 && (before[i] < 0 || total[e] > total[before[i]]) {
				before[i] = e
			}
		}
		total[i] = 1
		if weights != nil {
			total[i] = weights[i]
		}
		if before[i] >= 0 {
			total[i] += total[before[i]]
		}
		for r := rank + 1; r < len(best); r += r & -r {
			if e := best[r] - 1; e < 0 || total[i] > total[e] {
				best[r] = i + 1
			}
		}
		if last < 0 || total[i] > total[last] {
			last = i
		}
	}
	kept := make([]bool, len(values))
	for ; last >= 0; last = before[last] {
		kept[last] = true
	}
	return kept
}
