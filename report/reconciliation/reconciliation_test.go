package reconciliation_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/runhist/runhist/report/reconciliation"
	"github.com/runhist/runhist/validate/finding"
)

var update = flag.Bool("update", false, "write the reports of testdata anew; read what it wrote")

const start = 1_709_517_600_000 // 2024-03-04 02:00

// full is a report with something of everything.
func full() *reconciliation.Report {
	about := func(rule string, s finding.Severity, line uint32, message string) finding.Finding {
		return finding.Finding{File: "histories/a.xml", Line: line, Column: 1, Path: "/run-history[1]/run-details[1]", Rule: rule, Severity: s, Message: message}
	}
	return &reconciliation.Report{
		Version: "1.2.3", Now: start + 7_200_000, FailOn: finding.Error,
		Summary: reconciliation.Summary{Files: 2, Runs: 1234, Steps: 3000, Agents: 2, First: start - 86_400_000, Last: start, Copies: 1, Undated: 2,
			Errors: 1, Warnings: 1, Infos: 2, Suppressed: 1, Old: 1, Cut: 7, Compared: true},
		Findings: []reconciliation.Finding{
			{Finding: about("REC-policy", finding.Error, 3, `"few deletes": stage-delete is 40, above 10 (5% of 200 objects)`), Certainty: "certain", Agent: "Corporate AD", Profile: "Delta import", Run: 2, At: start},
			{Finding: about("REC-provisioned-adds", finding.Warning, 9, "of the 9 provisioned objects that waited for this export, it added 7 and 0 failed: 2 are not accounted for"),
				Certainty: "likely", Agent: "Corporate AD", Profile: "Export", Run: 3, At: start, Count: 2},
			{Finding: about("C106", finding.Warning, 12, "run-number is 3, which another run of the agent has"), Certainty: "likely", Agent: "Corporate AD", Profile: "Export", Run: 3, At: start, Old: true},
			{Finding: about("REC-error-persists", finding.Info, 40, "12 export errors (permission-issue) again, the oldest since 2024-02-01 01:00, up to 31 retries"),
				Certainty: "certain", Agent: "HR database", Profile: "Export", Run: 8, At: start, Objects: []string{"CN=Ana Popescu,OU=Staff", "CN=Li Wei,OU=Staff", "CN=Zoë Martin,OU=Staff"}, Count: 12},
			{Finding: finding.Finding{Rule: "REC-policy-unknown", Severity: finding.Info, Message: `"nobody" cannot be checked: no run is of the agents and profiles that it selects`}, Certainty: "certain"},
			{Finding: func() finding.Finding {
				f := about("C141", finding.Warning, 14, "the run starts before the end of another one")
				f.Suppressed = "known"
				return f
			}(), Certainty: "likely", Agent: "HR database"},
		},
		Resolved: []reconciliation.Resolved{{Severity: finding.Error, Agent: "HR database", Message: `"fresh": the last success is 3 days old, above 26h`}},
		Policies: []reconciliation.Verdict{
			{Policy: "few deletes", Agent: "Corporate AD", AgentID: "{A}", Profile: "Delta import", Run: 2, Outcome: "violated", Severity: finding.Error, Value: 40,
				Message: "stage-delete is 40, above 10 (5% of 200 objects)"},
			{Policy: "fresh", Agent: "HR database", Run: 8, Outcome: "kept", Severity: finding.Error, Value: 7200, Message: "the last success is 2 h old"},
			{Policy: "nobody", Outcome: "unknown", Severity: finding.Warning, Message: "no run is of the agents and profiles that it selects"},
		},
		Agents: []reconciliation.Agent{
			{Name: "Corporate AD", ID: "{A}", Runs: 1000, Objects: 200, Profiles: []reconciliation.Profile{
				{Name: "Delta import", Runs: 500, Number: 2, Start: start, End: start + 90_500, Result: "success", Success: start + 90_500,
					Counters: []reconciliation.Counter{{Name: "stage-delete", N: 40}, {Name: "outbound/connector-flow", N: 3}}},
				{Name: "Export", Runs: 500, Number: 3, Start: start - 5000, Result: "in-progress", Working: true},
			}},
			{Name: "HR database", Runs: 234, Objects: -1},
		},
		Checks: []reconciliation.Check{{ID: "REC-provisioned-adds", Title: "What is provisioned is exported."}},
	}
}

