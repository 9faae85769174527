package formats

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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
		many = append(many, f)
	}
	hostile := one
	hostile.File = "a\x1b[31m\u202e<script>\"'&,;=1+1\n|.xml"
	hostile.Message = "=HYPERLINK(\"x\") \x00\x07\u2028 </td> `code` |pipe| 日本語 \U0001F600 " + strings.Repeat("é", 5000)
	hostile.Path = "/run-history[1]/*[7]/@*[local-name()='x']"
	hostile.Severity = finding.Error
	return map[string][]report.File{
		"nothing": nil,
		"clean":   {{Name: "a.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 2}},
		"one":     {{Name: "a.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 2, Findings: []finding.Finding{one}}},
		"many":    {{Name: "a.xml", Status: "incomplete", Profile: "upsmods", Findings: many}, {Name: "b.xml", Status: "unreadable", Profile: "upsmods"}},
		"hostile": {{Name: hostile.File, Status: "examined", Profile: "upsmods", Findings: []finding.Finding{hostile}}},
	}
}

func write(t *testing.T, f report.Format, files []report.File, o report.Options) string {
	t.Helper()
	var out bytes.Buffer
	w := f.New(&out, report.Head{Version: "1.2.3", Profile: "upsmods"}, o)
	sum := report.Summary{Files: len(files)}
	for i := range files {
		sum.Warnings += len(files[i].Findings)
		if err := w.File(&files[i]); err != nil {
			t.Fatal(err)
		}
	}
	tail := &report.Tail{Summary: sum, Rules: []report.Rule{{ID: "R172", Title: "A log has an incident.", Status: finding.Failed, Checked: 2, Findings: 1}}}
	if err := w.Close(tail); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// TestContract holds for every format: it writes anything, the same way each
// time, in valid UTF-8, nothing that steers a terminal, and reports a failing
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
					if got == "" || !utf8.ValidString(got) {
						t.Errorf("not text: %q", got)
					}
					steering := "\x00\x07\x1b\u202e"
					if f.Name == "json" {
						steering = "\x00\x07\x1b" // for programs: the text stays what it is
					}
					if strings.ContainsAny(got, steering) {
						t.Errorf("control characters in the output")
					}
					if again := write(t, f, files, o); again != got {
						t.Error("the second time it is different")
					}
					if !strings.HasSuffix(got, "\n") {
						t.Error("the last line has no end")
					}
				}
			})
		}
		t.Run(f.Name+"/full disk", func(t *testing.T) {
			w := f.New(brokenWriter{}, report.Head{}, report.Options{})
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

func TestFind(t *testing.T) {
	if _, err := Find("text"); err != nil {
		t.Error(err)
	}
	_, err := Find("yaml")
	if want := `unknown format "yaml": known are text, json`; fmt.Sprint(err) != want {
		t.Errorf("error %v, want %s", err, want)
	}
}

// TestJSON reads the report back with an independent view of its fields.
func TestJSON(t *testing.T) {
	f, err := Find("json")
	if err != nil {
		t.Fatal(err)
	}
	for name, files := range corpus() {
		var got struct {
			Version  int
			Tool     struct{ Name, Version string }
			Summary  map[string]int
			Files    []map[string]any
			Findings []struct {
				File, Path, Rule, Severity, Section, Message, Known string
				Line, Column                                        int
				Requirements                                        []string
			}
			Rules []struct{ ID, Status string }
		}
		text := write(t, f, files, report.Options{})
		d := json.NewDecoder(strings.NewReader(text))
		if err := d.Decode(&got); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got.Version != 1 || got.Tool.Version != "1.2.3" || len(got.Files) != len(files) || len(got.Summary) != 10 || got.Rules[0].Status != "failed" {
			t.Errorf("%s: head or tail is wrong: %+v", name, got)
		}
		n := 0
		for _, file := range files {
			for _, want := range file.Findings {
				have := got.Findings[n]
				n++
				if have.File != want.File || have.Message != want.Message || have.Line != int(want.Line) || have.Severity != want.Severity.String() ||
					have.Requirements == nil || have.Known != want.Known {
					t.Errorf("%s: finding %+v, want %+v", name, have, want)
				}
			}
		}
		if n != len(got.Findings) {
			t.Errorf("%s: %d findings, want %d", name, len(got.Findings), n)
		}
		if strings.Contains(text, ": null") {
			t.Errorf("%s: a list is null", name)
		}
	}
}
