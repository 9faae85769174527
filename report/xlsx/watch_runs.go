package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// runsWatch counts runs by agent, and keeps the last run of each agent and of
// each of its profiles.
type runsWatch struct {
	count, failed, warned int64
	errors                attention.Errors // as errorColumns has them
	first, last           int64            // start of runs
	dated                 bool
	agents                map[string]*agentRuns
	profiles              map[string]*profileRuns // by agent and profile
	lengths               int                     // of runs, in profiles

	name, id, profile, start, lasted, outcome, result, meaning int
	counts                                                     [4]int
}

var errorColumns = [4]string{"discovery_errors", "import_errors", "export_errors", "retry_errors"}

// agentRuns is what is known of an agent.
type agentRuns struct {
	name                         string
	runs, failed, errors, millis int64
	last                         lastRun
}

// lastRun is the latest run of its kind.
type lastRun struct {
	attention.Run
	at             place
	agent, profile string
}

// profileRuns are the runs of a profile.
type profileRuns struct {
	last   lastRun
	before []int64 // how long the others took
}

func newRunsWatch(t *tables.Table) *runsWatch {
	c := columnsOf{t}
	w := &runsWatch{agents: map[string]*agentRuns{}, profiles: map[string]*profileRuns{}, name: c.at("ma_name"), id: c.at("ma_id"), profile: c.at("run_profile"),
		start: c.at("start", tables.Time), lasted: c.at("duration_ms", tables.Duration), outcome: c.at("outcome"), result: c.at("result"),
		meaning: c.at("result_meaning")}
	for i, name := range errorColumns {
		w.counts[i] = c.at(name, tables.Int)
	}
	return w
}

func (w *runsWatch) row(row []tables.Value, at place) {
	w.count++
	outcome := text(row, w.outcome)
	switch outcome {
	case "error":
		w.failed++
	case "warning":
		w.warned++
	}
	start, dated := given(row, w.start)
	if dated {
		if !w.dated || start < w.first {
			w.first = start
		}
		if !w.dated || start > w.last {
			w.last = start
		}
		w.dated = true
	}
	key := attention.AgentKey(text(row, w.id), text(row, w.name))
	a := w.agents[key]
	if a == nil {
		a = &agentRuns{last: lastRun{at: at}}
		if len(w.agents) < maxAgents {
			w.agents[strings.Clone(key)] = a
		}
	}
	a.runs++
	if outcome == "error" {
		a.failed++
	}
	for i, column := range w.counts {
		n := whole(row, column)
		w.errors[i] += n
		a.errors += n
	}
	a.millis += max(0, whole(row, w.lasted))
	run := w.read(row, at)
	if a.runs == 1 || newer(&a.last, &run) {
		a.last, a.name = run, run.agent
	}
	key = pairKey(key, text(row, w.profile))
	p := w.profiles[key]
	switch {
	case p == nil && len(w.profiles) < maxPairs:
		w.profiles[key] = &profileRuns{last: run}
	case p != nil:
		w.add(p, run)
	}
}

// add adds a run to those of its profile.
func (w *runsWatch) add(p *profileRuns, run lastRun) {
	earlier := run.Millis
	if newer(&p.last, &run) {
		earlier, p.last = p.last.Millis, run
	}
	if earlier >= 0 && w.lengths < maxLengths {
		p.before = append(p.before, earlier)
		w.lengths++
	}
}

// newer tells whether a run is later than the one that is known; of those
// without a date, the one that comes later.
func newer(known, run *lastRun) bool {
	if !run.Start.Known || !known.Start.Known {
		return run.Start.Known || !known.Start.Known
	}
	return run.Start.Millis >= known.Start.Millis
}

func (w *runsWatch) read(row []tables.Value, at place) lastRun {
	run := lastRun{at: at, agent: keep(text(row, w.name), 60), profile: keep(text(row, w.profile), 60)}
	run.Run = attention.Run{Start: instant(row, w.start), Outcome: keep(text(row, w.outcome), 20), Result: keep(text(row, w.result), 60),
		Meaning: keep(text(row, w.meaning), 200), Millis: -1}
	if lasted, ok := given(row, w.lasted); ok && lasted >= 0 {
		run.Millis = lasted
	}
	for i, column := range w.counts {
		run.Errors[i] = whole(row, column)
	}
	return run
}

// lasts is the run profiles, in the order of the rows of their last runs.
func (w *runsWatch) lasts() []*profileRuns {
	var all []*profileRuns
	for _, p := range w.profiles {
		all = append(all, p)
	}
	slices.SortFunc(all, func(x, y *profileRuns) int { return cmp.Compare(x.last.at.index, y.last.at.index) })
	return all
}

// list is the agents, those first that need attention.
func (w *runsWatch) list() []*agentRuns {
	var all []*agentRuns
	for _, a := range w.agents {
		all = append(all, a)
	}
	slices.SortFunc(all, func(x, y *agentRuns) int {
		return cmp.Or(cmp.Compare(attention.Grade(x.last.Outcome, x.last.Result), attention.Grade(y.last.Outcome, y.last.Result)), cmp.Compare(y.failed, x.failed), cmp.Compare(y.errors, x.errors),
			strings.Compare(x.name, y.name), cmp.Compare(x.last.at.index, y.last.at.index))
	})
	return all
}

// kindCount is a kind or type with how often it was met.
type kindCount struct {
	kind, name, meaning string
	count               int64
	agents              int64
	order               int
}