// hostile is full with names that break out of whatever they are put into.
func hostile() *reconciliation.Report {
	r := full()
	const name = "a|b'c\"d\\e\nf\x1b[31m<g>&amp;]]>=h\u202e{i}`\x00\xff"
	for i := range r.Findings {
		f := &r.Findings[i]
		f.Agent, f.Profile, f.Message, f.File = name, name, name+f.Message, name
		f.Objects = []string{name}
	}
	for i := range r.Agents {
		a := &r.Agents[i]
		a.Name = name
		for j := range a.Profiles {
			a.Profiles[j].Name, a.Profiles[j].Result = name+a.Profiles[j].Name, name
		}
	}
	for i := range r.Policies {
		v := &r.Policies[i]
		v.Policy, v.Agent, v.Profile = name+v.Policy, name, name
	}
	r.Problems = []string{name}
	r.Resolved[0].Message = name
	return r
}

func write(t *testing.T, format string, r *reconciliation.Report, color bool) string {
	t.Helper()
	f, err := reconciliation.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b, r, color); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden compares the reports of every format with those of testdata.
func TestGolden(t *testing.T) {
	for name, r := range map[string]*reconciliation.Report{"full": full(), "hostile": hostile(), "empty": {Version: "1.2.3", FailOn: finding.Error}} {
		for _, f := range reconciliation.Formats() {
			if f.Name == "xlsx" { // TestWorkbook reads it
				continue
			}
			got := write(t, f.Name, r, false)
			if _, body, page := strings.Cut(got, "<header>"); page { // how a page looks is report/page's
				got, _, _ = strings.Cut(body, "</main>")
			}
			file := filepath.Join("testdata", name+"."+f.Name)
			if *update {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil || string(want) != got {
				t.Errorf("%s: got\n%s\n%v", file, got, err)
			}
			if strings.Contains(got, "\x1b") {
				t.Errorf("%s steers a terminal", file)
			}
		}
	}
}

func TestColor(t *testing.T) {
	plain, colored := write(t, "text", full(), false), write(t, "text", full(), true)
	if got := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, ""); got != plain || colored == plain {
		t.Error("colours change the text")
	}
}

// TestSchema judges JSON by the schema that is shipped, and each line of jsonl
// by the value that it says it is.
func TestSchema(t *testing.T) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(reconciliation.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", document); err != nil {
		t.Fatal(err)
	}
	judge := func(part, text string) {
		t.Helper()
		s, err := c.Compile("schema.json" + part)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if err := s.Validate(value); err != nil {
			t.Errorf("%v\n%s", err, text)
		}
	}
	for _, r := range []*reconciliation.Report{full(), hostile(), {}} {
		judge("", write(t, "json", r, false))
		for _, line := range strings.Split(strings.TrimSpace(write(t, "jsonl", r, false)), "\n") {
			kind := regexp.MustCompile(`^\{"type":"([a-z]+)"`).FindStringSubmatch(line)
			if kind == nil {
				t.Fatalf("a line has no type: %s", line)
			}
			judge("#/$defs/"+kind[1], line)
		}
	}
}

// TestJUnit reads the report as a build server does: what fails is what counts
// and is at or above the threshold.
func TestJUnit(t *testing.T) {
	type results struct {
		Suites []struct {
			Name     string `xml:"name,attr"`
			Tests    int    `xml:"tests,attr"`
			Failures int    `xml:"failures,attr"`
			Skipped  int    `xml:"skipped,attr"`
			Errors   int    `xml:"errors,attr"`
			Cases    []struct {
				Name    string    `xml:"name,attr"`
				Failure *struct{} `xml:"failure"`
				Skipped *struct{} `xml:"skipped"`
				Error   *struct{} `xml:"error"`
			} `xml:"testcase"`
		} `xml:"testsuite"`
	}
	for threshold, failures := range map[finding.Severity]int{finding.Error: 1, finding.Warning: 2, finding.Info: 3, finding.Off: 0} {
		r := full()
		r.FailOn = threshold
		var all results
		if err := xml.Unmarshal([]byte(write(t, "junit", r, false)), &all); err != nil {
			t.Fatal(err)
		}
		failed := 0
		for _, s := range all.Suites {
			count := [3]int{}
			for _, c := range s.Cases {
				for i, there := range []bool{c.Failure != nil, c.Skipped != nil, c.Error != nil} {
					if there {
						count[i]++
					}
				}
			}
			if s.Tests != len(s.Cases) || s.Failures != count[0] || s.Skipped != count[1] || s.Errors != count[2] {
				t.Errorf("%s: the sums are wrong: %+v", s.Name, s)
			}
			failed += s.Failures
		}
		if len(all.Suites) != 3 || failed != failures {
			t.Errorf("threshold %s: %d suites, %d failures, want %d", threshold, len(all.Suites), failed, failures)
		}
	}
	var all results
	if err := xml.Unmarshal([]byte(write(t, "junit", hostile(), false)), &all); err != nil {
		t.Error(err)
	}
}

