package xlsx

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// runsWatch counts runs by agent, and keeps the last run of each agent and of
// each of its profiles.
type runsWatch struct {
	count, failed, warned int64
	errors                [4]int64 // as errorColumns has them
	first, last           int64    // start of runs
	dated                 bool
	agents                map[string]*agentRuns
	profiles              map[string]*lastRun // by agent and profile

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
	at                       place
	start                    int64
	dated                    bool
	agent, profile           string
	outcome, result, meaning string
}

func newRunsWatch(t *tables.Table) *runsWatch {
	c := columnsOf{t}
	w := &runsWatch{agents: map[string]*agentRuns{}, profiles: map[string]*lastRun{}, name: c.at("ma_name"), id: c.at("ma_id"), profile: c.at("run_profile"),
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
	key := agentKey(text(row, w.id), text(row, w.name))
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
	if a.runs == 1 || newer(&a.last, start, dated) {
		w.take(&a.last, row, at)
		a.name = a.last.agent
	}
	key = pairKey(key, text(row, w.profile))
	p := w.profiles[key]
	if p == nil && len(w.profiles) < maxPairs {
		p = &lastRun{}
		w.profiles[key] = p
		w.take(p, row, at)
	} else if p != nil && newer(p, start, dated) {
		w.take(p, row, at)
	}
}

// newer tells whether a run that began then is later than the one that is
// known; of those without a date, the one that comes later.
func newer(known *lastRun, start int64, dated bool) bool {
	if !dated || !known.dated {
		return dated || !known.dated
	}
	return start >= known.start
}

func (w *runsWatch) take(to *lastRun, row []tables.Value, at place) {
	start, dated := given(row, w.start)
	*to = lastRun{at: at, start: start, dated: dated, agent: keep(text(row, w.name), 60), profile: keep(text(row, w.profile), 60),
		outcome: keep(text(row, w.outcome), 20), result: keep(text(row, w.result), 60), meaning: keep(text(row, w.meaning), 200)}
}

// list is the agents, those first that need attention.
func (w *runsWatch) list() []*agentRuns {
	var all []*agentRuns
	for _, a := range w.agents {
		all = append(all, a)
	}
	slices.SortFunc(all, func(x, y *agentRuns) int {
		return cmp.Or(cmp.Compare(gravity(x.last.outcome), gravity(y.last.outcome)), cmp.Compare(y.failed, x.failed), cmp.Compare(y.errors, x.errors),
			strings.Compare(x.name, y.name), cmp.Compare(x.last.at.index, y.last.at.index))
	})
	return all
}

// gravity orders outcomes, the worst first.
func gravity(outcome string) int {
	switch outcome {
	case "error":
		return 0
	case "warning":
		return 1
	case "running":
		return 2
	case "success":
		return 3
	}
	return 4
}

// kindCount is a kind or type with how often it was met.
type kindCount struct {
	kind, name, meaning string
	count               int64
	agents              int64
	order               int
}
