package reconcile

import (
	"bytes"
	"cmp"
	"math"
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/archive"
)

// settle brings the runs into the order of time, joins what is one, and finds
// out what is missing. The order of the documents has no say in what comes
// out.
func (l *ledger) settle() {
	l.join()
	for i := range l.runs {
		l.conclude(&l.runs[i])
	}
	order := make([]uint32, 0, len(l.runs))
	for i := range l.runs {
		order = append(order, uint32(i))
	}
	slices.SortFunc(order, l.compareRuns)
	order = l.single(order)
	for _, i := range order {
		r := &l.runs[i]
		a := &l.agents[r.agent]
		if r.start == never {
			a.unplaced++
			a.undated++
			continue
		}
		a.runs = append(a.runs, i)
		for s := r.steps; s < r.to; s++ {
			if step := &l.steps[s]; step.kind&(imports|exports) != 0 {
				a.partitions[step.partition] = true
			}
		}
	}
	for i := range l.agents {
		a := &l.agents[i]
		if len(a.named) > 0 {
			a.name = a.named[0]
		}
		l.name(a)
		l.number(a)
	}
}

// join finds agents that are one: one without an id, because it was masked,
// and the only one of its name that has an id.
func (l *ledger) join() {
	owners := map[uint32][]uint32{} // by name, agents with an id
	for i := range l.agents {
		a := &l.agents[i]
		slices.SortFunc(a.named, func(x, y uint32) int { return strings.Compare(l.texts[x], l.texts[y]) })
		for _, name := range a.named {
			if a.known {
				owners[name] = append(owners[name], uint32(i))
			}
		}
	}
	for i := range l.agents {
		a := &l.agents[i]
		if a.known || len(a.named) != 1 {
			continue
		}
		switch of := owners[a.named[0]]; len(of) {
		case 0:
		case 1:
			a.same = of[0]
		default: // its runs belong to one of these
			for _, other := range of {
				l.agents[other].unplaced++
			}
		}
	}
	for i := range l.runs {
		l.runs[i].agent = l.agents[l.runs[i].agent].same
	}
	for i := range l.flows {
		l.flows[i].to = l.agents[l.flows[i].to].same
	}
}

// conclude orders the steps of a run, and finds out when it was and how it
// ended.
func (l *ledger) conclude(r *run) {
	steps := l.steps[r.steps:r.to]
	slices.SortStableFunc(steps, func(x, y step) int { return cmp.Compare(x.number, y.number) })
	r.start, r.end = never, never
	if len(steps) == 0 {
		return
	}
	last := &steps[len(steps)-1]
	r.start, r.finished = steps[0].start, last.end != never
	for i := range steps {
		r.finished = r.finished && steps[i].after == goes
		r.working = r.working || steps[i].after == works
	}
	if last.after != works {
		r.end = last.end
	}
}

// compareRuns is an order of time, and a total one.
func (l *ledger) compareRuns(i, j uint32) int {
	x, y := &l.runs[i], &l.runs[j]
	return cmp.Or(cmp.Compare(x.start, y.start), l.compareAgents(x.agent, y.agent), cmp.Compare(x.number, y.number),
		compareBool(x.working, y.working), cmp.Compare(y.to-y.steps, x.to-x.steps),
		strings.Compare(l.files[x.file], l.files[y.file]), cmp.Compare(x.line, y.line), strings.Compare(l.texts[x.path], l.texts[y.path]))
}

// compareAgents orders agents by name and id.
func (l *ledger) compareAgents(i, j uint32) int {
	x, y := &l.agents[i], &l.agents[j]
	return cmp.Or(strings.Compare(l.firstName(x), l.firstName(y)), bytes.Compare(x.id[:], y.id[:]))
}

func (l *ledger) firstName(a *agent) string {
	if len(a.named) == 0 {
		return ""
	}
	return l.texts[a.named[0]]
}

func compareBool(x, y bool) int {
	switch {
	case x == y:
		return 0
	case y:
		return -1
	}
	return 1
}

// single leaves out runs that are there again: copies, and earlier moments of
// a run that is there finished. The order puts the best one first.
func (l *ledger) single(order []uint32) []uint32 {
	kept := uint32(none)
	return slices.DeleteFunc(order, func(i uint32) bool {
		r := &l.runs[i]
		if kept != none && l.again(&l.runs[kept], r) {
			if r.working || l.runs[kept].working || l.equal(&l.runs[kept], r) {
				l.runs[kept].twin, r.twin = true, true
			}
			return true
		}
		kept = i
		return false
	})
}

