package reconciliation_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/reconciliation"
	"github.com/runhist/runhist/validate/finding"
)

// TestWorkbook reads the workbook by a library: each value stands in its cell,
// text is no formula, and the same report gives the same bytes.
func TestWorkbook(t *testing.T) {
	for name, r := range map[string]*reconciliation.Report{"full": full(), "hostile": hostile(), "empty": {Version: "1.2.3", FailOn: finding.Error}} {
		text := write(t, "xlsx", r, false)
		if write(t, "xlsx", r, true) != text {
			t.Errorf("%s: other bytes the second time", name)
		}
		book, err := excelize.OpenReader(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		summary := strings.Join(cellsOf(t, book, "Summary"), "\n")
		if calm := strings.Contains(summary, "Nothing: no rule that was applied found an error."); calm != (len(r.Findings) == 0) {
			t.Errorf("%s: with %d findings the summary says %q", name, len(r.Findings), summary)
		}
		if said := strings.Contains(summary, "The runs do not add up, or break policies: "); said != (name == "full") && name != "hostile" {
			t.Errorf("%s: the summary says %q", name, summary)
		}
		want := map[string][]string{}
		for i := range r.Findings {
			f := &r.Findings[i]
			want["Findings"] = append(want["Findings"], f.Severity.String(), f.Rule, f.Message, f.Agent, f.Profile, f.File, f.Path, f.Suppressed, strings.Join(f.Objects, "\n"))
		}
		for _, v := range r.Policies {
			want["Policies"] = append(want["Policies"], v.Policy, v.Outcome, v.Agent, v.AgentID, v.Profile, v.Message)
		}
		for _, g := range r.Resolved {
			want["Gone"] = append(want["Gone"], g.Severity.String(), g.Agent, g.Message)
		}
		for _, a := range r.Agents {
			for _, p := range a.Profiles {
				want["Agents"] = append(want["Agents"], a.Name, a.ID, p.Name, p.Result)
			}
		}
		want["Problems"] = append(want["Problems"], r.Problems...)
		for title, texts := range want {
			cells := cellsOf(t, book, title)
			for _, text := range texts {
				// What XML cannot hold is not in a cell.
				clean := strings.NewReplacer("\x00", "", "\x1b", "").Replace(text)
				if text == clean && text != "" && !slices.Contains(cells, text) {
					t.Errorf("%s: %q is not in sheet %s: %q", name, text, title, cells)
				}
			}
		}
	}
}

// cellsOf are the texts of a sheet; a formula may only be one of ours.
func cellsOf(t *testing.T, book *excelize.File, sheet string) []string {
	t.Helper()
	if i, _ := book.GetSheetIndex(sheet); i < 0 {
		return nil
	}
	rows, err := book.GetRows(sheet)
	if err != nil {
		t.Fatal(err)
	}
	var cells []string
	for y, row := range rows {
		for x, cell := range row {
			at, err := excelize.CoordinatesToCellName(x+1, y+1)
			if err != nil {
				t.Fatal(err)
			}
			if formula, _ := book.GetCellFormula(sheet, at); formula != "" {
				t.Errorf("%s!%s is a formula: %s", sheet, at, formula)
			}
			cells = append(cells, cell)
		}
	}
	return cells
}
