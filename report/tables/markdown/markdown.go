// Package markdown writes tables for a page: a heading, what a row is, and a
// pipe table of GitHub's form. Columns in which no row has a value are left
// out, which needs all rows first: they wait in spools.
//
// No text of a document is markup: what could begin a tag, a link, emphasis,
// code or another cell is escaped, line breaks become <br>.
package markdown

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of any number of tables.
func New(w io.Writer, o tables.Options) tables.Writer {
	return &writer{out: bufio.NewWriterSize(w, 64<<10), options: o}
}

type writer struct {
	out     *bufio.Writer
	options tables.Options
	all     []*rows
}

// rows are those of a table, as cells with their lengths before them.
type rows struct {
	table *tables.Table
	clock *tables.Clock
	spool tables.Spool
	buf   *bufio.Writer
	used  []bool
	count int
	cell  []byte
}

// Table begins a table.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) {
	if w.options.Spool == nil {
		return nil, errors.New("markdown needs a spool")
	}
	spool, err := w.options.Spool()
	if err != nil {
		return nil, err
	}
	r := &rows{table: t, clock: tables.NewClock(w.options.Zone), spool: spool, buf: bufio.NewWriterSize(spool, 32<<10), used: make([]bool, len(t.Columns))}
	w.all = append(w.all, r)
	return r, nil
}

// Row keeps a row.
func (r *rows) Row(row []tables.Value) error {
	r.count++
	for i := range row {
		r.cell = r.cell[:0]
		if v := &row[i]; v.Present() {
			r.append(r.table.Columns[i].Type, v)
			r.used[i] = true
		}
		var size [binary.MaxVarintLen64]byte
		if _, err := r.buf.Write(size[:binary.PutUvarint(size[:], uint64(len(r.cell)))]); err != nil {
			return err
		}
		if _, err := r.buf.Write(r.cell); err != nil {
			return err
		}
	}
	return nil
}

func (r *rows) append(kind tables.Type, v *tables.Value) {
	switch kind {
	case tables.Int:
		r.cell = strconv.AppendInt(r.cell, v.Int(), 10)
	case tables.Duration:
		r.cell = append(r.cell, tables.Lasted(v.Int())...)
	case tables.Float:
		r.cell = strconv.AppendFloat(r.cell, v.Float(), 'f', 1, 64)
	case tables.Bool:
		r.cell = strconv.AppendBool(r.cell, v.Bool())
	case tables.Time:
		r.cell = r.clock.Append(r.cell, v.Int(), ' ')
	case tables.Date:
		r.cell = time.Unix(v.Int()*86400, 0).UTC().AppendFormat(r.cell, time.DateOnly)
	default:
		r.cell = appendText(r.cell, v.Text())
	}
}

// appendText appends text that shows as it is.
func appendText(to []byte, s string) []byte {
	s = strings.TrimSpace(s)
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\r' && i+1 < len(s) && s[i+1] == '\n':
		case c == '\n' || c == '\r':
			to = append(to, "<br>"...)
		case c == '<':
			to = append(to, "&lt;"...)
		case c == '>':
			to = append(to, "&gt;"...)
		case c == '&':
			to = append(to, "&amp;"...)
		case c < ' ' || c == 0x7F:
			to = append(to, ' ')
		case c == '@' || c == '#' || c == ':' && strings.HasPrefix(s[i:], "://"), c == '.' && i >= 3 && strings.EqualFold(s[i-3:i], "www"):
			// neither a mention, nor a reference, nor an address
			to = append(append(append(to, "&#"...), strconv.Itoa(int(c))...), ';')
		case strings.IndexByte("\\`*_{}[]()|~!$", c) >= 0:
			to = append(to, '\\', c)
		default:
			to = append(to, c)
		}
	}
	return to
}

// Close writes the page.
func (w *writer) Close() error {
	for i, r := range w.all {
		if i > 0 {
			w.out.WriteByte('\n')
		}
		err := r.write(w.out)
		if closeErr := r.spool.Close(); err == nil {
			err = closeErr
		}
		if err != nil {
			return err
		}
	}
	return w.out.Flush()
}

func (r *rows) write(out *bufio.Writer) error {
	fmt.Fprintf(out, "## %s\n\n%s\n\n", r.table.Title, appendText(nil, r.table.Doc))
	if r.count == 0 {
		out.WriteString("There is none.\n")
		return nil
	}
	if err := r.buf.Flush(); err != nil {
		return err
	}
	from, err := r.spool.Reader()
	if err != nil {
		return err
	}
	var line strings.Builder
	for i := range r.used {
		if r.used[i] {
			out.WriteString("| " + string(appendText(nil, r.table.Columns[i].Name)) + " ")
			if t := r.table.Columns[i].Type; t == tables.Int || t == tables.Float || t == tables.Duration {
				line.WriteString("| --: ")
			} else {
				line.WriteString("| --- ")
			}
		}
	}
	out.WriteString("|\n" + line.String() + "|\n")
	in := bufio.NewReaderSize(from, 32<<10)
	for range r.count {
		if err := r.line(out, in); err != nil {
			return err
		}
	}
	return nil
}

// line copies a row from the spool.
func (r *rows) line(out *bufio.Writer, in *bufio.Reader) error {
	for i := range r.used {
		size, err := binary.ReadUvarint(in)
		if err != nil {
			return err
		}
		if !r.used[i] {
			continue // and empty
		}
		out.WriteString("| ")
		if _, err := io.CopyN(out, in, int64(size)); err != nil {
			return err
		}
		out.WriteByte(' ')
	}
	_, err := out.WriteString("|\n")
	return err
}