// again tells whether two neighbours are one run.
func (l *ledger) again(x, y *run) bool {
	return x.numbered && y.numbered && x.start != never && x.start == y.start && x.agent == y.agent && x.number == y.number
}

// equal tells whether two runs have the same steps and counters.
func (l *ledger) equal(x, y *run) bool {
	if x.to-x.steps != y.to-y.steps || x.profile != y.profile {
		return false
	}
	for i := range x.to - x.steps {
		s, t := &l.steps[x.steps+i], &l.steps[y.steps+i]
		if s.number != t.number || s.start != t.start || s.end != t.end || s.result != t.result || s.errorsTo-s.errors != t.errorsTo-t.errors ||
			!slices.Equal(l.counts[s.counts:s.countsTo], l.counts[t.counts:t.countsTo]) {
			return false
		}
	}
	return true
}

// restart is where the numbers of an agent begin anew.
type restart struct {
	run    uint32
	before uint32 // the run before it
}

// gap is where numbers of an agent are missing: between two runs, or before the
// first run where before is none.
type gap struct {
	before, run uint32
}

const none = math.MaxUint32

// number looks at the numbers of the agent's runs: where they begin anew, and
// which are missing.
func (l *ledger) number(a *agent) {
	if len(a.runs) == 0 {
		return
	}
	type part struct{ from, to int }
	parts := []part{{0, 0}}
	for i := 1; i < len(a.runs); i++ {
		x, y := &l.runs[a.runs[i-1]], &l.runs[a.runs[i]]
		if x.numbered && y.numbered && y.number <= x.number {
			parts[len(parts)-1].to = i
			parts = append(parts, part{from: i})
		}
	}
	parts[len(parts)-1].to = len(a.runs)
	for i, p := range parts {
		if i == 0 {
			continue
		}
		first, before := &l.runs[a.runs[p.from]], &l.runs[a.runs[parts[i-1].from]]
		// A single run whose number others have passed has a wrong date.
		if first.number != 1 && p.to-p.from < 2 && first.number >= before.number || len(parts) > 1+len(a.runs)/2 {
			a.unplaced++ // nobody knows what is missing
			a.restarts = nil
			return
		}
		a.restarts = append(a.restarts, restart{a.runs[p.from], a.runs[p.from-1]})
	}
	for i, index := range a.runs {
		r := &l.runs[index]
		begins := i == 0 || len(a.restarts) > 0 && slices.ContainsFunc(a.restarts, func(s restart) bool { return s.run == index })
		switch {
		case !r.numbered:
			a.unplaced++
		case i == 0 && r.number != 1:
			a.gaps = append(a.gaps, gap{none, index})
		case i > 0 && begins && r.number != 1:
			a.gaps = append(a.gaps, gap{a.runs[i-1], index})
		case !begins && l.runs[a.runs[i-1]].numbered && r.number > l.runs[a.runs[i-1]].number+1:
			a.gaps = append(a.gaps, gap{a.runs[i-1], index})
		}
	}
}

// name finds the last name of the agent in time: agents are renamed.
func (l *ledger) name(a *agent) {
	for _, i := range slices.Backward(a.runs) {
		if l.runs[i].name != 0 {
			a.name = l.runs[i].name
			return
		}
	}
}

// missing returns the times when some agent may have had runs that are not
// there.
func (l *ledger) missing() archive.Spans {
	var all archive.Spans
	if l.full != "" {
		return archive.Spans{{From: math.MinInt64, To: math.MaxInt64}}
	}
	for i := range l.agents {
		a := &l.agents[i]
		if a.unplaced > 0 {
			return archive.Spans{{From: math.MinInt64, To: math.MaxInt64}}
		}
		for _, g := range a.gaps {
			from := int64(math.MinInt64)
			if g.before != none {
				from = l.runs[g.before].start
			}
			all = append(all, archive.Span{From: from, To: l.runs[g.run].start})
		}
		for j, index := range a.runs {
			r := &l.runs[index]
			if !r.working && !r.cut && r.end != never {
				continue
			}
			to := int64(math.MaxInt64)
			if j+1 < len(a.runs) {
				to = l.runs[a.runs[j+1]].start
			}
			all = append(all, archive.Span{From: r.start, To: to})
		}
	}
	return archive.Apart(all)
}
