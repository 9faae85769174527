// Package jsonl writes a table as JSON Lines: an object for each row, its
// members in the order of the columns. A missing value is no member. Instants
// are strings of RFC 3339 with milliseconds, in UTC or with the offset of the
// zone that was asked for; days are strings; durations are milliseconds.
package jsonl

import (
	"bufio"
	"errors"
	"io"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of one table.
func New(w io.Writer, o tables.Options) tables.Writer {
	return &writer{out: bufio.NewWriterSize(w, 64<<10), clock: tables.NewClock(o.Zone)}
}

type writer struct {
	out   *bufio.Writer
	clock *tables.Clock
	types []tables.Type
	names []string // with quotes and colon
	line  []byte
}

// Table takes note of the columns.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) {
	if w.types != nil {
		return nil, errors.New("jsonl holds one table")
	}
	for i := range t.Columns {
		w.types = append(w.types, t.Columns[i].Type)
		w.names = append(w.names, string(append(AppendString(nil, t.Columns[i].Name), ':')))
	}
	return w, nil
}

// Row writes a line.
func (w *writer) Row(row []tables.Value) error {
	w.line = append(w.line, '{')
	for i := range row {
		v := &row[i]
		if !v.Present() {
			continue
		}
		if len(w.line) > 1 {
			w.line = append(w.line, ',')
		}
		w.line = append(w.line, w.names[i]...)
		switch w.types[i] {
		case tables.Int, tables.Duration:
			w.line = strconv.AppendInt(w.line, v.Int(), 10)
		case tables.Float:
			w.line = tables.AppendFloat(w.line, v.Float())
		case tables.Bool:
			w.line = strconv.AppendBool(w.line, v.Bool())
		case tables.Time:
			w.line = append(w.clock.AppendRFC3339(append(w.line, '"'), v.Int()), '"')
		case tables.Date:
			w.line = append(time.Unix(v.Int()*86400, 0).UTC().AppendFormat(append(w.line, '"'), time.DateOnly), '"')
		default:
			w.line = AppendString(w.line, v.Text())
		}
	}
	w.line = append(w.line, '}', '\n')
	_, err := w.out.Write(w.line)
	w.line = w.line[:0]
	if cap(w.line) > 1<<20 {
		w.line = nil // of one very long text
	}
	return err
}

// AppendString appends a JSON string. What is no UTF-8 becomes U+FFFD; the
// characters by which a page or an old script could end early are escaped.
func AppendString(to []byte, s string) []byte {
	const hex = "0123456789abcdef"
	to = append(to, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= utf8.RuneSelf {
			r, size := utf8.DecodeRuneInString(s[i:])
			if r == utf8.RuneError && size == 1 || r == '\u2028' || r == '\u2029' {
				to = append(to, s[start:i]...)
				to = append(to, '\\', 'u', hex[r>>12], hex[r>>8&15], hex[r>>4&15], hex[r&15])
				start = i + size
			}
			i += size
			continue
		}
		i++
		if c >= ' ' && c != '"' && c != '\\' && c != '<' && c != 0x7F {
			continue
		}
		to = append(to, s[start:i-1]...)
		start = i
		switch c {
		case '"', '\\':
			to = append(to, '\\', c)
		case '\n':
			to = append(to, '\\', 'n')
		case '\r':
			to = append(to, '\\', 'r')
		case '\t':
			to = append(to, '\\', 't')
		default:
			to = append(to, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
		}
	}
	to = append(to, s[start:]...)
	return append(to, '"')
}

// Close writes what is left.
func (w *writer) Close() error { return w.out.Flush() }
