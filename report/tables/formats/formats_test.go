package formats_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/formats"
)

// every is a table with a column of every type.
func every() *tables.Table {
	t := &tables.Table{Name: "every", Title: "Every type", Doc: "A row of the test."}
	for kind := tables.Text; kind <= tables.Date; kind++ {
		t.Columns = append(t.Columns, tables.Column{Name: "z_" + kind.String(), Type: kind, Doc: "A column.", Source: "the test"})
	}
	t.Columns = append(t.Columns, tables.Column{Name: "a_last", Type: tables.Word, Doc: "Behind the others, though its name comes first.", Source: "the test"})
	return t
}

// hostile are texts that some program would take for something else.
var hostile = []string{
	"", " ", "plain", "Łódź, \"quoted\"\r\nsecond line", "=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\tTAB", "\rCR", "＝1+1",
	"<script>alert(1)</script>", "</table><img src=x onerror=alert(1)>", "| cell | **bold** | `code` | [a](javascript:x) |", "a\\|b", "http://x.example/",
	"{\"json\": [1]}", "null", "NaN", "\u2028line\u2029", "\U0001F600", strings.Repeat("x", 70_000), "\x1b[31mred", "nul\x00", "a,b;c\td", "'", "''", "\"", "# heading", "~~~", "- item",
}

func rows() [][]tables.Value {
	var all [][]tables.Value
	for i, text := range hostile {
		row := []tables.Value{tables.Of(text), tables.Of(text), tables.Of(text), tables.Num(i - 3), tables.Real(float64(i) / 7), tables.Flag(i%2 == 0),
			tables.Num(int64(i)*86_399_999 - 5), tables.Num(int64(i) * 61_001), tables.Num(i * 400), tables.Of("w" + strconv.Itoa(i%3))}
		if i%5 == 4 {
			row[i%len(row)] = tables.Missing
		}
		all = append(all, row)
	}
	all = append(all, make([]tables.Value, len(all[0]))) // nothing at all
	all = append(all, []tables.Value{tables.Of("x"), tables.Of("x"), tables.Of("x"), tables.Num(int64(math.MaxInt64)), tables.Real(-1e300), tables.Flag(true),
		tables.Num(int64(-62135596800000)), tables.Num(int64(math.MinInt64)), tables.Num(-719162), tables.Of("x")})
	return all
}

