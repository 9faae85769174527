package xlsx

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
)

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
