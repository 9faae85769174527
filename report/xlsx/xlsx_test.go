package xlsx

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"regexp"
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

// fill writes the facts and derived tables of documents.
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

var linkFormula = regexp.MustCompile(`^HYPERLINK\("#('[^']+'|[A-Za-z]+)!A"&IF\(('[^']+'|[A-Za-z]+)!\$([AB])\$(\d+)=(\d+),(\d+),MATCH\((\d+),('[^']+'|[A-Za-z]+)!\$([AB]):\$([AB]),0\)\),(\d+)\)$`)

// follow reads a link: the row that it leads to, and the key by which it is
// found again.
func follow(t *testing.T, book *readBook, c readCell) (sheet *readSheet, row int) {
	t.Helper()
	m := linkFormula.FindStringSubmatch(c.formula)
	if m == nil {
		t.Fatalf("no link: %q", c.formula)
	}
	if m[1] != m[2] || m[1] != m[8] || m[3] != m[9] || m[3] != m[10] || m[5] != m[7] || m[4] != m[6] || m[11] != c.value {
		t.Errorf("the link %s (%s) contradicts itself", c.formula, c.value)
	}
	sheet = book.sheet(t, strings.Trim(m[1], "'"))
	if key := sheet.cells[m[3]+m[4]].value; key != m[5] {
		t.Errorf("%s leads to row %s, whose number is %s", c.formula, m[4], key)
	}
	row, _ = strconv.Atoi(m[4])
	return sheet, row
}

// TestLinks follows the links from errors to their steps, from steps to their
// runs and errors, and from runs to their steps, also where sheets go on.
func TestLinks(t *testing.T) {
	for _, maxRows := range []int{maxRows, 41} {
		t.Run(fmt.Sprint(maxRows), func(t *testing.T) {
			var out bytes.Buffer
			w := &writer{out: &out, title: "Links"}
			if err := w.begin(); err != nil {
				t.Fatal(err)
			}
			w.book.maxRows = maxRows
			fillTables(t, w.Table, nil, histories(t))
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			book := readWorkbook(t, out.Bytes())
			same := func(from *readSheet, row int, to *readSheet, toRow int, heads ...string) {
				t.Helper()
				for _, head := range heads {
					a, b := from.at(from.column(t, head), row), to.at(to.column(t, head), toRow)
					if a.value != b.value {
						t.Errorf("%s, row %d, leads to %s, row %d: %s is %q there, not %q", from.name, row, to.name, toRow, head, b.value, a.value)
					}
				}
			}
			checked := map[string]int{}
			for _, sheet := range book.sheets {
				name, _, _ := strings.Cut(sheet.name, " ")
				for row := 2; row <= sheet.rows; row++ {
					switch name {
					case "Errors", "Connections", "Discovery", "Changes":
						to, at := follow(t, book, sheet.at(1, row))
						same(sheet, row, to, at, "File", "Run index", "Step index", "Step start")
					case "Steps":
						to, at := follow(t, book, sheet.at(2, row))
						same(sheet, row, to, at, "File", "Run index")
						for head, kind := range map[string]string{"Discovery errors": "discovery", "Import errors": "import", "Export errors": "export", "Retry errors": "retry"} {
							c := sheet.at(sheet.column(t, head), row)
							if c.value == "0" {
								continue
							}
							to, at := follow(t, book, c)
							same(sheet, row, to, at, "File", "Run index", "Step index")
							if got := to.at(to.column(t, "Kind"), at).value; got != kind {
								t.Errorf("%s lead to an error of kind %s", head, got)
							}
							checked["back"]++
						}
					case "Runs":
						to, at := follow(t, book, sheet.at(sheet.column(t, "Steps"), row))
						same(sheet, row, to, at, "File", "Run index")
					default:
						continue
					}
					checked[name]++
				}
			}
			for _, name := range []string{"Errors", "Connections", "Discovery", "Changes", "Steps", "Runs", "back"} {
				if checked[name] < 5 {
					t.Errorf("only %d links of %s were followed", checked[name], name)
				}
			}
		})
	}
}

