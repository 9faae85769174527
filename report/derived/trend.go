package derived

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// maxDays bounds the days of all agents.
const maxDays = 1 << 17

// trend counts what happened on each day for each agent.
type trend struct {
	tally *Tally
	clock *tables.Clock
	days  map[dayKey]*counts
}

type dayKey struct {
	agent uint32
	day   int64 // since 1970-01-01, noDay where it is not known
}

const noDay = math.MinInt64

// counts is what happened in a period.
type counts struct {
	runs, failedRuns, steps, failedSteps int64
	errors                               [4]int64 // by kind
	staged, exported                     changes
	projected, joined, removed           int64
	lasted                               int64 // all steps together
}

type changes struct{ adds, updates, deletes, failures int64 }

func (t *trend) init(tally *Tally, zone *time.Location) {
	t.tally, t.clock, t.days = tally, tables.NewClock(zone), map[dayKey]*counts{}
}

func (t *trend) of(agent uint32, at *rundetails.Instant) *counts {
	key := dayKey{agent, noDay}
	if at.Valid {
		key.day = t.clock.Day(at.Millis)
	}
	c := t.days[key]
	if c == nil {
		if len(t.days) >= maxDays {
			t.tally.over("days")
			return &counts{}
		}
		c = &counts{}
		t.days[key] = c
	}
	return c
}

func (t *trend) run(r *rundetails.Run, totals *facts.Totals) {
	c := t.of(t.tally.agent(r), &totals.Start)
	c.runs++
	if totals.Level == operations.Error {
		c.failedRuns++
	}
}

func (t *trend) step(s *rundetails.Step) {
	c := t.of(t.tally.agent(s.Run), &s.Start)
	c.steps++
	if level, _ := operations.Grade(strings.TrimSpace(s.Result.Value)); level == operations.Error {
		c.failedSteps++
	}
	if s.Start.Valid && s.End.Valid {
		c.lasted += max(0, s.End.Millis-s.Start.Millis)
	}
	tally := &s.Tally
	for k, n := range [...]int{discovery: tally.ObjectErrors.Count, imported: tally.ImportErrors.Count, exported: tally.ExportErrors.Count, retried: tally.RetryErrors.Count} {
		c.errors[k] += int64(n)
	}
	c.staged.add(&s.Staging, rundetails.NameStageAdd, rundetails.NameStageDelete, rundetails.NameStageDeleteAdd, rundetails.NameStageFailure,
		rundetails.NameStageUpdate, rundetails.NameStageRename)
	c.exported.add(&s.Export, rundetails.NameExportAdd, rundetails.NameExportDelete, rundetails.NameExportDeleteAdd, rundetails.NameExportFailure,
		rundetails.NameExportUpdate, rundetails.NameExportRename)
	c.projected += sum(&s.Inbound, rundetails.NameDisconnectorProjectedFlow, rundetails.NameDisconnectorProjectedNoFlow)
	c.joined += sum(&s.Inbound, rundetails.NameDisconnectorJoinedFlow, rundetails.NameDisconnectorJoinedNoFlow)
	c.removed += sum(&s.Inbound, rundetails.NameConnectorDeleteRemoveMV, rundetails.NameConnectorFilteredRemoveMV, rundetails.NameConnectorFlowRemoveMV,
		rundetails.NameDisconnectorJoinedRemoveMV)
}

// add counts changes as runhist show does: an update is an update or a rename,
// and a delete-add is a delete and an add.
func (c *changes) add(b *rundetails.CounterBlock, adds, deletes, deleteAdds, failures source.Sym, updates ...source.Sym) {
	c.adds += sum(b, adds, deleteAdds)
	c.deletes += sum(b, deletes, deleteAdds)
	c.failures += sum(b, failures)
	c.updates += sum(b, updates...)
}

// sum adds counters of a block up; what a step lacks is 0.
func sum(b *rundetails.CounterBlock, names ...source.Sym) (n int64) {
	for _, name := range names {
		if c := b.Get(name); b.Present && c != nil {
			n += int64(c.N)
		}
	}
	return n
}

// plus adds the counts of another period.
func (c *counts) plus(o *counts) {
	for _, m := range measures() {
		*m.of(c) += *m.of(o)
	}
}

// measure is a figure that is followed in time and compared.
type measure struct {
	name, unit, doc, source string
	kind                    tables.Type
	of                      func(*counts) *int64
}

