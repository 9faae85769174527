package xlsx

import (
	"bytes"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/samples/generate"
)

// recorded are the rows of all tables of a run, in the order in which they
// come: what the benchmarks write again and again.
type recorded struct {
	tables []*tables.Table
	rows   []recordedRow
}

type recordedRow struct {
	table int
	row   []tables.Value
}

type recordedRows struct {
	r     *recorded
	table int
}

func (r *recorded) open(t *tables.Table) (tables.Rows, error) {
	r.tables = append(r.tables, t)
	return recordedRows{r, len(r.tables) - 1}, nil
}

func (r recordedRows) Row(row []tables.Value) error {
	kept := slices.Clone(row)
	for i := range kept {
		if kept[i].Present() && r.r.tables[r.table].Columns[i].Type.Textual() {
			kept[i] = tables.Of(strings.Clone(kept[i].Text()))
		}
	}
	r.r.rows = append(r.r.rows, recordedRow{r.table, kept})
	return nil
}

// record records a run with so many errors; its derived tables come at its end.
func record(b *testing.B, errors int) (facts, derived *recorded) {
	b.Helper()
	var document bytes.Buffer
	options := generate.Options{Runs: 1, Errors: errors, Seed: 1}
	if err := generate.Write(&document, options); err != nil {
		b.Fatal(err)
	}
	all := &recorded{}
	fillTables(b, all.open, nil, map[string][]byte{"a.xml": document.Bytes()})
	facts, derived = &recorded{tables: all.tables}, &recorded{tables: all.tables}
	for _, r := range all.rows {
		to := facts
		if t := all.tables[r.table]; t.Derived || t.Name == "about" || t.Name == "documents" {
			to = derived
		}
		to.rows = append(to.rows, r)
	}
	return facts, derived
}

const (
	benchErrors = 2000 // of a run
	benchRuns   = 100  // 200,000 errors in all
)

func runs() int {
	if testing.Short() {
		return 1
	}
	return benchRuns
}

// BenchmarkWorkbook writes 200,000 errors with all sheets. BenchmarkBare writes
// the same cells by the library alone; the first may take 1.3 times as long.
func BenchmarkWorkbook(b *testing.B) {
	first, last := record(b, benchErrors)
	b.ResetTimer()
	for range b.N {
		w := New(io.Discard, tables.Options{Folder: func() (string, error) { return b.TempDir(), nil }})
		var open []tables.Rows
		for _, t := range first.tables {
			rows, err := w.Table(t)
			if err != nil {
				b.Fatal(err)
			}
			open = append(open, rows)
		}
		write := func(list []recordedRow) {
			for _, r := range list {
				if err := open[r.table].Row(r.row); err != nil {
					b.Fatal(err)
				}
			}
		}
		for range runs() {
			write(first.rows)
		}
		write(last.rows)
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
	}
	memory(b)
}

// memory reports what the process got from the system for its heap.
func memory(b *testing.B) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "MiB-heap")
}

// BenchmarkBare writes the cells of BenchmarkWorkbook, made beforehand, to one
// StreamWriter a table.
func BenchmarkBare(b *testing.B) {
	first, last := record(b, benchErrors)
	lines := bareLines(b, first)
	more := bareLines(b, last)
	b.ResetTimer()
	for range b.N {
		f := excelize.NewFile(excelize.Options{TmpDir: b.TempDir()})
		if _, err := newStyles(f); err != nil {
			b.Fatal(err)
		}
		streams := make([]*excelize.StreamWriter, len(first.tables))
		at := make([]int, len(first.tables))
		write := func(r *recorded, list [][]any) {
			for i, line := range list {
				table := r.rows[i].table
				if streams[table] == nil {
					streams[table] = bareSheet(b, f, first.tables[table], len(line))
				}
				at[table]++
				if err := streams[table].SetRow(address(1, at[table]), line); err != nil {
					b.Fatal(err)
				}
			}
		}
		for range runs() {
			write(first, lines)
		}
		write(last, more)
		for _, s := range streams {
			if s != nil {
				if err := s.Flush(); err != nil {
					b.Fatal(err)
				}
			}
		}
		if err := f.Write(io.Discard); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	memory(b)
}

func bareSheet(b *testing.B, f *excelize.File, t *tables.Table, columns int) *excelize.StreamWriter {
	b.Helper()
	if _, err := f.NewSheet(t.Title); err != nil {
		b.Fatal(err)
	}
	s, err := f.NewStreamWriter(t.Title)
	if err != nil {
		b.Fatal(err)
	}
	for i := range columns {
		if err := s.SetColWidth(i+1, i+1, float64(10+i)); err != nil {
			b.Fatal(err)
		}
	}
	return s
}

// bareLines are the cells of rows, as the workbook makes them.
func bareLines(b *testing.B, r *recorded) [][]any {
	b.Helper()
	book, err := newWorkbook(&tables.Options{})
	if err != nil {
		b.Fatal(err)
	}
	var sheets []*sheet
	for _, t := range r.tables {
		if t.Name != facts.About {
			sheets = append(sheets, book.sheet(t))
		} else {
			sheets = append(sheets, newSheet(book, t, t.Title))
		}
	}
	var all [][]any
	for _, row := range r.rows {
		s := sheets[row.table]
		l := newLine(len(s.columns))
		for i := range s.columns {
			s.fill(&l, i, row.row)
		}
		book.links.passed(s, row.row)
		s.rows++
		all = append(all, l.row)
	}
	return all
}
