package facts

import (
	"strings"

	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
	"github.com/runhist/runhist/validate/finding"
)

// Collector is an [operations.Follower] that writes the rows of the tables as
// it meets what they are about: rows of a step before the step, and steps
// before their run. It holds one row at a time, and asks for no memory for a
// row unless the row joins several texts. It is not safe for concurrent use.
type Collector struct {
	fact fact
	err  error

	before  int                 // runs in earlier documents of the input
	history *rundetails.History // of the document under way

	about, documents, runs, steps, counters, errors, changes, incidents, objects, findings *filler
}

// filler fills one table; a nil one drops its rows.
type filler struct {
	columns []column
	rows    tables.Rows
	row     []tables.Value
}

// NewCollector begins the tables that open wants, in the order in which they
// are shown.
func NewCollector(open Open) (*Collector, error) {
	c := &Collector{fact: fact{words: newMeanings(), outbound: newSums()}}
	into := map[string]**filler{About: &c.about, Documents: &c.documents, Runs: &c.runs, Steps: &c.steps, Counters: &c.counters, Errors: &c.errors,
		Changes: &c.changes, Incidents: &c.incidents, Objects: &c.objects, Findings: &c.findings}
	for _, d := range declared() {
		rows, err := open(d.table())
		if err != nil {
			return nil, err
		}
		if rows != nil {
			*into[d.name] = &filler{columns: d.columns, rows: rows, row: make([]tables.Value, len(d.columns))}
		}
	}
	return c, nil
}

// put writes the row of the fact, unless writing has failed before.
func (c *Collector) put(f *filler) {
	if f == nil || c.err != nil {
		return
	}
	for i := range f.columns {
		f.row[i] = f.columns[i].of(&c.fact)
	}
	c.err = f.rows.Row(f.row)
}

// Err is the first error of writing rows; after it no row is written.
func (c *Collector) Err() error { return c.err }

// File begins an input: the following documents are of that name.
func (c *Collector) File(name string) {
	c.fact.file, c.before, c.history = strings.ToValidUTF8(name, "\uFFFD"), 0, nil
}

// Document writes what became of an input.
func (c *Collector) Document(d *Document) {
	valid := *d
	valid.File = strings.ToValidUTF8(d.File, "\uFFFD")
	valid.Message = strings.ToValidUTF8(d.Message, "\uFFFD")
	c.fact.document = &valid
	c.put(c.documents)
}

// About writes a fact about the report.
func (c *Collector) About(name, value string) {
	c.fact.about.name, c.fact.about.value = name, value
	c.put(c.about)
}

// Finding writes a finding of the validator.
func (c *Collector) Finding(f *finding.Finding) {
	c.fact.finding = f
	c.put(c.findings)
}

// begin makes ready for a run.
func (c *Collector) begin() {
	c.fact.totals, c.fact.cut = Totals{}, false
	c.beginStep()
}

func (c *Collector) beginStep() {
	c.fact.outbound.reset()
	c.fact.attempt = 0
}

// at says where the rows of a record stand.
func (c *Collector) at(s *rundetails.Step) {
	c.fact.step, c.fact.run = s, s.Run
	c.fact.stepIndex = int(s.Index)
	c.history = s.Run.History
	c.fact.runIndex = c.before + c.history.RunCount + 1
}

// Begin begins a document.
func (c *Collector) Begin() {
	if c.history != nil { // an input may hold several documents
		c.before += c.history.RunCount
		c.history = nil
	}
	c.begin()
}

// Cut notes that the document ends inside of what is open.
func (c *Collector) Cut() { c.fact.cut = true }

// History ends a document.
func (c *Collector) History(h *rundetails.History) { c.history = h }

// Run writes a run: its steps have been written.
func (c *Collector) Run(r *rundetails.Run) {
	c.fact.run, c.history = r, r.History
	c.fact.runIndex = c.before + c.history.RunCount // it has been counted
	c.put(c.runs)
	c.begin()
}

// Step writes a step: its errors and counters have been written.
func (c *Collector) Step(s *rundetails.Step) {
	c.at(s)
	d := &s.DiscoveryCounters
	for _, n := range [...]*rundetails.Number{&d.FilteredDeletions, &d.FilteredObjects} {
		if n.Present {
			c.fact.counter = counterFact{kind: terms.DiscoveryCounter, block: rundetails.NameMADiscoveryCounters, name: n.Name,
				ma: &none.text, maID: &none.text, number: n, detail: &none.text}
			c.put(c.counters)
		}
	}
	c.fact.totals.Add(s)
	c.put(c.steps)
	c.beginStep()
}

// CounterBlock writes the counters of a block.
func (c *Collector) CounterBlock(b *rundetails.CounterBlock) {
	c.at(b.Step)
	if b.Kind == rundetails.Outbound {
		c.fact.outbound.add(b)
	}
	if c.counters == nil {
		return
	}
	counters := b.Counters()
	for i := range counters {
		if n := &counters[i]; n.Present {
			c.fact.counter = counterFact{kind: counterKind(b.Kind), block: b.Kind.Element(), name: n.Name, ma: &b.MA, maID: &b.MAID.Text,
				number: &n.Number, detail: &n.Detail}
			c.put(c.counters)
		}
	}
}

// Incident writes an attempt to connect.
func (c *Collector) Incident(i *rundetails.Incident) {
	c.at(i.Step)
	c.fact.incident = i
	c.fact.attempt++
	c.put(c.incidents)
}

// ObjectError writes a discovery error.
func (c *Collector) ObjectError(e *rundetails.ObjectError) {
	c.at(e.Step)
	c.fact.object, c.fact.failure = e, objectFailure(e)
	c.put(c.errors)
	c.put(c.objects)
}

// ImportError writes a synchronization error and the change that it is about.
func (c *Collector) ImportError(e *rundetails.ImportError) {
	c.at(e.Step)
	c.fact.failure = importFailure(e)
	c.put(c.errors)
	if c.changes != nil && e.Change.Present {
		c.fact.change.each(e, func() { c.put(c.changes) })
	}
}

// ExportError writes an export error.
func (c *Collector) ExportError(e *rundetails.ExportError) {
	c.at(e.Step)
	c.fact.failure = exportFailure(e)
	c.put(c.errors)
}

// RetryError writes an error of a metaverse object.
func (c *Collector) RetryError(e *rundetails.RetryError) {
	c.at(e.Step)
	c.fact.failure = retryFailure(e)
	c.put(c.errors)
}

var _ operations.Follower = (*Collector)(nil)
