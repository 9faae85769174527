package diff

import (
	"slices"
	"strings"

	rd "github.com/runhist/runhist/schemas/rundetails"
)

// runPair is two runs that are compared.
type runPair struct {
	a, b  *surveyed
	steps []stepPair
	// onlyA and onlyB are steps without a partner.
	onlyA, onlyB []*surveyedStep
}

// stepPair is two steps that are compared.
type stepPair struct {
	a, b  *surveyedStep
	match [lists][]int // of the records of a: the index of the partner, or -1
}

// pairRuns pairs the runs: those of one agent and profile in their order. A
// run that one side lacks is found where its neighbours are the same.
func (c *comparison) pairRuns() []runPair {
	if len(c.runsA) == 1 && len(c.runsB) == 1 {
		return []runPair{{a: &c.runsA[0], b: &c.runsB[0]}}
	}
	agents := c.pairAgents()
	type group struct {
		agent   int
		profile string
	}
	gather := func(runs []surveyed, agentOf func(*rd.Run) int) (map[group][]*surveyed, []group) {
		groups, order := map[group][]*surveyed{}, []group(nil)
		for i := range runs {
			g := group{agentOf(runs[i].run), runs[i].run.ProfileName.Value}
			if groups[g] == nil {
				order = append(order, g)
			}
			groups[g] = append(groups[g], &runs[i])
		}
		return groups, order
	}
	inA, order := gather(c.runsA, func(r *rd.Run) int { return agents.ofA(r) })
	inB, _ := gather(c.runsB, func(r *rd.Run) int { return agents.ofB(r) })
	var pairs []runPair
	for _, g := range order {
		pairs = append(pairs, alignRuns(inA[g], inB[g])...)
	}
	slices.SortFunc(pairs, func(x, y runPair) int { return x.a.index - y.a.index })
	return pairs
}

// alignRuns pairs the runs of one agent and profile.
func alignRuns(a, b []*surveyed) []runPair {
	slices.SortStableFunc(a, byTime)
	slices.SortStableFunc(b, byTime)
	match := make([]int, len(a))
	for i := range match {
		match[i] = -1
	}
	hashes := func(list []*surveyed, hash func(*surveyed) uint64) []uint64 {
		all := make([]uint64, len(list))
		for i, s := range list {
			all[i] = hash(s)
		}
		return all
	}
	if len(a) != len(b) { // else each has its partner
		for _, hash := range []func(*surveyed) uint64{
			func(s *surveyed) uint64 { return s.all },
			func(s *surveyed) uint64 { return s.run.Number.N },
			func(s *surveyed) uint64 { return s.shape },
		} {
			align(hashes(a, hash), hashes(b, hash), match)
		}
	}
	fill(match, len(b))
	var pairs []runPair
	for i, j := range match {
		if j >= 0 {
			pairs = append(pairs, runPair{a: a[i], b: b[j]})
		}
	}
	return pairs
}

// agentPairs numbers agents so that those of A and B that belong together have
// the same number.
type agentPairs struct {
	ids   map[rd.ID]int
	names map[string]int // in lower case, as in B
	of    *comparison
	n     int
}

// pairAgents pairs agents by GUID where both sides have it, else by name. A run
// whose GUID the other side lacks belongs to the agent of its name, also when
// other runs of that have a GUID that both sides know.
func (c *comparison) pairAgents() *agentPairs {
	p := &agentPairs{ids: map[rd.ID]int{}, names: map[string]int{}, of: c, n: 1}
	seen := map[rd.ID]string{} // the name of an agent of A, as in B
	for i := range c.runsA {
		r := c.runsA[i].run
		if _, known := seen[r.MAID.ID]; r.MAID.Valid && !r.MAID.ID.Masked() && !known {
			seen[r.MAID.ID] = c.a.names.apply(Agent, r.MAName.Value)
		}
	}
	for i := range c.runsB {
		r := c.runsB[i].run
		name, shared := seen[r.MAID.ID]
		if _, known := p.ids[r.MAID.ID]; !r.MAID.Valid || !shared || known {
			continue
		}
		p.ids[r.MAID.ID] = p.n
		for _, name := range []string{strings.ToLower(name), strings.ToLower(r.MAName.Value)} {
			if _, taken := p.names[name]; !taken && name != "" {
				p.names[name] = p.n
			}
		}
		p.n++
	}
	return p
}

func (p *agentPairs) ofA(r *rd.Run) int {
	return p.number(r, p.of.a.names.apply(Agent, r.MAName.Value))
}
func (p *agentPairs) ofB(r *rd.Run) int { return p.number(r, r.MAName.Value) }

func (p *agentPairs) number(r *rd.Run, name string) int {
	if r.MAID.Valid {
		if n, ok := p.ids[r.MAID.ID]; ok {
			return n
		}
	}
	name = strings.ToLower(name)
	n, ok := p.names[name]
	if !ok {
		n = p.n
		p.names[name] = n
		p.n++
	}
	return n
}
