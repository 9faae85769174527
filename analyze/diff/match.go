package diff

import (
	"cmp"
	"slices"
)

// matchSet pairs two lists of units whose order does not count. It returns for
// each of a the index of its partner in b, or -1. Equal units are paired first,
// then those that are equal but for what may differ, then those with equal
// keys, the best key first. Among several that fit equally well the order of
// their instants and then that of the document decides. The time is linear but
// for sorting, whatever is repeated.
func (c *comparison) matchSet(inA, inB *side, a, b []unit) []int {
	m := matching{c: c, inA: inA, inB: inB, a: a, b: b, match: make([]int, len(a))}
	for i := range m.match {
		m.match[i] = -1
		switch {
		case a[i].ignored:
		case i >= len(b) || a[i].full != b[i].full:
			m.leftA = append(m.leftA, int32(i))
		default:
			m.match[i] = i
		}
	}
	for i := range b {
		if !b[i].ignored && (i >= len(a) || m.match[i] != i) {
			m.leftB = append(m.leftB, int32(i))
		}
	}
	m.level(func(_ *side, u *unit) uint64 { return u.full })
	if m.level(func(_ *side, u *unit) uint64 { return u.timed }) {
		return m.match
	}
	m.sort()
	m.level(func(_ *side, u *unit) uint64 { return u.content })
	for k := range len(unit{}.keys) {
		m.level(func(_ *side, u *unit) uint64 { return u.keys[k] })
	}
	return m.match
}

type matching struct {
	c            *comparison
	inA, inB     *side
	a, b         []unit
	match        []int
	leftA, leftB []int32
}

// level pairs what has equal hashes, and tells whether nothing is left on one
// side. Where several have the same hash and GUIDs in them, what these GUIDs
// name elsewhere tells them apart first.
func (m *matching) level(hash func(*side, *unit) uint64) (done bool) {
	if len(m.leftA) == 0 || len(m.leftB) == 0 {
		return true
	}
	if m.ambiguous(hash) {
		m.c.sign()
		m.join(func(s *side, u *unit) uint64 {
			if h := hash(s, u); h != 0 {
				return mix(h, s.signature(u))
			}
			return 0
		})
	}
	m.join(hash)
	return len(m.leftA) == 0 || len(m.leftB) == 0
}

// ambiguous tells whether some hash occurs twice among units with GUIDs.
func (m *matching) ambiguous(hash func(*side, *unit) uint64) bool {
	seen := make(map[uint64]bool, len(m.leftA))
	for _, i := range m.leftA {
		u := &m.a[i]
		h := hash(m.inA, u)
		if h != 0 && u.ids < u.idsTo {
			if seen[h] {
				return true
			}
			seen[h] = true
		}
	}
	return false
}

// join pairs the first of a with the first of b that has the same hash.
func (m *matching) join(hash func(*side, *unit) uint64) {
	heads, next := make(map[uint64]int32, len(m.leftB)), make([]int32, len(m.leftB))
	for k := len(m.leftB) - 1; k >= 0; k-- {
		h := hash(m.inB, &m.b[m.leftB[k]])
		if h == 0 {
			continue
		}
		next[k] = -1
		if head, ok := heads[h]; ok {
			next[k] = head
		}
		heads[h] = int32(k)
	}
	taken := make([]bool, len(m.leftB))
	left := m.leftA[:0]
	for _, i := range m.leftA {
		h := hash(m.inA, &m.a[i])
		k, ok := heads[h]
		if h == 0 || !ok || k < 0 {
			left = append(left, i)
			continue
		}
		m.match[i] = int(m.leftB[k])
		taken[k] = true
		heads[h] = next[k]
	}
	m.leftA = left
	rest := m.leftB[:0]
	for k, i := range m.leftB {
		if !taken[k] {
			rest = append(rest, i)
		}
	}
	m.leftB = rest
}

// sort orders what is left by its instants.
func (m *matching) sort() {
	byTime := func(s *side, list []unit) func(i, j int32) int {
		return func(i, j int32) int {
			x, y := &list[i], &list[j]
			return cmp.Or(slices.Compare(s.instants[x.times:x.timesTo], s.instants[y.times:y.timesTo]), cmp.Compare(i, j))
		}
	}
	slices.SortFunc(m.leftA, byTime(m.inA, m.a))
	slices.SortFunc(m.leftB, byTime(m.inB, m.b))
}
