package reconcile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/schemas/wording"
)

// day is a day in milliseconds.
const day = int64(24 * time.Hour / time.Millisecond)

// runsMissing tells the numbers that are missing between runs of an agent.
func (c *checker) runsMissing() {
	for i := range c.agents {
		a := &c.agents[i]
		if a.unplaced > 0 {
			continue // they may be the missing ones
		}
		var stretches [][2]uint32
		var last *gap
		count := uint64(0)
		for j := range a.gaps {
			g := &a.gaps[j]
			if g.before == none || c.runs[g.run].number <= c.runs[g.before].number {
				continue // before the first run, or where the numbers begin anew
			}
			from, to := c.runs[g.before].number+1, c.runs[g.run].number-1
			stretches = append(stretches, [2]uint32{from, to})
			count += uint64(to-from) + 1
			last = g
		}
		if last == nil {
			continue
		}
		verb := "are"
		if count == 1 {
			verb = "is"
		}
		f := c.report(&c.runs[last.run], nil, "", "%s of the agent %s not in the archive: %s (the last between %s and %s)",
			wording.Counted(count, "run"), verb, numbers(stretches), wording.At(c.runs[last.before].start), wording.At(c.runs[last.run].start))
		f.Count, f.Profile = int(count), ""
	}
}

// numbersRestart tells where the numbers of an agent begin anew.
func (c *checker) numbersRestart() {
	for i := range c.agents {
		for _, s := range c.agents[i].restarts {
			r, before := &c.runs[s.run], &c.runs[s.before]
			f := c.report(r, nil, fmt.Sprint(r.start), "the numbers of the agent begin anew with this run (%d), after run %d of %s", r.number, before.number, wording.At(before.start))
			f.Profile = ""
		}
	}
}

// parallelSync looks for synchronizations of two agents at the same time.
func (c *checker) parallelSync() {
	type pair struct{ one, other uint32 }
	type times struct {
		count int
		last  uint32 // step
		with  uint32
	}
	found := map[pair]*times{}
	var order []pair
	var open []uint32
	for _, i := range c.byStart(func(_ *run, s *step) bool { return s.kind.is(syncs) && s.end > s.start }) {
		s := &c.steps[i]
		open = slices.DeleteFunc(open, func(j uint32) bool { return c.steps[j].end <= s.start })
		for _, j := range open {
			mine, other := c.runs[s.run].agent, c.runs[c.steps[j].run].agent
			if mine == other {
				continue
			}
			p := pair{mine, other}
			if c.compareAgents(mine, other) > 0 {
				p = pair{other, mine}
			}
			if found[p] == nil {
				found[p] = &times{}
				order = append(order, p)
			}
			found[p].count++
			found[p].last, found[p].with = i, j
		}
		open = append(open, i)
	}
	for _, p := range order {
		t := found[p]
		s, with := &c.steps[t.last], &c.steps[t.with]
		often := "once"
		if t.count > 1 {
			often = wording.Digits(t.count) + " times"
		}
		other := &c.runs[with.run]
		f := c.report(&c.runs[s.run], s, c.agentKey(p.one)+"|"+c.agentKey(p.other), "the synchronization began %s before that of %s ended (run %d); the two agents synchronized at the same time %s",
			wording.Lasting(with.end-s.start), quoted(c.texts[c.agents[other.agent].name]), other.number, often)
		f.Count = t.count
	}
}

// enough is how many runs of a profile tell what is usual.
const enough = 10

// silence looks for the longest pause of each profile that runs regularly.
func (c *checker) silence() {
	for i := range c.agents {
		a := &c.agents[i]
		last := map[uint32]uint32{}
		pauses := map[uint32][]pause{}
		var order []uint32
		for _, index := range a.runs {
			r := &c.runs[index]
			if before, ok := last[r.profile]; ok {
				if pauses[r.profile] == nil {
					order = append(order, r.profile)
				}
				pauses[r.profile] = append(pauses[r.profile], pause{before, index, c.runs[index].start - c.runs[before].start})
			}
			last[r.profile] = index
		}
		slices.SortFunc(order, func(x, y uint32) int { return strings.Compare(c.texts[x], c.texts[y]) })
		for _, p := range order {
			c.longest(a, pauses[p])
		}
	}
}

// pause is the time between two runs of a profile.
type pause struct {
	before, run uint32
	length      int64
}

func (c *checker) longest(a *agent, list []pause) {
	if len(list) < enough {
		return
	}
	slices.SortStableFunc(list, func(x, y pause) int { return cmp.Compare(y.length, x.length) })
	first, second := list[0], list[1]
	if first.length < day || first.length < 3*second.length {
		return
	}
	from, to := c.runs[first.before].start, c.runs[first.run].start
	if slices.ContainsFunc(a.gaps, func(g gap) bool {
		return g.before != none && c.runs[g.before].start < to && c.runs[g.run].start > from
	}) {
		return // runs are missing there: that is told already
	}
	c.report(&c.runs[first.run], nil, c.texts[c.runs[first.run].profile], "the profile did not run for %s (from %s on); its next longest pause is %s",
		wording.Lasting(first.length), wording.At(from), wording.Lasting(second.length))
}

// noSuccess looks for agents without recent success.
func (c *checker) noSuccess() {
	if c.options.Now == 0 || !c.options.Recent {
		return
	}
	for i := range c.agents {
		a := &c.agents[i]
		if len(a.runs) == 0 {
			continue
		}
		var ends []int64
		for _, index := range a.runs {
			if r := &c.runs[index]; r.finished {
				ends = append(ends, r.end)
			}
		}
		last := &c.runs[a.runs[len(a.runs)-1]]
		if last.working {
			continue
		}
		if len(ends) == 0 {
			f := c.report(last, nil, "", "none of the agent's %s came to its end", wording.Counted(len(a.runs), "run"))
			f.Profile = ""
			continue
		}
		slices.Sort(ends)
		usual := int64(0) // the longest time between two successes
		for j := 1; j < len(ends); j++ {
			usual = max(usual, ends[j]-ends[j-1])
		}
		age := c.options.Now - ends[len(ends)-1]
		if len(ends) < 3 {
			usual = 7 * day // too few to tell
		}
		if age > max(3*usual, day) {
			f := c.report(last, nil, "", "the last run of the agent that came to its end is %s old (%s)", wording.Lasting(age), wording.At(ends[len(ends)-1]))
			f.Profile = ""
		}
	}
}
