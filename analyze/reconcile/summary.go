package reconcile

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/measure"
)

// Agent is what is known of a management agent.
type Agent struct {
	Name     string
	ID       string // "" where it is not known
	Runs     int
	First    int64     // start of its first run
	Last     int64     // and of its last one
	Undated  int       // runs without a date, which are not compared
	Objects  int64     // at its last full import, -1 where there is none
	Profiles []Profile // by name
}

// Profile is what is known of a run profile.
type Profile struct {
	Name string
	Runs int
	Last RunSummary
	// Success is the end of the last run that came to its end, 0 where there
	// is none.
	Success int64
}

// RunSummary is a run in short. Times are in milliseconds since 1970-01-01, 0 where
// they are not known.
type RunSummary struct {
	Number     uint32
	Start, End int64
	Result     string // of its last step
	Ended      bool   // all steps let the next one begin
	Working    bool
	Errors     uint64
	Counters   []Counter // above 0, over all steps, in the order of measures
}

// Counter is the value of a measure.
type Counter struct {
	Measure measure.Measure
	N       uint64
}

// summaries tell of each agent that has runs.
func (l *ledger) summaries() []Agent {
	var order []uint32
	for i := range l.agents {
		if a := &l.agents[i]; len(a.runs)+a.undated > 0 && a.same == uint32(i) {
			order = append(order, uint32(i))
		}
	}
	slices.SortFunc(order, func(i, j uint32) int {
		return cmp.Or(strings.Compare(l.texts[l.agents[i].name], l.texts[l.agents[j].name]), l.compareAgents(i, j))
	})
	var all []Agent
	for _, i := range order {
		all = append(all, l.summary(&l.agents[i]))
	}
	return all
}

func (l *ledger) summary(a *agent) Agent {
	s := Agent{Name: l.texts[a.name], Runs: len(a.runs), Undated: a.undated, Objects: -1}
	if a.known {
		s.ID = a.id.String()
	}
	at := map[uint32]int{}
	for _, index := range a.runs {
		r := &l.runs[index]
		i, ok := at[r.profile]
		if !ok {
			i = len(s.Profiles)
			at[r.profile] = i
			s.Profiles = append(s.Profiles, Profile{Name: l.texts[r.profile]})
		}
		p := &s.Profiles[i]
		p.Runs++
		p.Last = RunSummary{Number: index} // looked up below
		if r.finished {
			p.Success = max(p.Success, r.end)
		}
	}
	for i := range s.Profiles {
		p := &s.Profiles[i]
		p.Last = l.short(&l.runs[p.Last.Number])
	}
	slices.SortFunc(s.Profiles, func(x, y Profile) int { return strings.Compare(x.Name, y.Name) })
	if n := len(a.runs); n > 0 {
		s.First, s.Last = l.runs[a.runs[0]].start, l.runs[a.runs[n-1]].start
	}
	s.Objects = l.objects(a).at(len(a.runs))
	return s
}

// short sums a run up.
func (l *ledger) short(r *run) RunSummary {
	s := RunSummary{Number: r.number, Start: max(r.start, 0), End: max(r.end, 0), Ended: r.finished, Working: r.working}
	if r.to > r.steps {
		s.Result = l.texts[l.steps[r.to-1].result]
	}
	var sums [measure.Count]uint64
	for i := r.steps; i < r.to; i++ {
		for _, c := range l.counts[l.steps[i].counts:l.steps[i].countsTo] {
			sums[c.of] += uint64(c.n)
			if c.of.IsErrors() {
				sums[measure.Errors] += uint64(c.n)
			}
		}
	}
	s.Errors = sums[measure.Errors]
	for m, n := range sums {
		if n > 0 {
			s.Counters = append(s.Counters, Counter{measure.Measure(m), n})
		}
	}
	return s
}

// objects says how many objects an agent had after each of its full imports.
type objects struct {
	l     *ledger
	a     *agent
	done  int // runs that were looked at
	parts map[uint32]uint64
}

func (l *ledger) objects(a *agent) *objects { return &objects{l: l, a: a, parts: map[uint32]uint64{}} }

// at is the number of objects as of the first n runs of the agent, -1 where no
// full import came to its end; n may not fall from call to call.
func (o *objects) at(n int) int64 {
	for ; o.done < n; o.done++ {
		r := &o.l.runs[o.a.runs[o.done]]
		for i := r.steps; i < r.to; i++ {
			s := &o.l.steps[i]
			if !s.kind.is(imports|full) || s.kind.is(toFile) || s.after != goes && s.after != stops {
				continue
			}
			if s.after == stops && o.l.texts[s.result] != "completed-discovery-errors" {
				continue
			}
			sum := uint64(0)
			for _, c := range o.l.counts[s.counts:s.countsTo] {
				if c.of.Objects() {
					sum += uint64(c.n)
				}
			}
			o.parts[s.partition] = sum
		}
	}
	if len(o.parts) == 0 {
		return -1
	}
	sum := uint64(0)
	for _, n := range o.parts {
		sum += n
	}
	return int64(sum)
}
