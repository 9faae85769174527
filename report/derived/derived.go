// Package derived computes tables from many runs: how errors age, how long runs
// take and when one succeeded last, what agents hand on to each other, how
// figures develop, and how they compare with those of other runs.
//
//	ageing.go      ageing: new, persistent and cleared errors
//	durations.go   durations: of the runs of each profile, and the gaps between
//	flow.go        flow, flow_exports: the chain of runs
//	trend.go       trend, comparison
//	policies.go    policies: which of them the runs keep
//
// A [Tally] is a rundetails.Visitor that keeps what these need: 64 bytes for
// each distinct error, 32 for each run, a few for each step. Everything that
// grows has a limit; what did not fit is said in a note.
//
// To add a table: a part, with what it keeps, its declaration, and its line in
// [Tables], [New] and [Tally.Write]. Policies are judged elsewhere, over more runs
// than a report shows, because medians and last successes reach back further:
// their verdicts come as plain values.
package derived

import (
	"fmt"
	"strings"
	"time"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
)

// Names of tables that callers ask for.
const (
	Ageing     = "ageing"
	Durations  = "durations"
	Flow       = "flow"
	Exports    = "flow_exports"
	Trend      = "trend"
	Comparison = "comparison"

	PolicyVerdicts = "policies"
)

// column is a column of rows of type R and what fills it.
type column[R any] struct {
	name   string
	kind   tables.Type
	unit   string
	doc    string
	source string
	of     func(*R) tables.Value
}

// declaration is a table and what fills it.
type declaration[R any] struct {
	name, title, doc string
	columns          []column[R]
}

func (d *declaration[R]) table() *tables.Table {
	t := &tables.Table{Name: d.name, Title: d.title, Doc: d.doc, Derived: true}
	for i := range d.columns {
		c := &d.columns[i]
		t.Columns = append(t.Columns, tables.Column{Name: c.name, Type: c.kind, Unit: c.unit, Doc: c.doc, Source: c.source})
	}
	return t
}

// write writes the rows that each yields.
func (d *declaration[R]) write(open facts.Open, each func(yield func(*R))) error {
	rows, err := open(d.table())
	if rows == nil || err != nil {
		return err
	}
	values := make([]tables.Value, len(d.columns))
	each(func(r *R) {
		if err != nil {
			return
		}
		for i := range d.columns {
			values[i] = d.columns[i].of(r)
		}
		err = rows.Row(values)
	})
	return err
}

// Tables returns the derived tables in the order in which they are shown.
func Tables() []*tables.Table {
	a, d, f, e, t, c, p := ageingTable(), durationsTable(), flowTable(), exportsTable(), trendTable(), comparisonTable(), policiesTable()
	return []*tables.Table{a.table(), d.table(), f.table(), e.table(), t.table(), c.table(), p.table()}
}

// Tally is an [operations.Follower] that counts. It is not safe for concurrent
// use.
type Tally struct {
	agents     agents
	file       string
	run        facts.Totals
	ageing     ageing
	durations  durations
	chain      chain
	trend      trend
	undated    int // steps that have no start
	overflowed map[string]int
}

// New returns a tally of nothing. Days begin and end as in the zone; nil is
// UTC.
func New(zone *time.Location) *Tally {
	t := &Tally{overflowed: map[string]int{}}
	t.ageing.init(t)
	t.durations.init(t)
	t.chain.init(t)
	t.trend.init(t, zone)
	return t
}

// File begins an input: the following documents are of that name.
func (t *Tally) File(name string) {
	t.chain.take()
	t.file = name
}

// Begin begins a document.
func (t *Tally) Begin() {
	t.chain.take()
	t.run = facts.Totals{}
}

// Cut takes no notice: what is known of the run counts.
func (t *Tally) Cut() {}

// Incident is of use to the chain only, which recognises copies of runs.
func (t *Tally) Incident(i *rundetails.Incident) { t.chain.collector.Incident(i) }

// ObjectError counts a discovery error.
func (t *Tally) ObjectError(e *rundetails.ObjectError) {
	t.chain.collector.ObjectError(e)
	t.ageing.objectError(e)
}

// ImportError counts a synchronization error.
func (t *Tally) ImportError(e *rundetails.ImportError) {
	t.chain.collector.ImportError(e)
	t.ageing.importError(e)
}

// ExportError counts an export error.
func (t *Tally) ExportError(e *rundetails.ExportError) {
	t.chain.collector.ExportError(e)
	t.ageing.exportError(e)
}

// RetryError counts an error of a metaverse object.
func (t *Tally) RetryError(e *rundetails.RetryError) {
	t.chain.collector.RetryError(e)
	t.ageing.retryError(e)
}

