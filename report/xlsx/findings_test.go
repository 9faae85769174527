package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// judged writes a workbook of two documents.
func judged(t *testing.T) *readBook {
	t.Helper()
	head := report.Head{Version: "1", Profile: "upsmods", FailOn: finding.Error, Catalog: func() []report.Description {
		return []report.Description{{ID: "R172", Title: "A log has an incident.", Why: "A log without one says nothing.", Fix: "Write one.", Severity: finding.Warning,
			Requirements: []report.Statement{{ID: "R172", Section: "2.2.1.1.1.1", Text: "The log MUST have one."}}}}
	}}
	var out bytes.Buffer
	w := Findings(&out, head, report.Options{})
	files := []report.File{
		{Name: "a.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 2, Findings: []finding.Finding{
			{File: "a.xml", Line: 3, Column: 5, Path: "/run-history[1]", Rule: "R172", Severity: finding.Warning, Requirements: []string{"R172", "R173"}, Message: "=1+1"},
			{File: "a.xml", Line: 4, Column: 1, Rule: "XSD-enumeration", Severity: finding.Error, Message: "no such value"},
			{File: "a.xml", Line: 5, Column: 1, Rule: `"&HYPERLINK("x`, Severity: finding.Info, Message: "an id that is none"},
		}},
		{Name: "b.xml", Status: "unreadable", Problems: []string{"open b.xml: no such file"}},
	}
	for i := range files {
		if err := w.File(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	tail := &report.Tail{Summary: report.Summary{Files: 2, Errors: 1, Warnings: 1, Infos: 1, Cut: 7}, Exit: 3,
		Rules: []report.Rule{{ID: "R172", Title: "A log has an incident.", Status: finding.Failed, Checked: 2, Findings: 1},
			{ID: "R001", Title: "Never applied.", Status: finding.NotApplicable}}}
	if err := w.Close(tail); err != nil {
		t.Fatal(err)
	}
	return readWorkbook(t, out.Bytes())
}

func TestFindings(t *testing.T) {
	book := judged(t)
	var names []string
	for _, s := range book.sheets {
		names = append(names, s.name)
	}
	if got := fmt.Sprint(names); got != "[Summary Findings Rules Documents About]" {
		t.Errorf("sheets %s", got)
	}
	lines := func(s *readSheet, columns int) string {
		var b strings.Builder
		for row := 2; row <= s.rows; row++ {
			for column := 1; column <= columns; column++ {
				b.WriteString(s.at(column, row).value + "|")
			}
			b.WriteString("\n")
		}
		return b.String()
	}
	for name, want := range map[string]string{
		"Findings": "warning|R172|=1+1|a.xml|3|5|/run-history[1]|R172, R173|\n" +
			"error|XSD-enumeration|no such value|a.xml|4|1|||\n" +
			`info|"&HYPERLINK("x|an id that is none|a.xml|5|1|||` + "\n",
		"Documents": "a.xml|examined|1|1|1|1|2|upsmods||\nb.xml|unreadable|0|0|0|0|0|||\n",
		"Rules": `"&HYPERLINK("x|failed||1|info||||` + "|\n" +
			"R172|failed|2|1|warning|A log has an incident.|A log without one says nothing.|Write one.|R172|\n" +
			"XSD-enumeration|failed||1|error|||||\n" +
			"R001|not-applicable|0|0||Never applied.||||\n",
	} {
		columns := strings.Count(want[:strings.Index(want, "\n")], "|")
		if got := lines(book.sheet(t, name), columns); got != want {
			t.Errorf("%s:\n%s\nwant:\n%s", name, got, want)
		}
	}
}

var ruleLink = regexp.MustCompile(`^HYPERLINK\("#Rules!A"&MATCH\("([A-Za-z0-9-]+)",Rules!\$A:\$A,0\),"([A-Za-z0-9-]+)"\)$`)

// TestRuleLinks has the rule of each finding lead to its row among the rules,
// unless it is no id.
func TestRuleLinks(t *testing.T) {
	book := judged(t)
	rules := map[string]bool{}
	s := book.sheet(t, "Rules")
	for row := 2; row <= s.rows; row++ {
		rules[s.at(1, row).value] = true
	}
	found := book.sheet(t, "Findings")
	links := 0
	for row := 2; row <= found.rows; row++ {
		c := found.at(2, row)
		if c.formula == "" {
			continue
		}
		links++
		m := ruleLink.FindStringSubmatch(c.formula)
		if m == nil || m[1] != c.value || m[2] != c.value || !rules[c.value] {
			t.Errorf("row %s: %s shows %s", strconv.Itoa(row), c.formula, c.value)
		}
	}
	if links != 2 {
		t.Errorf("%d links", links)
	}
}

// TestSummaryOfFindings has the Summary say what a reader has to know.
func TestSummaryOfFindings(t *testing.T) {
	var shown strings.Builder
	for _, c := range judged(t).sheet(t, summarySheet).cells {
		shown.WriteString(c.value + "\n")
	}
	for _, want := range []string{"2 documents judged by profile upsmods.", "7 findings counted and not kept: --max-findings says how many are.",
		"The documents break the specification: 1 error and 1 warning, from 3 rules.", "1 of 2 documents could not be read to the end: figures here are those of what could be read."} {
		if !strings.Contains(shown.String(), want) {
			t.Errorf("the Summary does not say %q:\n%s", want, shown.String())
		}
	}
}