// TestMonitors reads what plugins write, by the grammar of their guidelines.
func TestMonitors(t *testing.T) {
	first := regexp.MustCompile(`^RUNHIST (OK|WARNING|CRITICAL|UNKNOWN) - [^|\n]+ \|( ([^ '=|]+|'([^'=|]|'')+')=-?[0-9.]+s?(;[0-9]*){0,4})+$`)
	local := regexp.MustCompile(`^[0-3] "[^"\n]+" ([a-z]+=[0-9.-]+(\|[a-z]+=[0-9.-]+)*) [^|\n]+$`)
	for name, r := range map[string]*reconciliation.Report{"full": full(), "hostile": hostile(), "empty": {}} {
		lines := strings.Split(strings.TrimSuffix(write(t, "nagios", r, false), "\n"), "\n")
		if !first.MatchString(lines[0]) {
			t.Errorf("%s: no line of a plugin: %s", name, lines[0])
		}
		for _, line := range lines[1:] {
			if strings.Contains(line, "|") {
				t.Errorf("%s: performance data where there is none: %s", name, line)
			}
		}
		for _, line := range strings.Split(strings.TrimSuffix(write(t, "checkmk", r, false), "\n"), "\n") {
			if !local.MatchString(line) {
				t.Errorf("%s: no line of a local check: %s", name, line)
			}
		}
	}
}

// TestPrometheus reads the text format by its grammar; no two samples are of one
// series.
func TestPrometheus(t *testing.T) {
	sample := regexp.MustCompile(`^([a-z_]+)(\{([a-z_]+="([^"\\\n]|\\[\\n"])*",?)+\})? (-?[0-9.]+(e[+-]?[0-9]+)?)$`)
	comment := regexp.MustCompile(`^# (HELP|TYPE) ([a-z_]+) .+$`)
	for name, r := range map[string]*reconciliation.Report{"full": full(), "empty": {}, "hostile": hostile()} {
		seen, family := map[string]bool{}, ""
		for _, line := range strings.Split(strings.TrimSuffix(write(t, "prometheus", r, false), "\n"), "\n") {
			if m := comment.FindStringSubmatch(line); m != nil {
				family = m[2]
				continue
			}
			m := sample.FindStringSubmatch(line)
			if m == nil || m[1] != family {
				t.Errorf("%s: no sample of %s: %q", name, family, line)
				continue
			}
			series, _, _ := strings.Cut(line, "} ")
			if seen[series] && name != "hostile" { // whose agents have one name
				t.Errorf("%s: the series is there twice: %s", name, line)
			}
			seen[series] = true
		}
	}
}

// TestMonitor gives the state of all findings, known ones included.
func TestMonitor(t *testing.T) {
	with := func(change func(*reconciliation.Report)) int {
		r := full()
		change(r)
		return r.Monitor()
	}
	for want, change := range []func(*reconciliation.Report){
		func(r *reconciliation.Report) { r.Findings = r.Findings[3:] },
		func(r *reconciliation.Report) { r.Findings = r.Findings[2:] }, // known already
		func(r *reconciliation.Report) { r.Summary.Incomplete = true }, // an error outweighs it
		func(r *reconciliation.Report) { r.Findings, r.Problems = r.Findings[1:], []string{"x"} },
	} {
		if got := with(change); got != want {
			t.Errorf("state %d, want %d", got, want)
		}
	}
	if (&reconciliation.Report{}).Monitor() != 3 {
		t.Error("no run is no OK")
	}
}

type full1 struct{ room int }

var errFull = errors.New("no room")

func (w *full1) Write(p []byte) (int, error) {
	if w.room -= len(p); w.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestWriteErrors hands the errors of the writer on.
func TestWriteErrors(t *testing.T) {
	for _, f := range reconciliation.Formats() {
		if err := f.Write(&full1{10}, full(), false); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", f.Name, err)
		}
	}
	if _, err := reconciliation.Find("nagos"); err == nil || !strings.Contains(err.Error(), "known are text, json") {
		t.Error(err)
	}
}
