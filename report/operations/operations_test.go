package operations

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/runhist/runhist/report/terminal"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

var update = flag.Bool("update", false, "rewrite what the files in testdata want")

// report is what is written of documents, and the outcome of each.
func report(t *testing.T, style Style, keep Keep, details bool, docs ...txtar.File) (string, []Outcome) {
	t.Helper()
	var out bytes.Buffer
	style.Files = len(docs) > 1
	r := NewReport(&out, style, details)
	name := ""
	reader := NewReader(source.DefaultLimits(), keep, func(run *Run) {
		run.File = name
		if err := r.Add(run); err != nil {
			t.Fatal(err)
		}
	})
	var outcomes []Outcome
	for _, doc := range docs {
		name = doc.Name
		o, err := reader.Document(bytes.NewReader(doc.Data))
		if err != nil {
			t.Fatal(err)
		}
		outcomes = append(outcomes, o)
	}
	if err := r.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String(), outcomes
}

// TestGolden runs the cases of testdata. The first line of a case says how to
// show its documents, if it consists of options.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			style, keep, details := Style{Width: 100}, Keep{Examples: 3}, false
			head, _, _ := strings.Cut(string(archive.Comment), "\n")
			for _, option := range strings.Fields(head) {
				switch name, value, _ := strings.Cut(option, "="); name {
				case "errors":
					if keep.Examples, err = strconv.Atoi(value); err != nil {
						t.Fatal(err)
					}
				case "all":
					style.All = true
				case "color":
					style.Color = true
				case "details":
					details = true
				}
			}
			docs := slices.DeleteFunc(slices.Clone(archive.Files), func(f txtar.File) bool { return f.Name == "want" })
			got, outcomes := report(t, style, keep, details, docs...)
			for i := range outcomes {
				for _, f := range outcomes[i].Faults {
					got += fmt.Sprintf("fault: %s:%d:%d: %s\n", docs[i].Name, f.Pos.Line, f.Pos.Column, f.ID)
				}
			}
			plain(t, got, style)
			if *update {
				archive.Files = append(docs, txtar.File{Name: "want", Data: []byte(got)})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			want := ""
			if n := len(archive.Files); n > len(docs) {
				want = string(archive.Files[n-1].Data)
			}
			if got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// plain checks that output has nothing that steers a terminal, and fits one.
func plain(t *testing.T, out string, style Style) {
	t.Helper()
	for line := range strings.SplitSeq(out, "\n") {
		if terminal.Columns(line) > style.Width && !style.Color {
			t.Errorf("%d columns: %s", terminal.Columns(line), line)
		}
		if strings.TrimRight(line, " ") != line {
			t.Errorf("blanks at the end of %q", line)
		}
		for _, c := range line {
			if unicode.IsControl(c) && (c != 0x1b || !style.Color) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' {
				t.Errorf("%U in %q", c, line)
			}
		}
	}
}

// TestEveryCounter holds the package comment to its word: a counter above 0
// shows in some line.
func TestEveryCounter(t *testing.T) {
	for _, kind := range []rundetails.BlockKind{rundetails.Outbound, rundetails.Staging, rundetails.Inbound, rundetails.Export} {
		for i, name := range kind.Names() {
			b := newBlock(kind)
			b.Counts[i] = Count{N: 1, Present: true}
			if len(b.Lines()) == 0 {
				t.Errorf("%s of %s is in no line", rundetails.Vocabulary().Name(name), rundetails.Vocabulary().Name(kind.Element()))
			}
		}
	}
}

