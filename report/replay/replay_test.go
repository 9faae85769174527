package replay_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"golang.org/x/net/html"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/differences"
	"github.com/runhist/runhist/report/replay"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/finding"
)

var update = flag.Bool("update", false, "write the reports of testdata anew; read what it wrote")

const folder = "../../samples/scenarios/07-unconfirmed-changes/expected/"

// read reads a history of a sample, changed.
func read(t *testing.T, name string, change func(string) string) []*rundetails.Run {
	t.Helper()
	text, err := os.ReadFile(folder + name)
	if err != nil {
		t.Fatal(err)
	}
	h, _, err := rundetails.Read(strings.NewReader(change(string(text))), source.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return h.Runs
}

func same(text string) string { return text }

// server is the history as a server wrote it: it counted more, and lacks an
// error.
func server(text string) string {
	text = strings.Replace(text, `<stage-update detail="true">1<`, `<stage-update detail="true">2<`, 1)
	return regexp.MustCompile(`(?s)<import-error [^>]*dn="CN=Bob.*?</import-error>`).ReplaceAllString(text, "")
}

func compared(t *testing.T, change func(string) string) *differences.Report {
	const name = "010-AD-Delta-Import-run6.xml"
	return &differences.Report{Version: "test", Tree: diff.Runs(read(t, name, same), read(t, name, change), diff.Options{}),
		A: differences.Side{Name: "expected", Files: []string{"expected/" + name}}, B: differences.Side{Name: "actual", Files: []string{"actual.xml"}}}
}

func judged(files ...report.File) replay.Judged {
	j := replay.Judged{Files: files, Tail: report.Tail{Rules: []report.Rule{{ID: "R497", Title: "t", Status: finding.Failed, Checked: 1, Findings: 1}}}}
	for _, f := range files {
		j.Tail.Summary.Files++
		j.Tail.Summary.Runs += f.Runs
		for _, x := range f.Findings {
			if x.Severity == finding.Error {
				j.Tail.Summary.Errors++
			}
		}
	}
	return j
}

const evil = "\x1b[2J\u202e</div><script>alert(1)</script>&]]>\x00"

func reports(t *testing.T) map[string]*replay.Report {
	good := report.File{Name: "expected/010.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 1}
	bad := report.File{Name: "actual.xml", Status: "examined", Profile: "upsmods", Runs: 1, Steps: 1, Findings: []finding.Finding{
		{File: "actual.xml", Line: 3, Column: 5, Path: "/run-history[1]", Rule: "R497", Severity: finding.Error, Message: "stage-update is wrong", Requirements: []string{"R497"}}}}
	head := report.Head{Version: "test", Profile: "upsmods", FailOn: finding.Error, Catalog: func() []report.Description { return nil }}
	ann := replay.Object{Agent: "AD", DN: "CN=Ann,DC=x", Type: "user", Rule: "SE-N1 row 6", Decisions: []string{"error: exported-change-not-reimported [SE-I13]", "  indented"}}
	odd := replay.Object{Agent: evil, DN: evil, Type: evil, Rule: evil, Decisions: []string{evil}}
	return map[string]*replay.Report{
		"same": {Version: "test", Scenario: "seven", Head: head, Expected: judged(good), Actual: judged(good), Differences: compared(t, same)},
		"differs": {Version: "test", Scenario: "seven", Head: head, Expected: judged(good), Actual: judged(bad), Differences: compared(t, server), Exit: 1, WhyCut: true,
			Why: []replay.Explanation{
				{Path: "run-details[10]/step-details[1]/staging-counters/stage-update", Title: "AD, Delta Import, run 6: stage-update", Objects: []replay.Object{ann}, More: 1},
				{Path: "b", Title: "an error that the engine does not have", Instead: []replay.Object{ann}},
				{Path: "c", Title: "another counter", Counted: "stage-add 3"},
				{Path: "d", Title: "a step without counts"},
			}},
		"hostile": {Version: "test", Scenario: evil, Head: head, Expected: judged(report.File{Name: evil, Status: "unreadable", Profile: "upsmods", Problems: []string{evil}}),
			Actual: judged(bad), Differences: compared(t, server), Exit: 3, Why: []replay.Explanation{{Path: evil, Title: evil, Objects: []replay.Object{odd}, Instead: []replay.Object{odd}, Counted: evil}}},
	}
}

// written are all reports in all formats.
func written(t *testing.T, each func(name, format, text string)) {
	t.Helper()
	for name, r := range reports(t) {
		for _, f := range replay.All() {
			var out bytes.Buffer
			if err := f.Write(&out, r, differences.Options{}); err != nil {
				t.Fatalf("%s %s: %v", name, f.Name, err)
			}
			each(name, f.Name, out.String())
		}
	}
}

func TestGolden(t *testing.T) {
	written(t, func(name, format, text string) {
		if name == "hostile" {
			return // the contract is enough
		}
		path := filepath.Join("testdata", name+"."+format)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != text {
			t.Errorf("%s: not what the golden file has (-update rewrites it)", path)
		}
	})
}

// TestContract reads every format back by a reader that is not ours.
func TestContract(t *testing.T) {
	schema := compiled(t)
	written(t, func(name, format, text string) {
		switch format {
		case "text":
			for line := range strings.Lines(text) {
				if line = strings.TrimSuffix(line, "\n"); terminal.Clean(line) != line {
					t.Errorf("%s: the line %q steers a terminal", name, line)
				}
			}
		case "json":
			value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
			if err == nil {
				err = schema.Validate(value)
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case "junit":
			checkSuites(t, name, text)
		case "html":
			checkPage(t, name, text)
		}
	})
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	const root = "https://github.com/runhist/runhist/report/"
	for name, file := range map[string]string{"replay/schema.json": "schema.json", "json/schema.json": "../json/schema.json", "differences/schema.json": "../differences/schema.json"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err == nil {
			err = c.AddResource(root+name, doc)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	schema, err := c.Compile(root + "replay/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// checkSuites holds a document to the schema that Jenkins has for JUnit: its
// elements, their order, the attributes that are required, and counts that are
// those of the cases.
func checkSuites(t *testing.T, name, text string) {
	t.Helper()
	type outcome struct {
		Message *string `xml:"message,attr"`
	}
	var root struct {
		XMLName xml.Name `xml:"testsuites"`
		Suites  []struct {
			Name     *string `xml:"name,attr"`
			Tests    *int    `xml:"tests,attr"`
			Failures int     `xml:"failures,attr"`
			Errors   int     `xml:"errors,attr"`
			Skipped  int     `xml:"skipped,attr"`
			Cases    []struct {
				Name    *string   `xml:"name,attr"`
				Class   *string   `xml:"classname,attr"`
				Failure []outcome `xml:"failure"`
				Error   []outcome `xml:"error"`
				Skipped []outcome `xml:"skipped"`
				Output  []string  `xml:"system-out"`
				Other   []struct {
					XMLName xml.Name
				} `xml:",any"`
			} `xml:"testcase"`
			Other []struct {
				XMLName xml.Name
			} `xml:",any"`
		} `xml:"testsuite"`
		Other []struct {
			XMLName xml.Name
		} `xml:",any"`
	}
	if err := xml.Unmarshal([]byte(text), &root); err != nil {
		t.Fatalf("%s: %v\n%s", name, err, text)
	}
	if len(root.Suites) < 3 || len(root.Other) > 0 {
		t.Errorf("%s: %d suites, and %v", name, len(root.Suites), root.Other)
	}
	for _, s := range root.Suites {
		if s.Name == nil || s.Tests == nil || *s.Tests != len(s.Cases) {
			t.Fatalf("%s: a suite without name, or with a wrong number of %d tests", name, len(s.Cases))
		}
		failures, errors, skipped := 0, 0, 0
		for _, c := range s.Cases {
			if c.Name == nil || c.Class == nil || len(c.Other) > 0 {
				t.Errorf("%s: a case of %s lacks name or classname, or has %v", name, *s.Name, c.Other)
			}
			failures, errors, skipped = failures+min(1, len(c.Failure)), errors+min(1, len(c.Error)), skipped+min(1, len(c.Skipped))
		}
		if failures != s.Failures || errors != s.Errors || skipped != s.Skipped {
			t.Errorf("%s: %s says %d failures, %d errors and %d skipped; it has %d, %d and %d", name, *s.Name, s.Failures, s.Errors, s.Skipped, failures, errors, skipped)
		}
	}
}

// checkPage sees that the page has no script and nothing from outside.
func checkPage(t *testing.T, name, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		if n.Data == "script" || n.Data == "link" || n.Data == "img" || n.Data == "iframe" {
			t.Errorf("%s: the page has a %s", name, n.Data)
		}
		for _, a := range n.Attr {
			if a.Key == "href" || a.Key == "src" || strings.HasPrefix(a.Key, "on") {
				t.Errorf("%s: %s has %s", name, n.Data, a.Key)
			}
		}
	}
}

func TestFind(t *testing.T) {
	if _, err := replay.Find("yaml"); err == nil || !strings.Contains(err.Error(), "known are text, json, junit, html") {
		t.Error(err)
	}
}

// TestSummary: one line, with the counts of both sides.
func TestSummary(t *testing.T) {
	const want = "expected 1 run with 0 errors and 0 warnings; actual 1 run with 1 error and 0 warnings; 2 differences: 1 changed, 1 expected only; 1 run compared"
	if got := reports(t)["differs"].Summary(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}
