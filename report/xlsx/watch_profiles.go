package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// profilesWatch keeps how the run profiles of the agents do, from the table of
// durations.
type profilesWatch struct {
	list []profile
	now  int64 // the start of the latest run
	left int   // profiles for which there was no room

	name, id, profile, outcome, start, success, since, gap, runs int
}

type profile struct {
	at                 place
	agent, key, name   string
	outcome            string
	start, success     int64
	started, succeeded bool
	since, gap, runs   int64
	regular            bool
}

func newProfilesWatch(t *tables.Table) *profilesWatch {
	c := columnsOf{t}
	return &profilesWatch{name: c.at("ma_name"), id: c.at("ma_id"), profile: c.at("run_profile"), outcome: c.at("last_outcome"),
		start: c.at("last_start", tables.Time), success: c.at("last_success", tables.Time), since: c.at("runs_since_success", tables.Int),
		gap: c.at("gap_median_ms", tables.Duration), runs: c.at("runs", tables.Int)}
}

func (w *profilesWatch) row(row []tables.Value, at place) {
	if len(w.list) >= maxPairs {
		w.left++
		return
	}
	p := profile{at: at, agent: keep(text(row, w.name), 60), name: keep(text(row, w.profile), 60), outcome: keep(text(row, w.outcome), 20),
		since: whole(row, w.since), runs: whole(row, w.runs)}
	p.key = strings.Clone(pairKey(agentKey(text(row, w.id), text(row, w.name)), text(row, w.profile)))
	p.start, p.started = given(row, w.start)
	p.success, p.succeeded = given(row, w.success)
	p.gap, p.regular = given(row, w.gap)
	if p.started {
		w.now = max(w.now, p.start)
	}
	w.list = append(w.list, p)
}

// A profile is stale when it has not succeeded for a day, and for three times
// the time that usually lies between its runs.
const staleGaps = 3

// stale is how long the profile has had no success, counted to the latest run
// of all; days is negative where none is known.
func (w *profilesWatch) stale(p *profile) (days float64, is bool) {
	if !p.succeeded {
		return -1, true
	}
	waited := w.now - p.success
	return float64(waited) / dayMillis, waited > dayMillis && (!p.regular || waited > staleGaps*p.gap)
}

// stales are the profiles without a recent success: those that failed last
// first, then the longest.
func (w *profilesWatch) stales() []*profile {
	var all []*profile
	for i := range w.list {
		if _, is := w.stale(&w.list[i]); is {
			all = append(all, &w.list[i])
		}
	}
	slices.SortStableFunc(all, func(x, y *profile) int {
		return cmp.Or(cmp.Compare(gravity(x.outcome), gravity(y.outcome)), compareBool(x.succeeded, y.succeeded), cmp.Compare(x.success, y.success),
			strings.Compare(x.agent, y.agent), strings.Compare(x.name, y.name))
	})
	return all
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

// ageingWatch adds up how errors age, by agent.
type ageingWatch struct {
	fresh, persistent, cleared int64
	agents                     map[string]*aged

	name, id, freshAt, persistentAt, clearedAt, days int
}

// aged is the open errors of an agent.
type aged struct {
	at    place // the row with the oldest
	agent string
	open  int64
	days  float64
}

func newAgeingWatch(t *tables.Table) *ageingWatch {
	c := columnsOf{t}
	return &ageingWatch{agents: map[string]*aged{}, name: c.at("ma_name"), id: c.at("ma_id"), freshAt: c.at("new", tables.Int),
		persistentAt: c.at("persistent", tables.Int), clearedAt: c.at("cleared", tables.Int), days: c.at("open_days_max", tables.Float)}
}

func (w *ageingWatch) row(row []tables.Value, at place) {
	fresh, persistent := whole(row, w.freshAt), whole(row, w.persistentAt)
	w.fresh += fresh
	w.persistent += persistent
	w.cleared += whole(row, w.clearedAt)
	if fresh+persistent == 0 {
		return
	}
	key := agentKey(text(row, w.id), text(row, w.name))
	a := w.agents[key]
	if a == nil {
		if len(w.agents) >= maxAgents {
			return
		}
		a = &aged{at: at, agent: keep(text(row, w.name), 60)}
		w.agents[strings.Clone(key)] = a
	}
	a.open += fresh + persistent
	if days, ok := fraction(row, w.days); ok && days > a.days {
		a.days, a.at = days, at
	}
}

// list is the agents with the oldest errors first.
func (w *ageingWatch) list() []*aged {
	var all []*aged
	for _, a := range w.agents {
		all = append(all, a)
	}
	slices.SortFunc(all, func(x, y *aged) int {
		return cmp.Or(cmp.Compare(y.days, x.days), cmp.Compare(y.open, x.open), strings.Compare(x.agent, y.agent), cmp.Compare(x.at.index, y.at.index))
	})
	return all
}
