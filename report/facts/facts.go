// Package facts turns run histories into tables, row by row, in one pass and
// bounded memory: what stands in the documents, with its meaning beside it.
//
// Each table is declared once, as data: its name, and for every column the
// name, type, unit, documentation and source together with the function that
// reads its value. Documentation, formats and rows come from that declaration
// and cannot drift apart.
//
//	runs.go       documents, runs
//	steps.go      steps, counters
//	errors.go     errors of all four kinds
//	details.go    unconfirmed changes, connection incidents, object errors
//	findings.go   findings of the validator, when they are asked for
//	about.go      how the report was made
//
// A [Collector] is a rundetails.Visitor that fills the tables; a [Reader] drives
// it over documents; a [Selection] says which steps are wanted.
//
// To add a column: a line in the table. To add a table: its declaration in a
// file of its kind, its line in [declared] and the call of its row in
// collector.go.
package facts

import (
	"github.com/runhist/runhist/report/tables"
)

// column is a column and what fills it.
type column struct {
	name   string
	kind   tables.Type
	unit   string
	doc    string
	source string
	of     func(f *fact) tables.Value
}

// declaration is a table and what fills it.
type declaration struct {
	name, title, doc string
	columns          []column
}

func (d *declaration) table() *tables.Table {
	t := &tables.Table{Name: d.name, Title: d.title, Doc: d.doc}
	for i := range d.columns {
		c := &d.columns[i]
		t.Columns = append(t.Columns, tables.Column{Name: c.name, Type: c.kind, Unit: c.unit, Doc: c.doc, Source: c.source})
	}
	return t
}

// Names of tables that callers ask for.
const (
	About     = "about"
	Documents = "documents"
	Runs      = "runs"
	Steps     = "steps"
	Counters  = "counters"
	Errors    = "errors"
	Changes   = "unconfirmed_changes"
	Incidents = "connection_incidents"
	Objects   = "object_errors"
	Findings  = "findings"
)

// declared returns the declarations in the order in which tables are shown.
func declared() []declaration {
	return []declaration{aboutTable(), documentsTable(), runsTable(), stepsTable(), countersTable(), errorsTable(), changesTable(),
		incidentsTable(), objectsTable(), findingsTable()}
}

// Tables returns the tables of facts in the order in which they are shown.
func Tables() []*tables.Table {
	var all []*tables.Table
	for _, d := range declared() {
		all = append(all, d.table())
	}
	return all
}

// Open begins a table for the collector; it returns nil rows for a table that
// is not wanted.
type Open func(t *tables.Table) (tables.Rows, error)
