// Package xlsx writes reports as workbooks for Excel, LibreOffice and whatever
// else reads Office Open XML (ECMA-376).
//
//	xlsx.go       the formats: tables (New, Titled) and findings (Findings)
//	workbook.go   the workbook: its sheets and their order, how it is completed
//	sheet.go      a table: its rows as they come, the head, filters, colours
//	heading.go    what a column is called, and how wide it is
//	cell.go       what becomes of a value in a cell
//	link.go       links between runs, steps and errors
//	look.go       styles and colours, and which columns have them
//	order.go      which columns of a table come first
//	pack.go       the archive around it: parts in one order, no times
//	summary.go    the sheet Summary; what it shows is counted by the watch_*.go
//	attention.go  the figures by which report/attention judges, and what it says
//	about.go      the sheet About
//
// The first sheet is Summary, which says what needs attention, and the last is
// About, which says how the report was made and what each column is. In between
// there is a sheet for each table that has rows.
//
// Text of a document is text in its cell: never a formula, never cut without a
// mark. What is computed here (links) is a formula with its value beside it, so
// that programs show it that do not calculate. The same rows give the same
// bytes.
//
// Rows go to temporary files as they come (in the folder of the options), and
// take no memory but a buffer of 16 MB for each sheet.
//
// To add a table: nothing, its columns say how it looks; order.go may name the
// columns that people look at first. To add something to the Summary: a watch
// of its own.
package xlsx

import (
	"fmt"
	"io"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of a workbook about runs.
func New(w io.Writer, o tables.Options) tables.Writer { return Titled("Run histories")(w, o) }

// Titled returns what makes writers of workbooks with that title, for tables of
// any content.
func Titled(title string) func(io.Writer, tables.Options) tables.Writer {
	return func(w io.Writer, o tables.Options) tables.Writer {
		return &writer{out: w, options: o, title: title}
	}
}

// writer is a tables.Writer.
type writer struct {
	out     io.Writer
	options tables.Options
	title   string
	book    *workbook
	summary *summary
}

// begin makes the workbook. It waits for the first table, so that a report that
// was given up leaves nothing behind.
func (w *writer) begin() error {
	if w.book != nil {
		return nil
	}
	var err error
	if w.book, err = newWorkbook(&w.options); err != nil {
		return err
	}
	w.summary = newSummary(w.book, w.title)
	return nil
}

// Table begins a table. Rows of the table of facts about the report itself go
// to the sheet About.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) {
	if err := w.begin(); err != nil {
		return nil, err
	}
	if t.Name == "about" {
		return &aboutRows{book: w.book}, nil
	}
	s := w.book.sheet(t)
	return &rows{sheet: s, watch: w.summary.watch(s)}, nil
}

// rows are the rows of a table on their way to its sheet.
type rows struct {
	sheet *sheet
	watch watch
}

// watch is told of each row, and where it stands. The texts of the row may not
// be kept.
type watch interface {
	row(row []tables.Value, at place)
}

// Row writes a row.
func (r *rows) Row(row []tables.Value) error {
	if r.watch != nil {
		r.watch.row(row, r.sheet.next())
	}
	return r.sheet.write(row)
}

// Close completes the workbook.
func (w *writer) Close() error {
	if err := w.begin(); err != nil {
		return err
	}
	err := w.book.complete(w.out, w.summary)
	if closeErr := w.book.file.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("workbook: %w", closeErr)
	}
	return err
}
