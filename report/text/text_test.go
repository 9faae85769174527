package text

import (
	"bytes"
	"testing"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

func TestText(t *testing.T) {
	lines := func(string, []uint32) map[uint32]string {
		return map[uint32]string{1: `<?xml version="1.0" encoding="utf-16"?>`, 3: "        <error-type>日本語 no-such-type</error-type>",
			4: `<x attr="1" other="a value">text</x>`, 5: ""}
	}
	for _, c := range []struct {
		name string
		f    finding.Finding
		want string
	}{
		{"element", finding.Finding{File: "a.xml", Line: 3, Column: 9, Path: "/a[1]", Rule: "XSD-enumeration", Severity: finding.Error, Requirements: []string{"R406"}, Section: "2.2.1", Message: "m"},
			"a.xml:3:9: error: m [XSD-enumeration R406]\n  |\n3 |         <error-type>日本語 no-such-type</error-type>\n  |         ^^^^^^^^^^^^\n  at /a[1]\n  see [MS-UPSMODS] 2.2.1\n\n"},
		{"text behind wide characters", finding.Finding{File: "a.xml", Line: 3, Column: 25, Path: "/a[1]", Rule: "X", Severity: finding.Info, Message: "m"},
			"a.xml:3:25: info: m [X]\n  |\n3 | <error-type>日本語 no-such-type</error-type>\n  |                    ^^^^^^^^^^^^\n  at /a[1]\n\n"},
		{"attribute", finding.Finding{File: "a.xml", Line: 4, Column: 13, Path: "/a[1]/@other", Rule: "X", Severity: finding.Warning, Message: "m", Known: "P (seen)"},
			"a.xml:4:13: warning: m [X]\n  |\n4 | <x attr=\"1\" other=\"a value\">text</x>\n  |             ^^^^^^^^^^^^^^^\n  at /a[1]/@other\n  known from P (seen)\n\n"},
		{"label", finding.Finding{File: "a.xml", Line: 1, Column: 31, Path: "/", Rule: "SRC-label", Severity: finding.Warning, Message: "m"},
			"a.xml:1:31: warning: m [SRC-label]\n  |\n1 | <?xml version=\"1.0\" encoding=\"utf-16\"?>\n  |                               ^^^^^^\n  at /\n\n"},
		{"end of an empty line", finding.Finding{File: "a.xml", Line: 5, Column: 1, Path: "/", Rule: "XML-truncated", Severity: finding.Error, Message: "m"},
			"a.xml:5:1: error: m [XML-truncated]\n  |\n5 | \n  | ^\n  at /\n\n"},
		{"no such line", finding.Finding{File: "a.xml", Line: 99, Column: 1, Path: "/", Rule: "X", Severity: finding.Error, Message: "m"},
			"a.xml:99:1: error: m [X]\n  at /\n\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var out bytes.Buffer
			w := New(&out, report.Head{}, report.Options{Lines: lines})
			if err := w.File(&report.File{Name: "a.xml", Findings: []finding.Finding{c.f}}); err != nil {
				t.Fatal(err)
			}
			if out.String() != c.want {
				t.Errorf("got\n%swant\n%s", out.String(), c.want)
			}
		})
	}
}

func TestLongLine(t *testing.T) {
	line := bytes.Repeat([]byte("<a>x</a>"), 100)
	for column := 1; column <= len(line)+1; column += 7 {
		text, before, mark := excerpt(string(line), column)
		if n := len([]rune(text)); n > shownWidth+2 || before > n || before+mark > n+1 || mark < 1 {
			t.Errorf("column %d: %d columns of text, mark at %d, %d wide", column, n, before, mark)
		}
	}
}

func TestSummary(t *testing.T) {
	for _, c := range []struct {
		s    report.Summary
		want string
	}{
		{report.Summary{}, "0 files, 0 runs, 0 steps: no findings"},
		{report.Summary{Files: 1, Runs: 1, Steps: 2, Errors: 1}, "1 file, 1 run, 2 steps: 1 error, 0 warnings, 0 infos"},
		{report.Summary{Files: 2, Warnings: 3, Cut: 4, Incomplete: 1, NotEvaluated: 5, Suppressed: 6},
			"2 files, 0 runs, 0 steps: 0 errors, 3 warnings, 0 infos, 6 suppressed, 4 more not shown, 1 not read to the end; 5 rules not evaluated everywhere"},
	} {
		if got := Summary(&c.s); got != c.want {
			t.Errorf("got  %s\nwant %s", got, c.want)
		}
	}
}
