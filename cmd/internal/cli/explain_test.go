package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/schemas/terms"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
	"github.com/runhist/runhist/validate/settings"
	"github.com/runhist/runhist/validate/suppress"
)

// explained runs the command.
func explained(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	status = Main(append([]string{"explain"}, args...), Streams{In: strings.NewReader(""), Out: &out, Err: &errs})
	return status, out.String(), errs.String()
}

func TestExplainKnowsEveryStageID(t *testing.T) {
	var ids []string
	for _, s := range stageIDs() {
		ids = append(ids, s.id)
		for _, text := range []string{s.meaning, s.remedy} {
			if !strings.HasSuffix(text, ".") || len(text) < 15 || len(text) > 200 {
				t.Errorf("%s: %q", s.id, text)
			}
		}
	}
	want := validate.StageIDs()
	slices.Sort(ids)
	slices.Sort(want)
	if !slices.Equal(ids, want) {
		t.Errorf("explained are %v, and there are %v", ids, want)
	}
}

// TestStageExamples puts the examples into a document: one must give the
// finding, and the other must not.
func TestStageExamples(t *testing.T) {
	text, err := fs.ReadFile(samples.FS(), "rules/R449/pass-cd-error.xml")
	if err != nil {
		t.Fatal(err)
	}
	document := strings.Replace(string(text), "Corporate directory", "HR &amp; payroll", 1)
	indented := regexp.MustCompile(`\n *<`)
	plain := func(s string) string { return indented.ReplaceAllString(s, "\n<") }
	escapes := strings.NewReplacer(`\xE9`, "\xE9", `\x1F`, "\x1F")
	for _, s := range stageIDs() {
		if slices.Contains(suppress.IDs(), s.id) {
			continue // TestConfigExamples
		}
		var bad string
		options := validate.DefaultOptions(rules.All())
		if s.good != "" {
			if !strings.Contains(plain(document), plain(s.good)) {
				t.Errorf("%s: the document of the test does not have %q", s.id, s.good)
				continue
			}
			bad = strings.Replace(plain(document), plain(s.good), escapes.Replace(plain(s.bad)), 1)
		} else {
			bad = special(t, s.id, document, &options)
		}
		if got := findings(t, bad, options); !slices.Contains(got, s.id) {
			t.Errorf("%s: the example gives %v", s.id, got)
		}
	}
	if got := findings(t, document, validate.DefaultOptions(rules.All())); len(got) > 0 {
		t.Errorf("the document of the test has findings: %v", got)
	}
}

// TestConfigExamples does the same with lines of a configuration.
func TestConfigExamples(t *testing.T) {
	for _, s := range configIDs {
		for text, want := range map[string]bool{s.bad: true, s.good: false} {
			known := settings.Known{ID: (&knownIDs{rules: rules.All()}).check}
			read, err := settings.Read(strings.NewReader("suppressions:\n"+text), known)
			if err != nil {
				t.Fatalf("%s: %v", s.id, err)
			}
			list, err := suppress.NewList(read.Suppressions, time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC).UnixMilli())
			if err != nil {
				t.Fatal(err)
			}
			list.Document("sharepoint/run.xml")
			list.Suppress(&finding.Finding{Rule: "R449", Message: "cd-error"}, "sharepoint/run.xml")
			got := slices.ContainsFunc(list.Findings("x", func(string) bool { return true }), func(f finding.Finding) bool { return f.Rule == s.id })
			if got != want {
				t.Errorf("%s: %q gives the finding: %t", s.id, text, got)
			}
		}
	}
}

// special makes the documents whose examples are descriptions, with limits that
// are easier to reach.
func special(t *testing.T, id, document string, o *validate.Options) string {
	switch id {
	case source.SRCEmpty:
		return ""
	case source.SRCCompression:
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		if _, err := w.Write([]byte(document)); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return packed.String()[:packed.Len()/2]
	case source.SRCLimitBytes:
		o.Limits.Bytes = 100
	case source.SRCLimitDepth:
		o.Limits.Depth = 3
	case source.SRCLimitAttributes:
		o.Limits.Attributes = 1
	case source.SRCLimitValue:
		o.Limits.Value = 20
	case validate.LimitFindings:
		o.MaxPerRule = 1
		return strings.ReplaceAll(document, `detail="true"`, `detail="maybe"`)
	default:
		t.Errorf("%s has no example", id)
	}
	return document
}

// findings are the ids of what is found in a document, infos of rules aside.
func findings(t *testing.T, document string, o validate.Options) []string {
	t.Helper()
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	result := v.Worker().Document("test", strings.NewReader(document))
	var ids []string
	for _, f := range result.Findings {
		if f.Severity > finding.Info || f.Rule == validate.LimitFindings {
			ids = append(ids, f.Rule)
		}
	}
	return ids
}

// TestExplainEverything explains whatever there is, and looks at the pages.
func TestExplainEverything(t *testing.T) {
	x, err := newExplainer()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range x.names() {
		for _, word := range []string{name, strings.ToLower(name)} {
			found := x.explain(word)
			if len(found) == 0 {
				t.Errorf("%s is not explained", word)
			}
			for i := range found {
				checkEntry(t, &found[i])
			}
			checkPage(t, word, entriesText(found, false))
		}
	}
}

