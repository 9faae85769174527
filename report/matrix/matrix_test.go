package matrix

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func corpus() *Matrix {
	return &Matrix{Version: "1.2.3", Kinds: []string{"rule", "schema", "none"}, Rows: []Row{
		{ID: "R001", Section: "2.2.1", Line: 332, Path: "/run-history", Level: "MUST", Statement: "conforms", Class: "schema", Covered: "schema"},
		{ID: "R009", Section: "2.2.1", Line: 374, Path: "dateTimeNoT", Statement: "a calendar date", Class: "document", Covered: "rule", By: []string{"R009", "C106"}},
		{ID: "C002", Path: "=1+1", Statement: "</td><script>alert(1)</script> \"a, b\"\n\x1b[31m é", Covered: "none", Reason: "because"},
		{ID: "C003", Covered: "none", Reason: "because"},
	}}
}

func render(t *testing.T, name string, m *Matrix) string {
	t.Helper()
	f, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := f.Write(&out, m); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no room") }

// TestContract holds for every format: the same bytes each time, valid UTF-8,
// and a failing output is reported.
func TestContract(t *testing.T) {
	for _, f := range Formats() {
		for _, m := range []*Matrix{corpus(), {}} {
			text := render(t, f.Name, m)
			if text == "" && len(m.Rows) > 0 || !utf8.ValidString(text) || text != render(t, f.Name, m) {
				t.Errorf("%s: not the same valid text twice: %q", f.Name, text)
			}
		}
		if err := f.Write(full{}, corpus()); err == nil {
			t.Errorf("%s: a failing output goes unnoticed", f.Name)
		}
	}
	if _, err := Find("xml"); err == nil || !strings.Contains(err.Error(), "text, json, jsonl, csv, html") {
		t.Errorf("an unknown format: %v", err)
	}
}

func TestText(t *testing.T) {
	text := render(t, "text", corpus())
	for _, want := range []string{
		"R009  document      rule R009 C106 a calendar date  (2.2.1 line 374)\n",
		"all              1         1         2         4\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the text lacks %q:\n%s", want, text)
		}
	}
	if strings.Contains(text, "\x1b") || strings.Count(text, "because") != 1 {
		t.Errorf("steers the terminal, or says a reason again:\n%s", text)
	}
}

func TestJSON(t *testing.T) {
	var rows []map[string]any
	if err := json.Unmarshal([]byte(render(t, "json", corpus())), &rows); err != nil {
		t.Fatal(err)
	}
	for _, field := range []string{"id", "section", "line", "path", "level", "statement", "class", "covered", "by", "reason"} {
		if _, ok := rows[0][field]; !ok || len(rows[0]) != 10 {
			t.Errorf("the field %s is missing, or there are others: %v", field, rows[0])
		}
	}
	if by, ok := rows[0]["by"].([]any); !ok || len(by) != 0 {
		t.Errorf("by is %v and not an empty list", rows[0]["by"])
	}
}

// TestLines: a line for each row, with what it has in the list of json.
func TestLines(t *testing.T) {
	var list []json.RawMessage
	if err := json.Unmarshal([]byte(render(t, "json", corpus())), &list); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(render(t, "jsonl", corpus()), "\n"), "\n")
	if len(lines) != len(list) {
		t.Fatalf("%d lines, want %d", len(lines), len(list))
	}
	for i, line := range lines {
		var want bytes.Buffer
		if err := json.Compact(&want, list[i]); err != nil || line != want.String() {
			t.Errorf("line %s, want %s, %v", line, want.String(), err)
		}
	}
}

func TestCSV(t *testing.T) {
	rows, err := csv.NewReader(strings.NewReader(render(t, "csv", corpus()))).ReadAll()
	if err != nil || len(rows) != 5 {
		t.Fatal(err, len(rows))
	}
	if rows[2][8] != "R009 C106" || rows[3][2] != "" || rows[3][3] != "=1+1" {
		t.Errorf("%q", rows)
	}
	m := corpus()
	m.CSVSafe = true
	rows, err = csv.NewReader(strings.NewReader(render(t, "csv", m))).ReadAll()
	if err != nil || rows[3][3] != "'=1+1" {
		t.Errorf("%q, %v", rows, err)
	}
}

// TestHTML: the page needs nothing from outside, and no cell becomes markup.
func TestHTML(t *testing.T) {
	page := render(t, "html", corpus())
	for _, outside := range []string{"http:", "https:", "src=", "<link", "@import", "url("} {
		if strings.Contains(page, outside) {
			t.Errorf("the page has %q", outside)
		}
	}
	if strings.Contains(page, "<script>alert") || strings.Count(page, "<script>") != 1 {
		t.Error("a statement became markup")
	}
	if strings.Count(page, "<tr id=") != 4 || !strings.Contains(page, `<tr id="C002" class="none">`) {
		t.Error("rows are missing")
	}
}