func TestStepTypes(t *testing.T) {
	for _, test := range []struct{ xml, want string }{
		{`<step-type type="full-import"><import-subtype>to-cs</import-subtype></step-type>`, "Full Import (Stage Only)"},
		{`<step-type type="delta-import"><import-subtype>to-cs</import-subtype></step-type>`, "Delta Import (Stage Only)"},
		{`<step-type type="full-import"/>`, "Full Import and Delta Synchronization"},
		{`<step-type type="delta-import"/>`, "Delta Import and Delta Synchronization"},
		{`<step-type type="full-import-reevaluate-rules"/>`, "Full Import and Full Synchronization"},
		{`<step-type type="full-import"><import-subtype>to-file</import-subtype></step-type>`, "Full Import (to File)"},
		{`<step-type type="delta-import"><import-subtype>resume-from-file</import-subtype><import-subtype>to-cs</import-subtype></step-type>`, "Delta Import (Stage Only, from File)"},
		{`<step-type type="export"/>`, "Export"},
		{`<step-type type="export"><export-subtype>to-file, resume-from-file</export-subtype></step-type>`, "Export (to File, from File)"},
		{`<step-type type="apply-rules"><apply-rules-subtype>apply-pending</apply-rules-subtype></step-type>`, "Delta Synchronization"},
		{`<step-type type="apply-rules"><apply-rules-subtype>reevaluate-flow-connectors</apply-rules-subtype></step-type>`, "Full Synchronization"},
		{`<step-type type="apply-rules"><apply-rules-subtype>reevaluate-join-flow-all</apply-rules-subtype></step-type>`, "Full Synchronization (reevaluate-join-flow-all)"},
		{`<step-type type="apply-rules"/>`, "Synchronization"},
		{`<step-type type="new-thing"/>`, "new-thing"},
		{`<step-type/>`, ""},
		{``, ""},
	} {
		var got []string
		doc := "<run-details><step-details><step-description>" + test.xml + "</step-description></step-details></run-details>"
		_, err := NewReader(source.DefaultLimits(), Keep{}, func(r *Run) { got = append(got, r.Steps[0].Type) }).Document(strings.NewReader(doc))
		if err != nil || len(got) != 1 || got[0] != test.want {
			t.Errorf("%s: %q, %v, want %q", test.xml, got, err, test.want)
		}
	}
}

func TestDuration(t *testing.T) {
	for _, test := range []struct {
		millis int64
		want   string
	}{
		{0, "0 ms"}, {999, "999 ms"}, {1000, "1.0 s"}, {59_949, "59.9 s"}, {59_950, "1 m 0 s"}, {83_000, "1 m 23 s"},
		{3_599_499, "59 m 59 s"}, {3_599_500, "1 h 0 m"}, {86_369_999, "23 h 59 m"}, {86_370_000, "1 d 0 h"},
		{8_679_825_019, "100 d 11 h"}, {-60_000, "-1 m 0 s"},
	} {
		if got := duration(test.millis); got != test.want {
			t.Errorf("%d: %s, want %s", test.millis, got, test.want)
		}
	}
}

func TestSqueeze(t *testing.T) {
	for _, text := range []string{"", "abc", strings.Repeat("x", 50), strings.Repeat("人", 30), "ab人" + strings.Repeat("e\u0301", 40)} {
		for room := 1; room < 60; room++ {
			for _, got := range []string{squeeze(text, room), shorten(text, room)} {
				if terminal.Columns(got) > room || terminal.Columns(text) <= room && got != text {
					t.Errorf("%q in %d: %q", text, room, got)
				}
			}
		}
	}
}

