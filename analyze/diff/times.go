package diff

import (
	"cmp"
	"math"
	"slices"
)

// clock is how the instants of A become those of B. First every two instants
// at paired places are noted; then it is settled which of them belong to the
// most that can stand together.
type clock struct {
	Times
	ratio  float64 // Options.DurationRatio
	starts []instants
	noted  []instants
	kept   map[int64]int64   // of A: the one in B that stands for it
	either map[instants]bool // with loose: which stand for each other
	clean  bool              // all noted ones are kept
	past   int64             // before the first run of either side
}

type instants struct{ a, b int64 }

// slack is how much a duration may differ that is too short for a ratio to
// mean something, in milliseconds.
const slack = 1000

func (c *clock) note(a, b int64) { c.noted = append(c.noted, instants{a, b}) }

// duration notes how long a step took on both sides.
func (c *clock) duration(a, b int64) {
	if a <= slack || b <= slack {
		return
	}
	ratio := float64(b) / float64(a)
	if c.Longest == 0 {
		c.Shortest, c.Longest = ratio, ratio
	}
	c.Shortest, c.Longest = min(c.Shortest, ratio), max(c.Longest, ratio)
}

// settle decides which instants are kept.
func (c *clock) settle() {
	c.Compared = len(c.noted)
	if len(c.starts) > 0 {
		first := slices.MinFunc(c.starts, func(x, y instants) int { return cmp.Compare(x.a, y.a) })
		c.Offset = first.b - first.a
		c.past = min(first.a, slices.MinFunc(c.starts, func(x, y instants) int { return cmp.Compare(x.b, y.b) }).b)
	}
	groups, pairs := c.group(), c.noted
	c.noted = nil
	if c.ratio == 1 {
		c.Offset, c.Shift = majority(c.starts, groups), true
	} else if c.ratio == 0 {
		c.Shift = c.shifted(groups) && !(c.Loose && slices.ContainsFunc(groups, func(g instantGroup) bool { return g.mixed }))
	}
	if c.Shift {
		c.clean = !slices.ContainsFunc(groups, func(g instantGroup) bool { return g.mixed || !c.same(g.instants, nil) })
		return
	}
	if c.Loose {
		c.settleLoosely(pairs)
		return
	}
	values, weights := make([]int64, len(groups)), make([]int, len(groups))
	for i, g := range groups {
		values[i], weights[i] = g.b, g.n
	}
	kept := rising(values, weights)
	c.kept = make(map[int64]int64, len(groups))
	c.clean = c.ratio == 0
	for i, g := range groups {
		if kept[i] {
			c.kept[g.a] = g.b
		}
		c.clean = c.clean && kept[i] && !g.mixed
	}
}

// settleLoosely keeps the most pairs of instants of which none runs against
// another. They are sorted by A, then by B.
func (c *clock) settleLoosely(noted []instants) {
	pairs, weights := []instants{}, []int{}
	for _, x := range noted {
		if last := len(pairs) - 1; last >= 0 && pairs[last] == x {
			weights[last]++
			continue
		}
		pairs, weights = append(pairs, x), append(weights, 1)
	}
	byB := make([]int, len(pairs))
	for i := range byB {
		byB[i] = i
	}
	slices.SortStableFunc(byB, func(i, j int) int { return cmp.Compare(pairs[i].b, pairs[j].b) })
	ranks := make([]int, len(pairs)) // those of B, where what comes first in A is before what coincides with it in B
	for rank, i := range byB {
		ranks[i] = rank
	}
	c.either, c.clean = make(map[instants]bool, len(pairs)), c.ratio == 0
	for i, kept := range rising(ranks, weights) {
		if kept {
			c.either[pairs[i]] = true
		}
		c.clean = c.clean && kept
	}
}

// instantGroup is an instant of A and the one that it becomes in B most often.
type instantGroup struct {
	instants
	n     int  // how often
	mixed bool // it becomes others too
}

// group sorts the noted instants into groups.
func (c *clock) group() []instantGroup {
	slices.SortFunc(c.noted, func(x, y instants) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) })
	var groups []instantGroup
	for i := 0; i < len(c.noted); {
		to := i
		for to < len(c.noted) && c.noted[to] == c.noted[i] {
			to++
		}
		g := instantGroup{instants: c.noted[i], n: to - i}
		if last := len(groups) - 1; last >= 0 && groups[last].a == g.a {
			more := g.n > groups[last].n || g.n == groups[last].n && g.b-g.a == c.Offset
			if more {
				groups[last] = g
			}
			groups[last].mixed = true
		} else {
			groups = append(groups, g)
		}
		i = to
	}
	return groups
}

// majority is the offset that most instants have; of the starts of runs, where
// there are any.
func majority(starts []instants, groups []instantGroup) int64 {
	counts, best, most := map[int64]int{}, int64(0), 0
	add := func(offset int64, n int) {
		if counts[offset] += n; counts[offset] > most {
			best, most = offset, counts[offset]
		}
	}
	for _, s := range starts {
		add(s.b-s.a, 1)
	}
	if len(starts) == 0 {
		for _, g := range groups {
			add(g.b-g.a, g.n)
		}
	}
	return best
}

// shifted tells whether B looks like A at another time: all runs began later by
// the offset, and so did nine tenths of all that happened.
func (c *clock) shifted(groups []instantGroup) bool {
	for _, s := range c.starts {
		if s.b-s.a != c.Offset {
			return false
		}
	}
	at := 0
	for _, g := range groups {
		if g.b-g.a == c.Offset {
			at++
		}
	}
	return len(c.starts) > 0 && at*10 >= len(groups)*9
}

// same tells whether two instants stand for each other. The zero point of both
// is what their duration counts from. What was before all runs may have been at
// the same time for both sides: an old error that came back on another day.
func (c *clock) same(x instants, zero *instants) bool {
	if c.Shift {
		return x.b-x.a == c.Offset || c.ratio == 0 && x.a == x.b && x.a < c.past
	}
	if c.Loose {
		return c.either[x] && c.within(x, zero)
	}
	to, ok := c.kept[x.a]
	return ok && to == x.b && c.within(x, zero)
}

// within tells whether the time since the zero point changed by no more than
// the ratio.
func (c *clock) within(x instants, zero *instants) bool {
	if c.ratio == 0 || zero == nil {
		return true
	}
	a, b := math.Abs(float64(x.a-zero.a)), math.Abs(float64(x.b-zero.b))
	return a <= b*c.ratio+slack && b <= a*c.ratio+slack
}

// why says why two instants do not stand for each other.
func (c *clock) why(x instants, zero *instants) string {
	if c.Shift {
		return "the offset is " + formatOffset(x.b-x.a) + ", elsewhere " + formatOffset(c.Offset)
	}
	to, ok := c.kept[x.a]
	if c.Loose {
		to, ok = x.b, c.either[x]
	}
	switch {
	case !ok:
		return "it is in another order with other instants"
	case to != x.b:
		return "it coincides with other instants on one side only"
	case !c.within(x, zero):
		return "the duration changed by more than the ratio that is allowed"
	}
	return ""
}
