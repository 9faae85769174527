// Package csv writes a table as RFC 4180 has it: a line of names, a line for
// each row, CR LF behind each. Text is verbatim, line breaks and all. A missing
// value is an empty field, an empty text is "".
//
// Instants look as they do in run details, "2026-03-01 06:00:00.000", in UTC or
// in the zone that was asked for; durations are milliseconds; days are
// "2026-03-01"; booleans are true and false.
package csv

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of one table.
func New(w io.Writer, o tables.Options) tables.Writer {
	return &writer{out: bufio.NewWriterSize(w, 64<<10), clock: tables.NewClock(o.Zone), safe: o.Safe}
}

type writer struct {
	out     *bufio.Writer
	clock   *tables.Clock
	safe    bool
	columns []tables.Column
	line    []byte
}

// Table writes the names of the columns.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) {
	if w.columns != nil {
		return nil, errors.New("csv holds one table")
	}
	w.columns = t.Columns
	for i := range t.Columns {
		w.text(i, t.Columns[i].Name)
	}
	return w, w.end()
}

// Row writes a line.
func (w *writer) Row(row []tables.Value) error {
	for i := range row {
		v := &row[i]
		if !v.Present() {
			w.next(i)
			continue
		}
		switch w.columns[i].Type {
		case tables.Int, tables.Duration:
			w.next(i)
			w.line = strconv.AppendInt(w.line, v.Int(), 10)
		case tables.Float:
			w.next(i)
			w.line = tables.AppendFloat(w.line, v.Float())
		case tables.Bool:
			w.next(i)
			w.line = strconv.AppendBool(w.line, v.Bool())
		case tables.Time:
			w.next(i)
			w.line = w.clock.Append(w.line, v.Int(), ' ')
		case tables.Date:
			w.next(i)
			w.line = time.Unix(v.Int()*86400, 0).UTC().AppendFormat(w.line, time.DateOnly)
		default:
			w.text(i, v.Text())
		}
	}
	return w.end()
}

// next begins a field.
func (w *writer) next(i int) {
	if i > 0 {
		w.line = append(w.line, ',')
	}
}

func (w *writer) text(i int, s string) {
	w.next(i)
	risky := w.safe && runs(s)
	if s != "" && !risky && !strings.ContainsAny(s, "\",\r\n") && s[0] != ' ' && s[len(s)-1] != ' ' {
		w.line = append(w.line, s...)
		return
	}
	w.line = append(w.line, '"')
	if risky {
		w.line = append(w.line, '\'')
	}
	for {
		quote := strings.IndexByte(s, '"')
		if quote < 0 {
			break
		}
		w.line = append(append(w.line, s[:quote]...), '"', '"')
		s = s[quote+1:]
	}
	w.line = append(append(w.line, s...), '"')
}

// runs tells whether a spreadsheet would take the text for a formula: by its
// first character, those of full width included.
func runs(s string) bool {
	for _, first := range [...]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(s, first) {
			return true
		}
	}
	return false
}

func (w *writer) end() error {
	w.line = append(w.line, '\r', '\n')
	_, err := w.out.Write(w.line)
	w.line = w.line[:0]
	if cap(w.line) > 1<<20 {
		w.line = nil // of one very long text
	}
	return err
}

// Close writes what is left.
func (w *writer) Close() error { return w.out.Flush() }