// TestBounds checks that a document cannot make a run grow without end, and
// that what is not kept is counted.
func TestBounds(t *testing.T) {
	var doc strings.Builder
	doc.WriteString("<run-details>")
	const steps, errors = 200, 300
	for range steps {
		doc.WriteString("<step-details><step-result>success</step-result><ma-connection><connection-log>" +
			strings.Repeat("<incident><connection-result>success</connection-result></incident>", maxIncidents+5) + "</connection-log></ma-connection><synchronization-errors>")
		for i := range errors {
			fmt.Fprintf(&doc, "<export-error dn='%s'><error-type>type-%d%s</error-type></export-error>", strings.Repeat("n", 2000), i, strings.Repeat("t", 200))
		}
		doc.WriteString("</synchronization-errors>")
		for i := range maxOutbound + 7 {
			fmt.Fprintf(&doc, "<outbound-flow-counters ma='%d'><connector-flow>1</connector-flow></outbound-flow-counters>", i)
		}
		doc.WriteString("</step-details>")
	}
	doc.WriteString("</run-details>")
	var got *Run
	r := NewReader(source.DefaultLimits(), Keep{Examples: 1_000_000}, func(r *Run) { got = r })
	if _, err := r.Document(strings.NewReader(doc.String())); err != nil {
		t.Fatal(err)
	}
	if got.Totals.Steps != steps || got.Totals.Errors != steps*errors || len(got.Steps)+got.MoreSteps != steps {
		t.Errorf("totals %+v, %d steps and %d more", got.Totals, len(got.Steps), got.MoreSteps)
	}
	first := got.Steps[0]
	if n := len(first.Errors); n != maxTypes+1 || first.Errors[0].Type != otherTypes || first.Errors[0].Count != errors-maxTypes {
		t.Errorf("%d groups, the largest is %s with %d", n, first.Errors[0].Type, first.Errors[0].Count)
	}
	if c := first.Connection; len(c.Incidents) != maxIncidents || c.More != 5 {
		t.Errorf("%d incidents and %d more", len(c.Incidents), c.More)
	}
	if first.MoreOutbound != 10 { // the three other blocks take places too
		t.Errorf("%d more outbound blocks", first.MoreOutbound)
	}
	size := 0
	for _, s := range got.Steps {
		for _, g := range s.Errors {
			for _, e := range g.Examples {
				size += len(e.Object) + len(e.Text)
			}
		}
	}
	if size > maxKept {
		t.Errorf("%d bytes of examples", size)
	}
}

// TestTruncated ends a document at every byte: whatever was read is shown.
func TestTruncated(t *testing.T) {
	archive, err := txtar.ParseFile("testdata/discovery.txtar")
	if err != nil {
		t.Fatal(err)
	}
	doc := archive.Files[0]
	whole := bytes.TrimSpace(doc.Data)
	style := Style{Width: 100}
	begun, ended := len("<run-history><run-details>"), bytes.Index(whole, []byte("</run-details>"))+len("</run-details>")
	for n := range whole {
		doc.Data = whole[:n]
		got, outcomes := report(t, style, Keep{Examples: 3}, false, doc)
		plain(t, got, style)
		if !outcomes[0].Malformed() || outcomes[0].Unread() {
			t.Fatalf("%d bytes: %+v", n, outcomes[0])
		}
		if told := strings.Contains(got, "could not be read to its end"); told != (n >= begun && n < ended) {
			t.Fatalf("%d bytes: %s", n, got)
		}
	}
}

// TestReal shows the histories of real servers, where they are at hand.
func TestReal(t *testing.T) {
	shared := os.Getenv("RUNHIST_SHARED")
	if shared == "" {
		t.Skip("RUNHIST_SHARED does not say where the real histories are")
	}
	for file, wants := range map[string][]string{
		"sharepoint-ups-run1882-delta-sync-success.xml": {
			"Duration          31.2 s\nResult            ✓ success\n",
			"     1  Delta Synchronization  DC=cd,DC=company,DC=com  23:04:33    26.7 s  ✓ success\n     2  ",
			"    Disconnectors                    4,235\n",
			"  Outbound Synchronization: MOSS-UserProfile {12345678-4E0B-44DA-AF5F-62D4D99B2FBC}\n    Export Attribute Flow               23\n    Provisioning Adds                    3\n",
		},
		"sharepoint-ups-run2590-export-errors.xml": {
			"    Adds       3\n    Updates   23\n    Failures   1\n  Export Errors: 1\n",
			"    ma-extension-error: 1, oldest since 2016-09-26 12:02:16 (100 d 11 h), up to 77 retries\n      MVID=67d2da90-0c2a-e411-a2e8-0050568e45d6\n        0x80230703 System.Reflection.TargetInvocationException",
		},
	} {
		data, err := os.ReadFile(filepath.Join(shared, "real", file))
		if err != nil {
			t.Fatal(err)
		}
		style := Style{Width: 100}
		got, outcomes := report(t, style, Keep{Examples: 3}, false, txtar.File{Name: file, Data: data})
		plain(t, got, style)
		if len(outcomes[0].Faults) > 0 {
			t.Errorf("%s: %v", file, outcomes[0].Faults)
		}
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("%s: no\n%s\nin\n%s", file, want, got)
			}
		}
	}
}
