// Package csv writes a report as comma-separated values after RFC 4180: a
// header, then one record a finding, lines ended by CR LF, in UTF-8 without a
// mark. Fields are verbatim, line ends and what looks like a formula included:
// a table for programs. For a spreadsheet report.Options.CSVSafe puts an
// apostrophe before texts that it would take for formulas.
//
// Records are written as soon as a document is judged, and nothing is kept. A
// document without findings has no record, and what could not be read has
// none either: the exit status tells.
package csv

import (
	"bufio"
	"io"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/markup"
)

// Columns are the names in the header, in their order; new ones only ever come
// behind.
func Columns() []string {
	return []string{"file", "line", "column", "severity", "rule", "requirements", "section", "path", "message", "known", "suppressed"}
}

// New returns a writer of the report.
func New(w io.Writer, _ report.Head, o report.Options) report.Writer {
	t := &table{out: bufio.NewWriter(w), safe: o.CSVSafe}
	t.record(Columns()...)
	return t
}

type table struct {
	out  *bufio.Writer
	safe bool
}

// File writes the findings of a document.
func (t *table) File(f *report.File) error {
	for i := range f.Findings {
		g := &f.Findings[i]
		t.record(g.File, strconv.Itoa(int(g.Line)), strconv.Itoa(int(g.Column)), g.Severity.String(), g.Rule,
			strings.Join(g.Requirements, " "), g.Section, g.Path, g.Message, g.Known, g.Suppressed)
	}
	return t.out.Flush()
}

// Close completes the table.
func (t *table) Close(*report.Tail) error { return t.out.Flush() }

// record writes a line. It is not that of encoding/csv, which changes line
// ends within a field when it ends lines by CR LF.
func (t *table) record(fields ...string) {
	for i, field := range fields {
		if i > 0 {
			t.out.WriteByte(',')
		}
		field = strings.ToValidUTF8(field, "\uFFFD")
		if t.safe {
			field = markup.Inert(field)
		}
		if strings.ContainsAny(field, ",\"\r\n") {
			field = `"` + strings.ReplaceAll(field, `"`, `""`) + `"`
		}
		t.out.WriteString(field)
	}
	t.out.WriteString("\r\n")
}
