package xlsx

import (
	"encoding/csv"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/tables"
)

// TestOffice has LibreOffice, a reader that is not ours, open a workbook: each
// sheet has the rows that it has, numbers are numbers, and no cell shows an
// error or the result of a text that looks like a formula.
func TestOffice(t *testing.T) {
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Skip("LibreOffice is not installed")
	}
	if testing.Short() {
		t.Skip("takes seconds")
	}
	folder := t.TempDir()
	hostileTable := &tables.Table{Name: "hostile", Title: "Hostile", Columns: []tables.Column{{Name: "text", Type: tables.Text}}}
	formulas := []string{"=1+1", "+2", "@SUM(1)", "=cmd|' /C calc'!A0", "-3", "=HYPERLINK(\"http://127.0.0.1/\")"}
	data := written(t, tables.Options{Version: "1"}, func(w tables.Writer) {
		fillTables(t, w.Table, nil, histories(t))
		rows, err := w.Table(hostileTable)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range formulas {
			if err := rows.Row([]tables.Value{tables.Of(text)}); err != nil {
				t.Fatal(err)
			}
		}
	})
	if err := os.WriteFile(filepath.Join(folder, "book.xlsx"), data, 0o644); err != nil {
		t.Fatal(err)
	}
	const everySheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
	cmd := exec.Command(office, "-env:UserInstallation=file://"+filepath.ToSlash(folder)+"/profile", "--headless", "--convert-to", everySheet,
		"--outdir", folder, filepath.Join(folder, "book.xlsx"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	book := readWorkbook(t, data)
	for _, s := range book.sheets {
		text, err := os.ReadFile(filepath.Join(folder, "book-"+s.name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		for _, wrong := range []string{"#NAME?", "#VALUE!", "#REF!", "#N/A", "Err:5"} {
			if strings.Contains(string(text), wrong) {
				t.Errorf("sheet %s shows %s", s.name, wrong)
			}
		}
		if s.name == summarySheet || s.name == aboutSheet {
			continue
		}
		records, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
		if len(records) != s.rows {
			t.Errorf("sheet %s has %d rows in LibreOffice, %d were written", s.name, len(records), s.rows)
		}
		if s.name != "Hostile" {
			continue
		}
		var shown []string
		for _, r := range records[1:] {
			shown = append(shown, r[0])
		}
		if !slices.Equal(shown, formulas) {
			t.Errorf("LibreOffice shows %q", shown)
		}
	}
}
