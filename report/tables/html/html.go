// Package html writes the tables of a report as one page for people, or as a
// summary for mail: what needs attention first, then agents and profiles,
// trends, errors, durations, runs, connections and what else there is. How a
// page is made, and what it is protected by, is in report/page.
//
//	html.go         the writer: which table goes where
//	row.go          how columns of a row are found and read
//	agents.go       agents and their run profiles, from durations and runs
//	runs.go         runs that did not succeed, with their steps
//	errors.go       objects in error; ageing.go: errors by type and container
//	trend.go        figures in time; durations.go: how long runs took
//	connections.go  servers that were not reached
//	others.go       tables that are shown as they are, best rows first
//	attention.go    the figures by which report/attention judges
//	sections.go     the page; mail.go the summary
//
// A watch takes the rows of a table and keeps what the page shows of them, in
// bounded memory: of runs that succeeded only when they were and how long they
// took, of the others the latest, of errors the objects that failed last. What
// is left out is counted, and the page says so.
//
// A table that has no watch of its own is shown as it is, with a bounded number
// of rows. To give one a place of its own: a watch, its line in [watches], and a
// section in sections.go.
package html

import (
	"io"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of a page, or of a summary for mail where the options
// ask for that.
func New(w io.Writer, o tables.Options) tables.Writer {
	return &writer{out: w, options: o, report: newReport(&o)}
}

type writer struct {
	out     io.Writer
	options tables.Options
	report  *report
}

// watch takes the rows of a table. Texts of a row may not be kept.
type watch interface{ row(row []tables.Value) }

// rows hands rows to a watch.
type rows struct{ watch watch }

// Row takes a row.
func (r rows) Row(row []tables.Value) error {
	r.watch.row(row)
	return nil
}

// Table begins a table.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) { return rows{w.report.watch(t)}, nil }

// Close writes the page.
func (w *writer) Close() error {
	if w.options.Mail {
		return w.report.mail(w.out)
	}
	p := w.report.page()
	return p.Write(w.out)
}

// report is what the page is made from. A part is nil when the tables have not
// begun that it is about.
type report struct {
	clock   *tables.Clock
	version string

	about       *aboutWatch
	documents   *documentsWatch
	runs        *runsWatch
	steps       *stepsWatch
	errors      *errorsWatch
	changes     *changesWatch
	connections *connectionsWatch
	findings    *findingsWatch
	durations   *durationsWatch
	ageing      *ageingWatch
	trend       *trendWatch
	others      []*otherWatch
}

func newReport(o *tables.Options) *report {
	return &report{clock: tables.NewClock(o.Zone), version: o.Version}
}

// watch returns what takes the rows of a table.
func (r *report) watch(t *tables.Table) watch {
	c := columns{t}
	switch t.Name {
	case "about":
		r.about = &aboutWatch{name: c.text("name"), value: c.text("value")}
		return r.about
	case "documents":
		r.documents = newDocuments(c)
		return r.documents
	case "runs":
		r.runs = newRuns(c, r)
		return r.runs
	case "steps":
		r.steps = newSteps(c, r)
		return r.steps
	case "errors":
		r.errors = newErrors(c)
		return r.errors
	case "unconfirmed_changes":
		r.changes = newChanges(c)
		return r.changes
	case "connection_incidents":
		return newIncidents(c, r.connected())
	case "findings":
		r.findings = newFindings(c)
		return r.findings
	case "durations":
		r.durations = newDurations(c)
		return r.durations
	case "ageing":
		r.ageing = newAgeing(c)
		return r.ageing
	case "trend":
		r.trend = newTrend(c)
		return r.trend
	}
	o := newOther(t, r.clock)
	r.others = append(r.others, o)
	return o
}

func (r *report) connected() *connectionsWatch {
	if r.connections == nil {
		r.connections = &connectionsWatch{servers: map[string]*server{}, incidents: map[string]*incident{}}
	}
	return r.connections
}
