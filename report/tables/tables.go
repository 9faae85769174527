// Package tables says what a table of a report is, in plain values: its
// columns, its rows, and what a format does with them. What is in the tables
// is declared by report/facts and report/derived; each format is a package of
// its own below, and tables/formats lists them.
//
//	documents -> facts, derived -> Rows of each Table -> Writer of a format
//
// Rows of several tables come in turn, because one pass over a document yields
// all of them. A row is valid only during the call that hands it over.
//
// # To add a format
//
// A package with a constructor that returns a [Writer], its line in
// tables/formats, and the contract test there runs it over nothing, one row,
// every type of column, hostile text and many tables. What a format may rely
// on is said at [Writer] and [Rows].
package tables

import (
	"io"
	"math"
	"time"
)

// Type is what the values of a column are. Any value may be missing.
type Type uint8

// The types of columns.
const (
	Text     Type = iota // text of any length, verbatim
	Word                 // text with few different values: names, types, results
	GUID                 // text, a GUID as it is written in the document
	Int                  // a whole number from -2^63 to 2^63-1
	Float                // a 64-bit floating point number, never NaN nor infinite
	Bool                 // true or false
	Time                 // an instant, in milliseconds since 1970-01-01 00:00:00 UTC
	Duration             // a length of time in milliseconds
	Date                 // a day of the calendar, in days since 1970-01-01; it has no zone
)

// String is the name of the type in documentation.
func (t Type) String() string {
	return [...]string{Text: "text", Word: "word", GUID: "guid", Int: "integer", Float: "number", Bool: "boolean",
		Time: "time", Duration: "duration", Date: "date"}[t]
}

// Textual tells whether the values are texts.
func (t Type) Textual() bool { return t <= GUID }

// Column is a column of a table.
type Column struct {
	Name string // lower case, words joined by _; for ever
	Type Type
	Unit string // of numbers: "ms", "days", "objects"; "" for others
	Doc  string // one or two full sentences
	// Source is where the value comes from: the path of an element or an
	// attribute below run-history with its section in [MS-UPSMODS], or how it
	// is computed.
	Source string
}

// Table is a table: what it is called and what its columns are. Tables are
// declared once and are the same values for the whole of a call.
type Table struct {
	Name    string // lower case, words joined by _; a file of its own is named so
	Title   string // for headings and sheets, at most 31 characters
	Doc     string // what a row is, in full sentences
	Derived bool   // computed from many rows; at the end, and few
	Columns []Column
}

// Column is the number of the column of that name, or -1.
func (t *Table) Column(name string) int {
	for i := range t.Columns {
		if t.Columns[i].Name == name {
			return i
		}
	}
	return -1
}

// Value is a value of a row; the zero Value is a missing one. Its column says
// how to read it.
type Value struct {
	text    string
	bits    uint64 // of the number
	present bool
}

// Missing is the value where there is none.
var Missing = Value{}

// Of returns a text that is there, even if it is empty.
func Of(text string) Value { return Value{text: text, present: true} }

// Num returns an Int, or the milliseconds or days of a Time, Duration or Date.
func Num[N ~int | ~int32 | ~int64 | ~uint32 | ~uint64](n N) Value {
	return Value{bits: uint64(n), present: true}
}

// Real returns a Float.
func Real(f float64) Value { return Value{bits: math.Float64bits(f), present: true} }

// Flag returns a Bool.
func Flag(b bool) Value {
	if b {
		return Num(1)
	}
	return Num(0)
}

// Present tells whether there is a value.
func (v *Value) Present() bool { return v.present }

// Text is the value of a column whose type is Textual; it lives as long as the
// row.
func (v *Value) Text() string { return v.text }

// Int is the value of an Int, and the milliseconds or days of a Time, Duration
// or Date.
func (v *Value) Int() int64 { return int64(v.bits) }

// Float is the value of a Float.
func (v *Value) Float() float64 { return math.Float64frombits(v.bits) }

// Bool is the value of a Bool.
func (v *Value) Bool() bool { return v.bits != 0 }

// Rows takes the rows of one table.
type Rows interface {
	// Row takes a row with a value for each column, in the order of the
	// columns. Neither the slice nor a text in it may be kept.
	Row(row []Value) error
}

// Writer writes one report.
type Writer interface {
	// Table begins a table; it is called once for each table of the report,
	// before the first row of it, in the order in which tables are to be
	// shown. Rows of tables that have begun come in any turn.
	Table(t *Table) (Rows, error)
	// Close completes the report. The output is complete only when it
	// returned nil. A Writer that is dropped without Close leaves nothing
	// behind but what it wrote.
	Close() error
}

// Options are what formats want to know.
type Options struct {
	Version string // of the tool
	// Zone is where people look at the report: nil stands for UTC. Formats
	// that keep instants (parquet) do not change them.
	Zone *time.Location
	// Safe makes text harmless that a spreadsheet would run when it opens the
	// file; it applies to csv.
	Safe bool
	// Folder returns an empty folder that the caller removes, for libraries that
	// insist on temporary files of their own; nil stands for that of the system.
	Folder func() (string, error)
	// Mail asks for a summary that a mail can hold; it applies to html.
	Mail bool
	// Spool returns an empty store for what cannot be written yet. A format
	// that wants more than a few megabytes puts them there.
	Spool func() (Spool, error)
}

// Spool is a store of bytes that are written first and read once, from the
// beginning, when all have been written.
type Spool interface {
	io.Writer
	// Reader returns what was written.
	Reader() (io.Reader, error)
	// Close gives the store up.
	Close() error
}

// Format is a way to write tables.
type Format struct {
	Name       string
	Extensions []string // of files, with the dot; the first is written
	About      string   // one line for help texts
	// One means that a file holds one table: a report of several tables is a
	// folder or an archive of files then.
	One bool
	New func(w io.Writer, o Options) Writer
}
