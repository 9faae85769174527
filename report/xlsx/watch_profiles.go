package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// profilesWatch keeps how the run profiles of the agents do, from the table of
// durations.
type profilesWatch struct {
	list []profile
	now  attention.Instant // the start of the latest run

	name, id, profile, outcome, start, success, since, gap, runs, median, p95 int
}

type profile struct {
	attention.Profile
	at  place
	key string // of its runs
}

func newProfilesWatch(t *tables.Table) *profilesWatch {
	c := columnsOf{t}
	return &profilesWatch{name: c.at("ma_name"), id: c.at("ma_id"), profile: c.at("run_profile"), outcome: c.at("last_outcome"),
		start: c.at("last_start", tables.Time), success: c.at("last_success", tables.Time), since: c.at("runs_since_success", tables.Int),
		gap: c.at("gap_median_ms", tables.Duration), runs: c.at("runs", tables.Int), median: c.at("duration_median_ms", tables.Duration), p95: c.at("duration_p95_ms", tables.Duration)}
}

func (w *profilesWatch) row(row []tables.Value, at place) {
	if len(w.list) >= maxPairs {
		return
	}
	p := profile{at: at, Profile: attention.Profile{Agent: keep(text(row, w.name), 60), Name: keep(text(row, w.profile), 60), Since: whole(row, w.since), Runs: whole(row, w.runs),
		Success: instant(row, w.success), Gap: instant(row, w.gap), Median: instant(row, w.median), P95: instant(row, w.p95),
		Last: attention.Run{Start: instant(row, w.start), Outcome: keep(text(row, w.outcome), 20), Millis: -1}}}
	p.key = strings.Clone(pairKey(attention.AgentKey(text(row, w.id), text(row, w.name)), text(row, w.profile)))
	if p.Last.Start.After(w.now) {
		w.now = p.Last.Start
	}
	w.list = append(w.list, p)
}

// stales are the profiles without a recent success: those that failed last
// first, then the longest.
func (w *profilesWatch) stales() []*profile {
	var all []*profile
	for i := range w.list {
		if _, is := w.list[i].Stale(w.now); is {
			all = append(all, &w.list[i])
		}
	}
	slices.SortStableFunc(all, func(x, y *profile) int {
		return cmp.Or(cmp.Compare(attention.Grade(x.Last.Outcome, ""), attention.Grade(y.Last.Outcome, "")), -x.Success.Compare(y.Success), strings.Compare(x.Agent, y.Agent), strings.Compare(x.Name, y.Name))
	})
	return all
}
