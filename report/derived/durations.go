package derived

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
)

const (
	maxRuns     = 1 << 20
	maxProfiles = 1 << 14
)

// durations remembers when each run was and how long it took: 32 bytes.
type durations struct {
	tally    *Tally
	profiles texts
	runs     []ran
}

type ran struct {
	start   int64
	lasted  int64 // below 0: not known
	agent   uint32
	profile uint32
	level   operations.Level
	dated   bool
}

func (d *durations) init(t *Tally) {
	d.tally, d.profiles = t, newTexts(maxProfiles)
}

func (d *durations) run(r *rundetails.Run, totals *facts.Totals) {
	if len(d.runs) >= maxRuns {
		d.tally.over("runs")
		return
	}
	w := ran{start: totals.Start.Millis, lasted: -1, agent: d.tally.agent(r), level: totals.Level, dated: totals.Start.Valid}
	if totals.Steps == 0 {
		w.level = operations.Warning
	}
	w.profile, _ = d.profiles.of(r.ProfileName.Value)
	if end := totals.Ended(); end.Valid && w.dated && end.Millis >= w.start {
		w.lasted = end.Millis - w.start
	}
	d.runs = append(d.runs, w)
}

// pace is a row: the runs of a profile of an agent.
type pace struct {
	durations *durations
	runs      []ran // by start, those without one first
	levels    [operations.Error + 1]int
	lasted    []int64 // sorted
	gaps      []int64 // sorted
	widest    int64   // start of the run before the widest gap
	last      ran
	success   ran // the last
	succeeded bool
	since     int // runs after it
}

func durationsTable() declaration[pace] {
	lasted := func(r *pace, percent int) tables.Value {
		if len(r.lasted) == 0 {
			return tables.Missing
		}
		return tables.Num(rank(r.lasted, percent))
	}
	gap := func(r *pace, percent int) tables.Value {
		if len(r.gaps) == 0 {
			return tables.Missing
		}
		return tables.Num(rank(r.gaps, percent))
	}
	return declaration[pace]{Durations, "Durations", "How long runs take, and when one succeeded last: a row for each run profile of an agent.", []column[pace]{
		{"ma_name", tables.Word, "", "Name of the management agent, the last where it has changed.", "run-details/ma-name", func(r *pace) tables.Value { return r.durations.tally.agents.nameOf(r.last.agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent.", "run-details/ma-id", func(r *pace) tables.Value { return r.durations.tally.agents.idOf(r.last.agent) }},
		{"run_profile", tables.Word, "", "Name of the run profile.", "run-details/run-profile-name", func(r *pace) tables.Value { return tables.Of(r.durations.profiles.list[r.last.profile]) }},
		{"runs", tables.Int, "runs", "Runs.", "count of run-details", func(r *pace) tables.Value { return tables.Num(len(r.runs)) }},
		{"succeeded", tables.Int, "runs", "Runs whose steps all succeeded.", "outcome of the run", func(r *pace) tables.Value { return tables.Num(r.levels[operations.Success]) }},
		{"with_warnings", tables.Int, "runs", "Runs whose worst step ended with a warning.", "outcome of the run", func(r *pace) tables.Value { return tables.Num(r.levels[operations.Warning]) }},
		{"failed", tables.Int, "runs", "Runs with a step that failed or met errors.", "outcome of the run", func(r *pace) tables.Value { return tables.Num(r.levels[operations.Error]) }},
		{"running", tables.Int, "runs", "Runs that were under way.", "outcome of the run", func(r *pace) tables.Value { return tables.Num(r.levels[operations.Running]) }},
		{"duration_median_ms", tables.Duration, "ms", "Half of the runs took no longer (nearest rank).", "duration of the runs", func(r *pace) tables.Value { return lasted(r, 50) }},
		{"duration_p95_ms", tables.Duration, "ms", "95 of 100 runs took no longer (nearest rank).", "duration of the runs", func(r *pace) tables.Value { return lasted(r, 95) }},
		{"duration_max_ms", tables.Duration, "ms", "The longest run.", "duration of the runs", func(r *pace) tables.Value { return lasted(r, 100) }},
		{"last_start", tables.Time, "", "When the last run began.", "start of the runs", func(r *pace) tables.Value { return when(r.last.start, r.last.dated) }},
		{"last_outcome", tables.Word, "", "How it went.", "outcome of the run", func(r *pace) tables.Value { return tables.Of(r.last.level.String()) }},
		{"last_success", tables.Time, "", "When the last run began whose steps all succeeded.", "start of the runs", func(r *pace) tables.Value { return when(r.success.start, r.succeeded) }},
		{"runs_since_success", tables.Int, "runs", "Runs after it; all where none succeeded.", "count of run-details", func(r *pace) tables.Value { return tables.Num(r.since) }},
		{"gap_median_ms", tables.Duration, "ms", "From the beginning of a run to that of the next: half are no longer.", "start of the runs", func(r *pace) tables.Value { return gap(r, 50) }},
		{"gap_max_ms", tables.Duration, "ms", "The longest of these gaps.", "start of the runs", func(r *pace) tables.Value { return gap(r, 100) }},
		{"gap_max_after", tables.Time, "", "When the run before the longest gap began.", "start of the runs", func(r *pace) tables.Value { return when(r.widest, len(r.gaps) > 0) }},
	}}
}

func (d *durations) write(open facts.Open) error {
	table := durationsTable()
	return table.write(open, d.each)
}

// each yields the rows by agent and profile.
func (d *durations) each(yield func(*pace)) {
	names := d.tally.agents.list
	slices.SortStableFunc(d.runs, func(x, y ran) int {
		if x.agent != y.agent {
			return cmp.Or(strings.Compare(names[x.agent].name, names[y.agent].name), cmp.Compare(x.agent, y.agent))
		}
		if x.profile != y.profile {
			return strings.Compare(d.profiles.list[x.profile], d.profiles.list[y.profile])
		}
		return cmp.Or(flag(x.dated)-flag(y.dated), cmp.Compare(x.start, y.start))
	})
	for start := 0; start < len(d.runs); {
		end := start
		for end < len(d.runs) && d.runs[end].agent == d.runs[start].agent && d.runs[end].profile == d.runs[start].profile {
			end++
		}
		yield(d.pace(d.runs[start:end]))
		start = end
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (d *durations) pace(runs []ran) *pace {
	p := &pace{durations: d, runs: runs, last: runs[len(runs)-1]}
	longest := int64(-1)
	for i, r := range runs {
		p.levels[r.level]++
		if r.lasted >= 0 {
			p.lasted = append(p.lasted, r.lasted)
		}
		p.since++
		if r.level == operations.Success {
			p.success, p.succeeded, p.since = r, r.dated, 0
		}
		if i > 0 && runs[i-1].dated {
			gap := r.start - runs[i-1].start
			p.gaps = append(p.gaps, gap)
			if gap > longest {
				longest, p.widest = gap, runs[i-1].start
			}
		}
	}
	slices.Sort(p.lasted)
	slices.Sort(p.gaps)
	return p
}
