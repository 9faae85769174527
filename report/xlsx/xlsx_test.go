package xlsx

import (
	"bytes"
	"encoding/csv"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/operations"
	"github.com/runhist/runhist/report/tables"
	tablescsv "github.com/runhist/runhist/report/tables/csv"
	"github.com/runhist/runhist/schemas/source"
)

// fillTables writes the facts and derived tables of documents.
func fillTables(t testing.TB, open facts.Open, zone *time.Location, documents map[string][]byte) {
	t.Helper()
	collector, err := facts.NewCollector(open)
	if err != nil {
		t.Fatal(err)
	}
	tally := derived.New(zone)
	reader := operations.Follow(source.DefaultLimits(), facts.Select(facts.Selection{}, collector, tally))
	var names []string
	for name := range documents {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		collector.File(name)
		tally.File(name)
		outcome, err := reader.Document(bytes.NewReader(documents[name]))
		if err != nil {
			t.Fatal(err)
		}
		collector.Document(&facts.Document{File: name, Runs: outcome.Runs, Status: facts.Examined})
	}
	if err := tally.Write(open); err != nil {
		t.Fatal(err)
	}
	collector.About("tool", "runhist test")
	if err := collector.Err(); err != nil {
		t.Fatal(err)
	}
}

// histories are the whole histories of the corpus that are not large.
func histories(t testing.TB) map[string][]byte {
	t.Helper()
	documents := map[string][]byte{}
	entries, err := os.ReadDir("../../samples/histories")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile("../../samples/histories/" + e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), ".xml") && len(data) < 200_000 {
			documents[e.Name()] = data
		}
	}
	return documents
}

// written writes a workbook.
func written(t testing.TB, o tables.Options, fill func(w tables.Writer)) []byte {
	t.Helper()
	var out bytes.Buffer
	w := New(&out, o)
	fill(w)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// TestFigures compares each cell of each sheet with the csv of its table.
func TestFigures(t *testing.T) {
	zone := time.FixedZone("east", 2*3600)
	documents := histories(t)
	data := written(t, tables.Options{Version: "1", Zone: zone}, func(w tables.Writer) { fillTables(t, w.Table, zone, documents) })
	book := readWorkbook(t, data)
	outputs := map[string]*bytes.Buffer{}
	var writers []tables.Writer
	fillTables(t, func(table *tables.Table) (tables.Rows, error) {
		out := &bytes.Buffer{}
		outputs[table.Name] = out
		w := tablescsv.New(out, tables.Options{Zone: zone})
		writers = append(writers, w)
		return w.Table(table)
	}, zone, documents)
	for _, w := range writers {
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	compared := 0
	for _, table := range append(facts.Tables(), derived.Tables()...) {
		if table.Name == "about" || table.Name == "policies" && outputs[table.Name] == nil {
			continue // the table of policies is there when there are some
		}
		records, err := csv.NewReader(outputs[table.Name]).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		if len(records) == 1 { // no rows, no sheet
			continue
		}
		title := titles[table.Name]
		if title == "" {
			title = table.Title
		}
		sheet := book.sheet(t, title)
		if sheet.rows != len(records) {
			t.Errorf("sheet %s has %d rows, the csv has %d", title, sheet.rows, len(records))
		}
		for i := range table.Columns {
			c := &table.Columns[i]
			at := sheet.column(t, heading(c))
			for n, record := range records[1:] {
				compared++
				if got := asCSV(t, c, sheet.at(at, n+2)); got != record[i] {
					t.Errorf("%s, row %d, %s: %q, but %q in the csv", title, n+2, c.Name, got, record[i])
				}
			}
		}
	}
	if compared < 10_000 {
		t.Errorf("only %d cells were compared", compared)
	}
}

// asCSV writes what a cell shows as the csv does.
func asCSV(t *testing.T, c *tables.Column, cell readCell) string {
	t.Helper()
	if cell.kind == "text" {
		return strings.ReplaceAll(cell.value, "\r\n", "\n") // as the reader of csv does
	}
	if cell.value == "" {
		return ""
	}
	n, err := strconv.ParseFloat(cell.value, 64)
	if err != nil {
		t.Fatalf("%s: %v", c.Name, err)
	}
	epoch := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch c.Type {
	case tables.Bool:
		return map[string]string{"0": "false", "1": "true"}[cell.value]
	case tables.Duration:
		return strconv.FormatFloat(n*1000, 'f', 0, 64)
	case tables.Time:
		return epoch.Add(time.Duration(n*86400000+0.5) * time.Millisecond).Format("2006-01-02 15:04:05.000")
	case tables.Date:
		return epoch.AddDate(0, 0, int(n)).Format(time.DateOnly)
	}
	return cell.value
}
