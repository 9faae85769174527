// Package parquet writes a table as an Apache Parquet file that readers
// understand without hints: texts are strings in UTF-8, instants are timestamps
// in milliseconds of UTC, days are dates, and every column may be null. Columns
// stand in the order of the table. Pages are compressed with Snappy and values
// are encoded plainly or by dictionary, which every reader knows.
//
// The documentation of the table and its columns is in the metadata of the file
// as JSON, under the key runhist.columns.
package parquet

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/snappy"

	"github.com/runhist/runhist/report/tables"
)

// New returns a writer of one table.
func New(w io.Writer, o tables.Options) tables.Writer { return &writer{out: w, version: o.Version} }

// A row group ends when it has this much text, or this many values: it is in
// memory until then, and several tables are written at a time.
const (
	groupText   = 12 << 20
	groupValues = 1 << 20
	// maxDictionary bounds the dictionary of a column in a row group.
	maxDictionary = 64 << 10
	pageSize      = 64 << 10
	batch         = 64 // rows that are handed over at a time
)

type writer struct {
	out     io.Writer
	version string
	columns []tables.Column
	file    *parquet.GenericWriter[any]
	rows    []parquet.Row
	nulls   parquet.Row // a row without values
	text    []byte      // of the batch
	grouped int         // bytes of text in the row group
	values  int         // in the row group
}

// Table writes the beginning of the file.
func (w *writer) Table(t *tables.Table) (tables.Rows, error) {
	if w.file != nil {
		return nil, errors.New("parquet holds one table")
	}
	about, err := json.Marshal(tables.Describe(t))
	if err != nil {
		return nil, fmt.Errorf("describe the table %s: %w", t.Name, err)
	}
	w.columns = t.Columns
	w.rows = make([]parquet.Row, batch)
	for i := range w.rows {
		w.rows[i] = make(parquet.Row, len(t.Columns))
	}
	w.rows = w.rows[:0]
	for i := range t.Columns {
		w.nulls = append(w.nulls, parquet.NullValue().Level(0, 0, i))
	}
	options := []parquet.WriterOption{parquet.NewSchema(t.Name, columns(t)), parquet.Compression(&snappy.Codec{}),
		parquet.CreatedBy("runhist", w.version, ""), parquet.KeyValueMetadata("runhist.columns", string(about)),
		parquet.PageBufferSize(pageSize), parquet.DictionaryMaxBytes(maxDictionary), parquet.DataPageVersion(1)}
	for i := range t.Columns {
		if t.Columns[i].Type == tables.Text { // nobody looks for a range of long texts
			options = append(options, parquet.SkipPageBounds(t.Columns[i].Name))
		}
	}
	w.file = parquet.NewGenericWriter[any](w.out, options...)
	return w, nil
}

// group is a group of columns that keeps their order.
type group struct {
	parquet.Group
	fields []parquet.Field
}

// Fields are the columns in the order of the table.
func (g *group) Fields() []parquet.Field { return g.fields }

// GoType is the type of rows, for readers that ask for values of Go.
func (g *group) GoType() reflect.Type { return g.Group.GoType() }

func columns(t *tables.Table) parquet.Node {
	nodes := parquet.Group{}
	for i := range t.Columns {
		nodes[t.Columns[i].Name] = node(t.Columns[i].Type)
	}
	byName := map[string]parquet.Field{}
	for _, f := range nodes.Fields() {
		byName[f.Name()] = f
	}
	g := &group{Group: nodes}
	for i := range t.Columns {
		g.fields = append(g.fields, byName[t.Columns[i].Name])
	}
	return g
}

func node(t tables.Type) parquet.Node {
	switch t {
	case tables.Int, tables.Duration:
		return parquet.Optional(parquet.Encoded(parquet.Int(64), &parquet.Plain))
	case tables.Float:
		return parquet.Optional(parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.Plain))
	case tables.Bool:
		return parquet.Optional(parquet.Encoded(parquet.Leaf(parquet.BooleanType), &parquet.Plain))
	case tables.Time:
		return parquet.Optional(parquet.Encoded(parquet.Timestamp(parquet.Millisecond), &parquet.Plain))
	case tables.Date:
		return parquet.Optional(parquet.Encoded(parquet.Date(), &parquet.Plain))
	case tables.GUID:
		return parquet.Optional(parquet.Encoded(parquet.String(), &parquet.Plain))
	}
	return parquet.Optional(parquet.Encoded(parquet.String(), &parquet.RLEDictionary))
}

// Row writes a row.
func (w *writer) Row(row []tables.Value) error {
	w.rows = w.rows[:len(w.rows)+1]
	values := w.rows[len(w.rows)-1]
	copy(values, w.nulls)
	before := len(w.text)
	for i := range row {
		if v := &row[i]; v.Present() {
			values[i] = w.value(w.columns[i].Type, v).Level(0, 1, i)
		}
	}
	w.grouped += len(w.text) - before
	w.values += len(row)
	if len(w.rows) < batch && len(w.text) < pageSize {
		return nil
	}
	return w.flush()
}

func (w *writer) value(t tables.Type, v *tables.Value) parquet.Value {
	switch t {
	case tables.Int, tables.Duration, tables.Time:
		return parquet.Int64Value(v.Int())
	case tables.Float:
		return parquet.DoubleValue(v.Float())
	case tables.Bool:
		return parquet.BooleanValue(v.Bool())
	case tables.Date:
		return parquet.Int32Value(int32(v.Int()))
	}
	start := len(w.text)
	w.text = append(w.text, v.Text()...)
	return parquet.ByteArrayValue(w.text[start:])
}

// flush hands the batch over, and ends the row group when it is large.
func (w *writer) flush() error {
	_, err := w.file.WriteRows(w.rows)
	w.rows, w.text = w.rows[:0], w.text[:0]
	if cap(w.text) > 4*pageSize {
		w.text = nil // of one very long text
	}
	if err == nil && (w.grouped >= groupText || w.values >= groupValues) {
		w.grouped, w.values = 0, 0
		err = w.file.Flush()
	}
	return explain(err)
}

// Close writes what is left and the end of the file.
func (w *writer) Close() error {
	if w.file == nil {
		return nil
	}
	if err := w.flush(); err != nil {
		return err
	}
	return explain(w.file.Close())
}

func explain(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("parquet: %w", err)
}