// measures are the figures of a period, in the order of columns.
func measures() []measure {
	const listed = "step-details, by start-date"
	return []measure{
		{"runs", "runs", "Runs that began.", "run-details, by the start of the first step", tables.Int, func(c *counts) *int64 { return &c.runs }},
		{"failed_runs", "runs", "Runs with a step that failed or met errors.", "outcome of the run", tables.Int, func(c *counts) *int64 { return &c.failedRuns }},
		{"steps", "steps", "Steps that began.", listed, tables.Int, func(c *counts) *int64 { return &c.steps }},
		{"failed_steps", "steps", "Steps that failed or met errors.", "outcome of the step", tables.Int, func(c *counts) *int64 { return &c.failedSteps }},
		{"discovery_errors", "errors", "Discovery errors.", "count of ma-object-error", tables.Int, func(c *counts) *int64 { return &c.errors[discovery] }},
		{"import_errors", "errors", "Synchronization errors of imported objects.", "count of import-error", tables.Int, func(c *counts) *int64 { return &c.errors[imported] }},
		{"export_errors", "errors", "Export errors.", "count of export-error", tables.Int, func(c *counts) *int64 { return &c.errors[exported] }},
		{"retry_errors", "errors", "Errors of metaverse objects.", "count of retry-error", tables.Int, func(c *counts) *int64 { return &c.errors[retried] }},
		{"staged_adds", "objects", "Objects that imports staged as new.", "staging-counters/stage-add + stage-delete-add", tables.Int, func(c *counts) *int64 { return &c.staged.adds }},
		{"staged_updates", "objects", "Objects that imports staged as changed or renamed.", "staging-counters/stage-update + stage-rename", tables.Int, func(c *counts) *int64 { return &c.staged.updates }},
		{"staged_deletes", "objects", "Objects that imports staged as deleted.", "staging-counters/stage-delete + stage-delete-add", tables.Int, func(c *counts) *int64 { return &c.staged.deletes }},
		{"staged_failures", "objects", "Entries that could not be staged.", "staging-counters/stage-failure", tables.Int, func(c *counts) *int64 { return &c.staged.failures }},
		{"projections", "objects", "Objects that were projected and stayed in the metaverse.", "inbound-flow-counters/disconnector-projected-flow + disconnector-projected-no-flow", tables.Int, func(c *counts) *int64 { return &c.projected }},
		{"joins", "objects", "Objects that were joined.", "inbound-flow-counters/disconnector-joined-flow + disconnector-joined-no-flow", tables.Int, func(c *counts) *int64 { return &c.joined }},
		{"metaverse_deletes", "objects", "Objects that left the metaverse, as runhist show counts them.", "inbound-flow-counters/connector-delete-remove-mv + connector-filtered-remove-mv + connector-flow-remove-mv + disconnector-joined-remove-mv", tables.Int, func(c *counts) *int64 { return &c.removed }},
		{"exported_adds", "objects", "Objects that were exported as new.", "export-counters/export-add + export-delete-add", tables.Int, func(c *counts) *int64 { return &c.exported.adds }},
		{"exported_updates", "objects", "Objects that were exported as changed or renamed.", "export-counters/export-update + export-rename", tables.Int, func(c *counts) *int64 { return &c.exported.updates }},
		{"exported_deletes", "objects", "Objects that were exported as deleted.", "export-counters/export-delete + export-delete-add", tables.Int, func(c *counts) *int64 { return &c.exported.deletes }},
		{"exported_failures", "objects", "Objects that could not be exported.", "export-counters/export-failure", tables.Int, func(c *counts) *int64 { return &c.exported.failures }},
		{"duration_ms", "ms", "How long the steps took, all together.", "end-date - start-date of the steps", tables.Duration, func(c *counts) *int64 { return &c.lasted }},
	}
}

// period is a row: what happened to an agent in a period.
type period struct {
	agents *agents
	agent  uint32
	unit   string
	from   int64 // day
	counts counts
}

func trendTable() declaration[period] {
	columns := []column[period]{
		{"period", tables.Word, "", "day, week (from Monday on) or month.", "the row", func(r *period) tables.Value { return tables.Of(r.unit) }},
		{"period_start", tables.Date, "", "First day of the period, in UTC or the zone of --local-time; missing for steps without a start.", "start-date", func(r *period) tables.Value { return when(r.from, r.from != noDay) }},
		{"ma_name", tables.Word, "", "Name of the management agent, the last where it has changed.", "run-details/ma-name", func(r *period) tables.Value { return r.agents.nameOf(r.agent) }},
		{"ma_id", tables.GUID, "", "GUID of the management agent.", "run-details/ma-id", func(r *period) tables.Value { return r.agents.idOf(r.agent) }},
	}
	for _, m := range measures() {
		columns = append(columns, column[period]{m.name, m.kind, m.unit, m.doc, m.source, func(r *period) tables.Value { return tables.Num(*m.of(&r.counts)) }})
	}
	return declaration[period]{Trend, "Trend", "How figures develop: a row for each agent and day, week and month in which something happened. Days, weeks and months are three views of the same: add up the rows of one of them.", columns}
}

func (t *trend) write(open facts.Open) error {
	table := trendTable()
	return table.write(open, t.each)
}

// each yields days, then weeks, then months, each by time and agent.
func (t *trend) each(yield func(*period)) {
	for _, unit := range []string{"day", "week", "month"} {
		sums := map[dayKey]*counts{}
		for key, c := range t.days {
			key.day = begin(unit, key.day)
			if sums[key] == nil {
				sums[key] = &counts{}
			}
			sums[key].plus(c)
		}
		keys := make([]dayKey, 0, len(sums))
		for key := range sums {
			keys = append(keys, key)
		}
		names := t.tally.agents.list
		slices.SortFunc(keys, func(x, y dayKey) int {
			return cmp.Or(cmp.Compare(x.day, y.day), strings.Compare(names[x.agent].name, names[y.agent].name), cmp.Compare(x.agent, y.agent))
		})
		for _, key := range keys {
			yield(&period{agents: &t.tally.agents, agent: key.agent, unit: unit, from: key.day, counts: *sums[key]})
		}
	}
}

// begin is the first day of the period that a day is in.
func begin(unit string, day int64) int64 {
	switch {
	case day == noDay:
	case unit == "week": // 1970-01-01 was a Thursday
		return day - ((day+3)%7+7)%7
	case unit == "month":
		at := time.Unix(day*86400, 0).UTC()
		return day - int64(at.Day()) + 1
	}
	return day
}