func checkEntry(t *testing.T, e *entry) {
	t.Helper()
	switch e.Kind {
	case "rule":
		if len(e.Requirements) == 0 || e.Why == "" || e.Remedy == "" || e.Severity["upsmods"] == "" || e.Since == "" {
			t.Errorf("%s: something is missing", e.Name)
		}
		for _, x := range e.Examples {
			if changes(x.Lines) == 0 || x.Fails == "" || x.Passes == "" || len(x.Findings) == 0 {
				t.Errorf("%s: the example of %s is not complete", e.Name, x.Fails)
			}
		}
		if len(e.Examples) == 0 && len(samples.RuleFixtures(e.Name)) > 0 {
			t.Errorf("%s has fixtures and no example", e.Name)
		}
	case "requirement":
		if e.Meaning == "" || e.Coverage == nil || coverageText(e.Coverage) == "" || e.Class == "" {
			t.Errorf("%s: something is missing", e.Name)
		}
		if e.Class == "schema" && !strings.Contains(coverageText(e.Coverage), "the schema") {
			t.Errorf("%s is covered by %q", e.Name, coverageText(e.Coverage))
		}
	case "erratum":
	case string(terms.StepResult):
		if e.Follow == "" {
			t.Errorf("%s does not say what follows", e.Name)
		}
	default:
		if e.Meaning == "" || e.Remedy == "" {
			t.Errorf("%s: something is missing", e.Name)
		}
	}
	if slices.Contains(e.Products, "MS-UPSMODS") && len(e.Requirements) == 0 {
		t.Errorf("%s %s: no row of the tables speaks of it", e.Kind, e.Name)
	}
}

func checkPage(t *testing.T, word, page string) {
	t.Helper()
	for _, line := range strings.Split(page, "\n") {
		// A path of the tables is one word and may be longer.
		if terminal.Columns(line) > explainWidth && strings.Contains(strings.TrimSpace(line[explainLabel:]), " ") {
			t.Errorf("%s: a line has %d columns: %s", word, terminal.Columns(line), line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("%s: a line ends with a blank: %q", word, line)
		}
	}
	if strings.Contains(page, "\n\n\n") || !strings.HasSuffix(page, "\n") {
		t.Errorf("%s: blank lines in\n%s", word, page)
	}
}

func TestExplainJSON(t *testing.T) {
	status, out, _ := explained(t, "--format", "json", "R449", "import-flow", "0x80070005", "R010")
	if status != OK {
		t.Fatalf("status %d", status)
	}
	var got explanations
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range got.Entries {
		kinds = append(kinds, e.Word+" "+e.Kind)
	}
	want := []string{"R449 rule", "import-flow algorithm step", "import-flow extension call site", "0x80070005 error code", "R010 requirement"}
	if got.Version != 1 || !slices.Equal(kinds, want) {
		t.Errorf("version %d, %q", got.Version, kinds)
	}
	if e := got.Entries[0]; len(e.Examples) != 2 || e.Severity["server"] != "error" || e.Lower != "warning" {
		t.Errorf("R449: %+v", e)
	}
	if c := got.Entries[4].Coverage; c == nil || c.Covered != "schema" {
		t.Errorf("R010: %+v", c)
	}
}

func TestCoverage(t *testing.T) {
	x, err := newExplainer()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string]string{"R410": "rule", "R001": "schema", "M004": "rule", "P200": "protocol", "C107": "protocol", "M020": "replay"} {
		row, ok := x.tables.Row(id)
		if !ok {
			t.Fatalf("no row %s", id)
		}
		if got := x.coverage(&row).Covered; got != want {
			t.Errorf("%s is covered by %s, want %s", id, got, want)
		}
	}
}

func TestCompareLines(t *testing.T) {
	lines := compareLines([]string{"a", "b", "c", "d", "e", "f", "g"}, []string{"a", "B", "c", "d", "e", "f", "g", "h"})
	if n := changes(lines); n != 3 {
		t.Errorf("%d lines differ, want 3", n)
	}
	var got []string
	for _, l := range around(lines) {
		got = append(got, l.In+" "+l.Text)
	}
	want := []string{"both a", "fails b", "passes B", "both c", "cut ", "both g", "passes h"}
	if !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if lines := around(compareLines([]string{"a"}, []string{"a"})); len(lines) != 0 {
		t.Errorf("equal texts have %v", lines)
	}
}

func TestSentence(t *testing.T) {
	for text, want := range map[string]string{"": "", "of type guid": "Of type guid.", "run-number is one.": "run-number is one.", "Done.": "Done."} {
		if got := sentence(text); got != want {
			t.Errorf("%q becomes %q, want %q", text, got, want)
		}
	}
}

func TestExplainColors(t *testing.T) {
	_, plain, _ := explained(t, "R449")
	_, colored, _ := explained(t, "--color", "always", "R449")
	stripped := regexp.MustCompile("\x1b\\[[0-9;]*m").ReplaceAllString(colored, "")
	if strings.Contains(plain, "\x1b") || colored == plain || stripped != plain {
		t.Error("colours are there without being asked for, or are more than colours")
	}
}

func TestExplainHostileWords(t *testing.T) {
	status, out, errs := explained(t, "\x1b[31mred", strings.Repeat("long", 1000))
	if status != Usage || out != "" || strings.Contains(errs, "\x1b") {
		t.Errorf("status %d: %q %q", status, out, errs)
	}
}