// write writes a report of one table.
func write(t *testing.T, f tables.Format, table *tables.Table, all [][]tables.Value, o tables.Options) []byte {
	t.Helper()
	var out bytes.Buffer
	o.Spool = func() (tables.Spool, error) { return &memory{}, nil }
	w := f.New(&out, o)
	r, err := w.Table(table)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range all {
		lent := make([]tables.Value, len(row))
		copy(lent, row)
		if err := r.Row(lent); err != nil {
			t.Fatal(err)
		}
		clear(lent) // a row may not be kept
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

type memory struct{ bytes.Buffer }

func (m *memory) Reader() (io.Reader, error) { return &m.Buffer, nil }
func (m *memory) Close() error               { return nil }

// wanted is a value as all formats must have it.
func wanted(kind tables.Type, v tables.Value) string {
	if !v.Present() {
		return "missing"
	}
	switch kind {
	case tables.Int, tables.Duration:
		return strconv.FormatInt(v.Int(), 10)
	case tables.Float:
		return strconv.FormatFloat(v.Float(), 'g', -1, 64)
	case tables.Bool:
		return strconv.FormatBool(v.Bool())
	case tables.Time:
		return time.UnixMilli(v.Int()).UTC().Format("2006-01-02 15:04:05.000")
	case tables.Date:
		return time.Unix(v.Int()*86400, 0).UTC().Format(time.DateOnly)
	}
	return "text " + v.Text()
}

// readers read a report back by a program that is not ours.
var readers = map[string]func(t *testing.T, table *tables.Table, report []byte) [][]string{
	"csv": readCSV, "jsonl": readJSONL, "parquet": readParquet,
}

func TestFormatsAgree(t *testing.T) {
	table, all := every(), rows()
	for _, f := range formats.All() {
		read, ok := readers[f.Name]
		if !ok {
			if f.One {
				t.Errorf("no reader of %s here", f.Name)
			}
			continue
		}
		for name, some := range map[string][][]tables.Value{"nothing": nil, "one": all[:1], "many": all} {
			t.Run(f.Name+"/"+name, func(t *testing.T) {
				report := write(t, f, table, some, tables.Options{})
				if again := write(t, f, table, some, tables.Options{}); !bytes.Equal(report, again) {
					t.Error("the same rows give other bytes")
				}
				got := read(t, table, report)
				if len(got) != len(some) {
					t.Fatalf("%d rows were read, %d written", len(got), len(some))
				}
				for i, row := range some {
					for c := range row {
						want := wanted(table.Columns[c].Type, row[c])
						if f.Name == "csv" { // the reader of the standard library drops CR before LF
							want = strings.ReplaceAll(want, "\r\n", "\n")
						}
						if got[i][c] != want {
							t.Errorf("row %d, %s: %.80q, want %.80q", i, table.Columns[c].Name, got[i][c], want)
						}
					}
				}
			})
		}
	}
}

func readCSV(t *testing.T, table *tables.Table, report []byte) [][]string {
	records, err := csv.NewReader(bytes.NewReader(report)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	// The reader does not tell "" from nothing: what is quoted is looked up.
	var all [][]string
	for i, record := range records {
		var row []string
		for c, field := range record {
			kind := table.Columns[c].Type
			switch {
			case i == 0:
				if field != table.Columns[c].Name {
					t.Errorf("column %d is %s", c, field)
				}
			case field == "" && (!kind.Textual() || !quoted(records, i, c)):
				field = "missing"
			case kind.Textual():
				field = "text " + field
			case kind == tables.Float:
				field = float(t, field)
			}
			row = append(row, field)
		}
		if i > 0 {
			all = append(all, row)
		}
	}
	return all
}

// quoted tells whether an empty field of the test's rows is a text: only the
// first row has empty ones.
func quoted(_ [][]string, line, _ int) bool { return line == 1 }

func float(t *testing.T, text string) string {
	f, err := strconv.ParseFloat(text, 64)
	if err != nil {
		t.Error(err)
	}
	return strconv.FormatFloat(f, 'g', -1, 64)
}

func readJSONL(t *testing.T, table *tables.Table, report []byte) [][]string {
	var all [][]string
	for _, line := range bytes.Split(bytes.TrimSuffix(report, []byte("\n")), []byte("\n")) {
		if len(line) == 0 {
			continue
		}
		d := json.NewDecoder(bytes.NewReader(line))
		d.UseNumber()
		object := map[string]any{}
		if err := d.Decode(&object); err != nil {
			t.Fatalf("%v in %.200s", err, line)
		}
		var row []string
		for _, c := range table.Columns {
			switch v, ok := object[c.Name]; {
			case !ok:
				row = append(row, "missing")
			case c.Type == tables.Float:
				row = append(row, float(t, fmt.Sprint(v)))
			case c.Type == tables.Time:
				at, err := time.Parse(time.RFC3339, v.(string))
				if err != nil {
					t.Error(err)
				}
				row = append(row, at.UTC().Format("2006-01-02 15:04:05.000"))
			case c.Type.Textual():
				row = append(row, "text "+v.(string))
			default:
				row = append(row, fmt.Sprint(v))
			}
		}
		all = append(all, row)
	}
	return all
}

func readParquet(t *testing.T, table *tables.Table, report []byte) [][]string {
	file, err := parquet.OpenFile(bytes.NewReader(report), int64(len(report)))
	if err != nil {
		t.Fatal(err)
	}
	for i, field := range file.Schema().Fields() {
		if field.Name() != table.Columns[i].Name {
			t.Errorf("column %d is %s", i, field.Name())
		}
		if want := logical[table.Columns[i].Type]; fmt.Sprint(field.Type()) != want {
			t.Errorf("%s is %v, want %s", field.Name(), field.Type(), want)
		}
	}
	var all [][]string
	r := parquet.NewReader(bytes.NewReader(report))
	defer r.Close()
	for {
		buffer := make([]parquet.Row, 8)
		n, err := r.ReadRows(buffer)
		for _, values := range buffer[:n] {
			row := make([]string, len(table.Columns))
			for _, v := range values {
				row[v.Column()] = parquetText(table.Columns[v.Column()].Type, v)
			}
			all = append(all, row)
		}
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// logical are the types that a reader of parquet is told.
var logical = map[tables.Type]string{
	tables.Text: "STRING", tables.Word: "STRING", tables.GUID: "STRING", tables.Int: "INT(64,true)", tables.Duration: "INT(64,true)",
	tables.Float: "DOUBLE", tables.Bool: "BOOLEAN", tables.Time: "TIMESTAMP(isAdjustedToUTC=true,unit=MILLIS)", tables.Date: "DATE",
}

func parquetText(kind tables.Type, v parquet.Value) string {
	if v.IsNull() {
		return "missing"
	}
	switch kind {
	case tables.Int, tables.Duration:
		return strconv.FormatInt(v.Int64(), 10)
	case tables.Float:
		return strconv.FormatFloat(v.Double(), 'g', -1, 64)
	case tables.Bool:
		return strconv.FormatBool(v.Boolean())
	case tables.Time:
		return time.UnixMilli(v.Int64()).UTC().Format("2006-01-02 15:04:05.000")
	case tables.Date:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
	}
	return "text " + string(v.ByteArray())
}

// Text that a spreadsheet would run gets an apostrophe, and nothing else does.
func TestCSVSafe(t *testing.T) {
	f, err := formats.Find("csv")
	if err != nil {
		t.Fatal(err)
	}
	table, all := every(), rows()
	records, err := csv.NewReader(bytes.NewReader(write(t, f, table, all, tables.Options{Safe: true}))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i, record := range records[1:] {
		for c, field := range record {
			if kind := table.Columns[c].Type; !kind.Textual() || !all[i][c].Present() {
				if strings.HasPrefix(field, "'") {
					t.Errorf("%s of row %d is %q", table.Columns[c].Name, i, field)
				}
				continue
			}
			text := all[i][c].Text()
			risky := text != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", []rune(text)[0])
			if risky {
				changed++
				text = "'" + text
			}
			if field != strings.ReplaceAll(text, "\r\n", "\n") {
				t.Errorf("%.40q, want %.40q", field, text)
			}
		}
	}
	if changed < 10 {
		t.Errorf("only %d texts were made harmless", changed)
	}
}

// In local time instants say another hour, and in parquet they do not change.
func TestZones(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Skip(err)
	}
	table := &tables.Table{Name: "t", Title: "T", Columns: []tables.Column{{Name: "at", Type: tables.Time}}}
	// An hour before and after the clocks are set back, and a day in winter.
	var all [][]tables.Value
	for _, at := range []string{"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-01-01T23:59:59.999Z"} {
		moment, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, []tables.Value{tables.Num(moment.UnixMilli())})
	}
	for name, want := range map[string]string{
		"csv":   "at\r\n2026-10-25 02:30:00.000\r\n2026-10-25 02:30:00.000\r\n2026-01-02 00:59:59.999\r\n",
		"jsonl": "{\"at\":\"2026-10-25T02:30:00.000+02:00\"}\n{\"at\":\"2026-10-25T02:30:00.000+01:00\"}\n{\"at\":\"2026-01-02T00:59:59.999+01:00\"}\n",
	} {
		f, err := formats.Find(name)
		if err != nil {
			t.Fatal(err)
		}
		if got := string(write(t, f, table, all, tables.Options{Zone: zone})); got != want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
	f, err := formats.Find("parquet")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(write(t, f, table, all, tables.Options{Zone: zone}), write(t, f, table, all, tables.Options{})) {
		t.Error("parquet depends on the zone")
	}
}

// No text is markup on the page, and each row is one line with all cells.
func TestMarkdown(t *testing.T) {
	f, err := formats.Find("markdown")
	if err != nil {
		t.Fatal(err)
	}
	table, all := every(), rows()
	page := string(write(t, f, table, all, tables.Options{}))
	lines := strings.Split(strings.TrimSuffix(page, "\n"), "\n")
	if got, want := len(lines)-6, len(all); got != want {
		t.Errorf("%d lines of rows, want %d", got, want)
	}
	for _, line := range lines[4:] {
		bars := strings.Count(strings.ReplaceAll(strings.ReplaceAll(line, `\\`, ""), `\|`, ""), "|")
		if bars != len(table.Columns)+1 {
			t.Errorf("%d bars in %.100s", bars, line)
		}
	}
	for _, markup := range []string{"<script", "<img", "](", "**bold", "http://", "\x1b", "\x00", " `code`"} {
		if strings.Contains(page, markup) {
			t.Errorf("the page has %q", markup)
		}
	}
	if empty := string(write(t, f, table, nil, tables.Options{})); !strings.Contains(empty, "There is none.") {
		t.Errorf("nothing is %q", empty)
	}
}

func TestFind(t *testing.T) {
	if _, err := formats.Find("xml"); err == nil || !strings.Contains(err.Error(), "csv, jsonl, parquet, markdown") {
		t.Errorf("%v does not list the formats", err)
	}
	seen := map[string]string{}
	for _, f := range formats.All() {
		for _, e := range f.Extensions {
			if found, ok := formats.Of(strings.ToUpper(e)); !ok || found.Name != f.Name {
				t.Errorf("%s is not found by %s", f.Name, e)
			}
			if seen[e] != "" {
				t.Errorf("%s is of %s and %s", e, f.Name, seen[e])
			}
			seen[e] = f.Name
		}
	}
}
