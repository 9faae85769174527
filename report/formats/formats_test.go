package formats

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// corpus is what every format must be able to write.
func corpus() map[string][]report.File {
	one := finding.Finding{File: "a.xml", Line: 3, Column: 5, Path: "/run-history[1]/run-details[1]", Rule: "R172", Severity: finding.Warning,
		Requirements: []string{"R172"}, Section: "2.2.1.1.1.1", Message: "connection-log lists no incident", Known: "a product (seen)"}
	var many []finding.Finding
	for i := range 200 {
		f := one
		f.Line, f.Rule, f.Requirements = uint32(i+1), "XSD-enumeration", nil
		if i%2 == 0 {
			f.Severity = finding.Error
		}
		many = append(many, f)
	}
	late := one
	late.File = "b.xml"
	accepted := one
	accepted.Severity, accepted.Suppressed = finding.Info, "known <since> 2019\x07"
	corpus := map[string][]report.File{
		"nothing": nil,
		"clean":   {{Name: "a.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 2}},
		"one":     {{Name: "a.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 2, Findings: []finding.Finding{one}}},
		"many": {{Name: "a.xml", Status: "incomplete", Profile: "upsmods", Findings: many},
			{Name: "b.xml", Status: "unreadable", Profile: "upsmods", Problems: []string{"open b.xml: no such file"}}},
		"late": {{Name: "b.xml", Status: "examined", Profile: "upsmods"},
			{Name: "c.xml", Status: "examined", Profile: "upsmods", Findings: []finding.Finding{late}}},
		"suppressed": {{Name: "a.xml", Status: "examined", Profile: "upsmods", Findings: []finding.Finding{accepted}}},
	}
	for _, h := range hostile() {
		f := one
		f.File, f.Message, f.Severity = h, "it says "+h, finding.Error
		f.Path, f.Known = "/run-history[1]/*[7]/@*[local-name()='"+h+"']", h
		corpus["hostile "+h[:min(len(h), 20)]] = []report.File{{Name: h, Status: "incomplete", Profile: "upsmods", Findings: []finding.Finding{f}, Problems: []string{h}}}
	}
	return corpus
}

// hostile is text that documents and file names may have.
func hostile() []string {
	return []string{
		"a\x1b[31m\x00\x07\x7f\u009b2J.xml",   // steers a terminal
		"a\r\nb\n\n::error::forged\n<b>.xml",  // line ends
		"\u202ealm.exe\u2066\u2028\u2029.xml", // turns the direction
		"</td></testcase>]]>&amp;<script>alert(1)</script>.xml",
		"a`b```c~~~ |d| *e* [f](http://g) ![h](i) @octocat #1 \\.xml",
		"=HYPERLINK(\"http://x\"),+1,-1,@x,\t=1;'q'.xml",
		"100% a:b,c%0A%25::d.xml",
		`C:\data\run histories\a#b?c.xml`,
		`\\server\share\a.xml`,
		"/var/lib/ä.xml", "//server/share/a.xml", "a:b/c.xml", "../up/a.xml", "<stdin>",
		"bytes \xff\xfe that are no UTF-8 \xc3.xml",
		"日本語 \U0001F600 e\u0301 \ufffe\uffff\ufeff.xml",
		strings.Repeat("é", 70_000),
	}
}

func head() report.Head {
	return report.Head{Version: "1.2.3", Profile: "upsmods", FailOn: finding.Error, Catalog: func() []report.Description {
		return []report.Description{
			{ID: "R172", Title: "A log has an incident.", Why: "A log without one says *nothing*.", Fix: "Write <incident>.", Severity: finding.Warning,
				Requirements: []report.Statement{{ID: "R172", Section: "2.2.1.1.1.1", Text: "connection-log MUST contain | incident."}}},
			{ID: "R449", Title: "A cd-error is there.", Severity: finding.Error},
		}
	}}
}

func write(t *testing.T, f report.Format, files []report.File, o report.Options) string {
	t.Helper()
	var out bytes.Buffer
	w := f.New(&out, head(), o)
	tail := &report.Tail{Summary: report.Summary{Files: len(files)}, Exit: 1, Problems: []string{"no file matches *.q"},
		Rules: []report.Rule{{ID: "R172", Title: "A log has an incident.", Status: finding.Failed, Checked: 2, Findings: 1}}}
	for i := range files {
		tail.Summary.Warnings += len(files[i].Findings)
		if err := w.File(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(tail); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// named is the format of a name.
func named(t *testing.T, name string) report.Format {
	t.Helper()
	f, err := Find(name)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// shown are the formats that people look at in a terminal or a log; the
// others keep what a document says.
var shown = []string{"text", "github", "markdown", "html"}

// TestContract holds for every format: it writes anything, the same way each
// time, in valid UTF-8 unless it is binary, nothing that steers a terminal, and reports a failing
// output.
func TestContract(t *testing.T) {
	lines := func(file string, wanted []uint32) map[uint32]string {
		m := map[uint32]string{}
		for _, n := range wanted {
			m[n] = "    <connection-log\x1b[2J attr=\"x\">é\u202e</connection-log>"
		}
		return m
	}
	for _, f := range All() {
		for name, files := range corpus() {
			t.Run(f.Name+"/"+name, func(t *testing.T) {
				for _, o := range []report.Options{{}, {Lines: lines, Statistics: true}} {
					got := write(t, f, files, o)
					if !utf8.ValidString(got) && !f.Binary {
						t.Errorf("not text: %q", got)
					}
					if slices.Contains(shown, f.Name) && strings.ContainsAny(got, "\x00\x07\x1b\x7f\u009b\u202e\u2066\u2028") {
						t.Errorf("control characters in the output")
					}
					if again := write(t, f, files, o); again != got {
						t.Error("the second time it is different")
					}
					if got != "" && !strings.HasSuffix(got, "\n") && !f.Binary {
						t.Error("the last line has no end")
					}
					o.Color = true
					if colored := write(t, f, files, o); f.Name != "text" && colored != got {
						t.Error("colours belong to the format text alone")
					}
					if has := strings.Contains(got, "A log has an incident.") && strings.Contains(got, "failed"); f.Name == "text" && has != o.Statistics {
						t.Errorf("the table of rules is there: %v", has)
					}
				}
			})
		}
		t.Run(f.Name+"/full disk", func(t *testing.T) {
			w := f.New(brokenWriter{}, head(), report.Options{})
			files := corpus()["many"]
			err := w.File(&files[0])
			if closeErr := w.Close(&report.Tail{}); err == nil && closeErr == nil {
				t.Error("nobody was told that nothing was written")
			}
		})
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// TestStreams holds for the formats that say they keep nothing: what a
// document shows is out when File returns.
func TestStreams(t *testing.T) {
	for _, name := range []string{"text", "jsonl", "sarif", "junit", "github", "csv"} {
		var out bytes.Buffer
		w := named(t, name).New(&out, head(), report.Options{})
		files := corpus()["one"]
		for i := range 3 {
			if err := w.File(&files[0]); err != nil {
				t.Fatal(err)
			}
			if n := strings.Count(out.String(), "connection-log lists no incident"); n < i+1 {
				t.Errorf("%s: %d findings are out after %d documents", name, n, i+1)
			}
		}
	}
}

func TestFind(t *testing.T) {
	if _, err := Find("text"); err != nil {
		t.Error(err)
	}
	_, err := Find("yaml")
	if want := `unknown format "yaml": known are text, json, jsonl, sarif, junit, github, markdown, html, csv, xlsx`; fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}