// CounterBlock counts what was provisioned.
func (t *Tally) CounterBlock(b *rundetails.CounterBlock) {
	t.chain.collector.CounterBlock(b)
	t.chain.block(b)
}

// Step counts a step.
func (t *Tally) Step(s *rundetails.Step) {
	t.chain.collector.Step(s)
	t.chain.step(s)
	t.ageing.step(s)
	t.trend.step(s)
	t.run.Add(s)
	if !s.Start.Valid {
		t.undated++
	}
}

// Run counts a run.
func (t *Tally) Run(r *rundetails.Run) {
	t.chain.collector.Run(r)
	t.durations.run(r, &t.run)
	t.trend.run(r, &t.run)
	t.run = facts.Totals{}
}

// History takes no notice.
func (t *Tally) History(*rundetails.History) {}

// Other is what runs are compared with.
type Other struct {
	Name  string
	Tally *Tally
}

// Write writes the tables that open wants.
func (t *Tally) Write(open facts.Open, others ...Other) error {
	t.chain.take()
	for _, write := range []func(facts.Open) error{t.ageing.write, t.durations.write, t.chain.write, t.trend.write} {
		if err := write(open); err != nil {
			return err
		}
	}
	return compare(open, t, others)
}

// Notes say what could not be counted, in full sentences.
func (t *Tally) Notes() []string {
	var notes []string
	if t.undated > 0 {
		notes = append(notes, fmt.Sprintf("%d steps have no start date that can be read: they are in no ageing, and in a trend without a period.", t.undated))
	}
	for _, what := range []string{"errors", "runs", "agents", "containers", "days", "steps"} {
		if n := t.overflowed[what]; n > 0 {
			notes = append(notes, fmt.Sprintf("There were more %s than can be held: %d times one was left out of derived tables.", what, n))
		}
	}
	return notes
}

// over notes that there was no room.
func (t *Tally) over(what string) { t.overflowed[what]++ }

// agents gives agents and other names small numbers.
type agents struct {
	byKey map[agentKey]uint32
	list  []agent
}

// agentKey is the GUID of an agent, else its name.
type agentKey struct {
	id   rundetails.ID
	name string
}

type agent struct{ name, id string }

const maxAgents = 1 << 12

// of returns the number of an agent; the last one stands for all that did not
// fit.
func (a *agents) of(t *Tally, id *rundetails.GUID, name string) uint32 {
	key := agentKey{name: name}
	if id.Valid {
		key = agentKey{id: id.ID}
	}
	if n, ok := a.byKey[key]; ok {
		if name != "" && a.list[n].name != name {
			a.list[n].name = strings.Clone(name) // the last name counts
		}
		return n
	}
	if a.byKey == nil {
		a.byKey = map[agentKey]uint32{}
	}
	if len(a.list) >= maxAgents {
		t.over("agents")
		return uint32(len(a.list) - 1)
	}
	key.name = strings.Clone(key.name)
	n := uint32(len(a.list))
	a.list = append(a.list, agent{name: strings.Clone(name), id: strings.Clone(id.Value)})
	a.byKey[key] = n
	return n
}

func (t *Tally) agent(r *rundetails.Run) uint32 { return t.agents.of(t, &r.MAID, r.MAName.Value) }

// texts gives texts small numbers, up to a limit; the text of number 0 stands
// for all that did not fit.
type texts struct {
	index map[string]uint32
	list  []string
	limit int
}

func newTexts(limit int) texts {
	return texts{index: map[string]uint32{}, list: []string{"(others)"}, limit: limit}
}

func (x *texts) of(text string) (n uint32, fits bool) {
	if n, ok := x.index[text]; ok {
		return n, true
	}
	if len(x.list) >= x.limit {
		return 0, false
	}
	text = strings.Clone(text)
	x.list = append(x.list, text)
	x.index[text] = uint32(len(x.list) - 1)
	return uint32(len(x.list) - 1), true
}

func (a *agents) nameOf(n uint32) tables.Value { return present(a.list[n].name) }
func (a *agents) idOf(n uint32) tables.Value   { return present(a.list[n].id) }

// present is a text that is missing when it is empty.
func present(s string) tables.Value {
	if s == "" {
		return tables.Missing
	}
	return tables.Of(s)
}

// when is a number that is missing when it is not known.
func when(n int64, known bool) tables.Value {
	if !known {
		return tables.Missing
	}
	return tables.Num(n)
}

// rank is the value of a sorted list below which the share of it stands, by the
// nearest rank: one that was measured, none in between.
func rank(sorted []int64, percent int) int64 {
	return sorted[max(0, (len(sorted)*percent+99)/100-1)]
}

var _ operations.Follower = (*Tally)(nil)