// TestGoesOn has tables go on in a further sheet, and the Summary say so.
func TestGoesOn(t *testing.T) {
	table := &tables.Table{Name: "things", Title: "Things", Columns: []tables.Column{{Name: "n", Type: tables.Int}}}
	for rows, want := range map[int][]string{9: {"Things"}, 10: {"Things", "Things 2"}, 19: {"Things", "Things 2", "Things 3"}} {
		var out bytes.Buffer
		w := &writer{out: &out, title: "Things"}
		if err := w.begin(); err != nil {
			t.Fatal(err)
		}
		w.book.maxRows = 10
		to, err := w.Table(table)
		if err != nil {
			t.Fatal(err)
		}
		for n := range rows {
			if err := to.Row([]tables.Value{tables.Num(n)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		book := readWorkbook(t, out.Bytes())
		var names []string
		n := 0
		for _, s := range book.sheets[1 : len(book.sheets)-1] {
			names = append(names, s.name)
			for row := 2; row <= s.rows; row++ {
				if got := s.at(1, row).value; got != strconv.Itoa(n) {
					t.Errorf("%s, row %d is %s, not %d", s.name, row, got, n)
				}
				n++
			}
		}
		if !slices.Equal(names, want) || n != rows {
			t.Errorf("%d rows are in %q, %d of them", rows, names, n)
		}
		said := strings.Contains(book.parts["xl/sharedStrings.xml"], "Sheet Things goes on in")
		if said != (rows > 9) {
			t.Errorf("%d rows: the Summary says that the sheet goes on: %v", rows, said)
		}
	}
}

// hostile is text that documents may have, and what a cell shows of it.
func hostile() map[string]string {
	long := strings.Repeat("x", maxText-10) + strings.Repeat("\U0001F600", 10)
	behind := mark(length16(long))
	return map[string]string{
		"=HYPERLINK(\"http://x\",\"y\")":         "=HYPERLINK(\"http://x\",\"y\")",
		"+1+1":                                   "+1+1",
		"-2":                                     "-2",
		"@SUM(A1)":                               "@SUM(A1)",
		"\t=1":                                   "\t=1",
		"'quoted":                                "'quoted",
		"12345678901234567890":                   "12345678901234567890",
		"0x80230703":                             "0x80230703",
		"1E5":                                    "1E5",
		"2026-03-01":                             "2026-03-01",
		"{12345678-0000-0000-0000-00000000000a}": "{12345678-0000-0000-0000-00000000000a}",
		"":                                       "",
		" blank at both ends ":                   " blank at both ends ",
		"two\nlines\r\nand a return\rhere":       "two\nlines\r\nand a return\rhere",
		"]]></t></is></c>&amp;<f>1+1</f>":        "]]></t></is></c>&amp;<f>1+1</f>",
		"bell \a, null \x00, escape \x1b":        "bell \uFFFD, null \uFFFD, escape \uFFFD",
		"no UTF-8: \xff\xfe":                     "no UTF-8: \uFFFD\uFFFD",
		"not a character: \uffff":                "not a character: \uFFFD",
		"_x0041_ and _x005F_x0041_ and _x000D_":  "_x0041_ and _x005F_x0041_ and _x000D_",
		"日本語 \U0001F600 e\u0301":                 "日本語 \U0001F600 e\u0301",
		long:                                     strings.Repeat("x", maxText-length16(behind)) + behind,
		strings.Repeat("é", maxText):             strings.Repeat("é", maxText),
	}
}

// TestHostile writes hostile text into every table that there is, in every
// column of text: each cell shows it as it is, and no formula is made of it.
func TestHostile(t *testing.T) {
	all := append(facts.Tables(), derived.Tables()...)
	all = append(all, findingsTable(), rulesTable(), &tables.Table{Name: "x", Title: "Own: [table] of /any\\ name?*, with a very long title", Columns: []tables.Column{
		{Name: "a", Type: tables.Text}, {Name: "A", Type: tables.Word}, {Name: "a_", Type: tables.GUID}}})
	var texts []string
	for text := range hostile() {
		texts = append(texts, text)
	}
	slices.Sort(texts)
	data := written(t, tables.Options{Version: "<&\"\x01"}, func(w tables.Writer) {
		for _, table := range all {
			to, err := w.Table(table)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range texts {
				row := make([]tables.Value, len(table.Columns))
				for i := range table.Columns {
					if table.Columns[i].Type.Textual() {
						row[i] = tables.Of(text)
					}
				}
				if err := to.Row(row); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
	book := readWorkbook(t, data)
	shown := hostile()
	checked := 0
	for _, s := range book.sheets {
		for address, c := range s.cells {
			if c.formula != "" && linkFormula.FindString(c.formula) == "" {
				t.Errorf("%s!%s is a formula: %s", s.name, address, c.formula)
			}
		}
		if s.name != "Errors" && !strings.HasPrefix(s.name, "Own") {
			continue
		}
		column := 1
		if s.name == "Errors" {
			column = s.column(t, "Literal")
		}
		for i, text := range texts {
			checked++
			if c := s.at(column, i+2); c.value != shown[text] || c.kind != "text" {
				t.Errorf("%s: %.40q is shown as %.40q (%s)", s.name, text, c.value, c.kind)
			}
		}
	}
	if checked != 2*len(texts) {
		t.Errorf("%d texts were checked", checked)
	}
}

// TestNumbers pins what becomes of numbers that a cell cannot have.
func TestNumbers(t *testing.T) {
	table := &tables.Table{Name: "n", Title: "N", Columns: []tables.Column{{Name: "whole", Type: tables.Int}, {Name: "at", Type: tables.Time}, {Name: "day", Type: tables.Date},
		{Name: "took_ms", Type: tables.Duration}, {Name: "flag", Type: tables.Bool}}}
	at := func(text string) int64 {
		parsed, err := time.Parse(time.DateTime, text)
		if err != nil {
			t.Fatal(err)
		}
		return parsed.UnixMilli()
	}
	for _, c := range []struct {
		column int
		value  tables.Value
		want   readCell
	}{
		{1, tables.Num(int64(999_999_999_999_999)), readCell{value: "999999999999999"}},
		{1, tables.Num(int64(1_000_000_000_000_000)), readCell{kind: "text", value: "1000000000000000"}},
		{1, tables.Num(int64(-9_223_372_036_854_775_808)), readCell{kind: "text", value: "-9223372036854775808"}},
		{2, tables.Num(at("1900-03-01 00:00:00")), readCell{value: "61"}},
		{2, tables.Num(at("1900-02-28 23:59:59")), readCell{kind: "text", value: "1900-02-28 23:59:59.000"}},
		{2, tables.Num(at("1601-01-01 00:00:00")), readCell{kind: "text", value: "1601-01-01 00:00:00.000"}},
		{2, tables.Num(at("2026-03-01 12:00:00")), readCell{value: "46082.5"}},
		{2, tables.Num(at("9999-12-31 23:59:59") + 1000), readCell{kind: "text", value: "10000-01-01 00:00:00.000"}},
		{3, tables.Num(at("2026-03-01 00:00:00") / 86400000), readCell{value: "46082"}},
		{3, tables.Num(-200000), readCell{kind: "text", value: "1422-06-03"}},
		{4, tables.Num(1), readCell{value: "0.001"}},
		{4, tables.Num(-1500), readCell{value: "-1.5"}},
		{5, tables.Flag(true), readCell{kind: "b", value: "1"}},
	} {
		row := make([]tables.Value, len(table.Columns))
		row[c.column-1] = c.value
		data := written(t, tables.Options{}, func(w tables.Writer) {
			to, err := w.Table(table)
			if err == nil {
				err = to.Row(row)
			}
			if err != nil {
				t.Fatal(err)
			}
		})
		got := readWorkbook(t, data).sheets[1].at(c.column, 2)
		if got.style = 0; got != c.want {
			t.Errorf("column %d: %+v, not %+v", c.column, got, c.want)
		}
	}
}

// TestSameBytes writes the same rows several times, in memory and through
// temporary files: the library keeps sheets in a map.
func TestSameBytes(t *testing.T) {
	documents := histories(t)
	var first []byte
	for range 4 {
		data := written(t, tables.Options{Version: "1"}, func(w tables.Writer) { fillTables(t, w.Table, nil, documents) })
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Fatal("the same rows gave other bytes")
		}
	}
	book := readWorkbook(t, first)
	if book.order[0] != "[Content_Types].xml" {
		t.Errorf("the archive begins with %s", book.order[0])
	}
	if core := book.parts["docProps/core.xml"]; strings.Contains(core, "created") || strings.Contains(core, "modified") {
		t.Errorf("there is a time in %s", core)
	}
}

// large writes three sheets of more than the library keeps in memory.
func large(t *testing.T, o tables.Options) []byte {
	return written(t, o, func(w tables.Writer) {
		var all []tables.Rows
		for i := range 3 {
			rows, err := w.Table(&tables.Table{Name: fmt.Sprint("t", i), Title: fmt.Sprint("Table ", i), Columns: []tables.Column{{Name: "text", Type: tables.Text}}})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, rows)
		}
		for n := range 18_000 {
			for i, rows := range all {
				if err := rows.Row([]tables.Value{tables.Of(strings.Repeat(fmt.Sprint(n, " ", i, " "), 120))}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestTemporaryFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 60 MB")
	}
	folder := t.TempDir()
	asked := 0
	o := tables.Options{Folder: func() (string, error) { asked++; return folder, nil }}
	first := large(t, o)
	if asked != 1 {
		t.Errorf("the folder was asked for %d times", asked)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("what is left: %v %v", left, err)
	}
	if !bytes.Equal(first, large(t, o)) {
		t.Error("the same rows gave other bytes")
	}
	book := readWorkbook(t, first)
	for i := range 3 {
		s := book.sheet(t, fmt.Sprint("Table ", i))
		if c := s.at(1, 18_001); s.rows != 18_001 || !strings.HasPrefix(c.value, fmt.Sprint("17999 ", i, " ")) {
			t.Errorf("%s: %d rows, the last is %.20q", s.name, s.rows, c.value)
		}
	}
}

func TestEmpty(t *testing.T) {
	for name, fill := range map[string]func(tables.Writer){
		"nothing": func(tables.Writer) {},
		"tables without rows": func(w tables.Writer) {
			for _, table := range append(facts.Tables(), derived.Tables()...) {
				if _, err := w.Table(table); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		book := readWorkbook(t, written(t, tables.Options{}, fill))
		if len(book.sheets) != 2 || book.sheets[0].name != summarySheet || book.sheets[1].name != aboutSheet {
			t.Errorf("%s: %d sheets", name, len(book.sheets))
		}
	}
}

type failing struct{ room int }

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("the disk is full")
	}
	return len(p), nil
}

func TestFailingOutput(t *testing.T) {
	for _, room := range []int{0, 100, 5000} {
		w := New(&failing{room}, tables.Options{})
		rows, err := w.Table(&tables.Table{Name: "t", Title: "T", Columns: []tables.Column{{Name: "n", Type: tables.Int}}})
		if err == nil {
			err = rows.Row([]tables.Value{tables.Num(1)})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}

// TestNames holds order.go to the tables that there are.
func TestNames(t *testing.T) {
	known := map[string]*tables.Table{}
	for _, table := range append(append(facts.Tables(), derived.Tables()...), findingsTable(), judgedTable(), rulesTable()) {
		known[table.Name] = table
	}
	for _, name := range []string{"days", "weeks", "months"} {
		known[name] = &tables.Table{}
	}
	for name, columns := range first {
		for _, column := range columns {
			if known[name] == nil || known[name].Column(column) < 0 {
				t.Errorf("there is no column %s of a table %s", column, name)
			}
		}
	}
	for _, name := range sheetOrder {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
	for name := range titles {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
	for name := range tabs {
		if known[name] == nil {
			t.Errorf("there is no table %s", name)
		}
	}
}
