package formats

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// junitSuites is what the tests read back.
type junitSuites struct {
	Suites []struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Cases    []junitCase `xml:"testcase"`
	} `xml:"testsuite"`
}

type junitCase struct {
	Name    string         `xml:"name,attr"`
	Class   string         `xml:"classname,attr"`
	File    string         `xml:"file,attr"`
	Failure []junitOutcome `xml:"failure"`
	Error   []junitOutcome `xml:"error"`
	Skipped []junitOutcome `xml:"skipped"`
	Output  string         `xml:"system-out"`
}

type junitOutcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func readJUnit(t *testing.T, text string) *junitSuites {
	t.Helper()
	var read junitSuites
	if err := xml.Unmarshal([]byte(text), &read); err != nil {
		t.Fatalf("%v in %.500s", err, text)
	}
	return &read
}

// inXML is text as XML can hold it.
func inXML(text string) string {
	return strings.Map(func(c rune) rune {
		if c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == '\ufffe' || c == '\uffff' {
			return '\uFFFD'
		}
		return c
	}, perByte(text))
}

func TestJUnit(t *testing.T) {
	for name, files := range corpus() {
		t.Run(name, func(t *testing.T) {
			read := readJUnit(t, write(t, named(t, "junit"), files, report.Options{}))
			last := read.Suites[len(read.Suites)-1]
			if last.Name != "runhist" || last.Errors != 1 || last.Cases[0].Error[0].Text != "no file matches *.q" {
				t.Errorf("the problems of the call: %+v", last)
			}
			at := 0
			for i := range files {
				f := &files[i]
				s := read.Suites[at]
				at++
				if s.Name != inXML(f.Name) || s.Cases[0].File != s.Name || (s.Errors == 1) != (f.Status != "examined") || s.Errors != len(s.Cases[0].Error) {
					t.Errorf("suite %+v of %+v", s, f.Name)
				}
				failures, skipped, names := 0, 0, map[string]bool{}
				for _, c := range s.Cases {
					failures += len(c.Failure)
					skipped += len(c.Skipped)
					if names[c.Class+c.Name] {
						t.Errorf("two cases are named %s", c.Name)
					}
					names[c.Class+c.Name] = true
					if pkg, class, ok := strings.Cut(c.Class, "."); !ok || pkg != "runhist" || strings.Contains(class, ".") {
						t.Errorf("class %s", c.Class)
					}
				}
				if (s.Skipped == 1) != (name == "suppressed") {
					t.Errorf("%d are skipped", s.Skipped)
				}
				if s.Tests != len(s.Cases) || s.Failures != failures || s.Skipped != skipped {
					t.Errorf("the counts of %+v are wrong", s)
				}
				for j := range f.Findings {
					g := &f.Findings[j]
					if g.File != f.Name {
						s = read.Suites[at]
						at++
					}
					if !slices.ContainsFunc(s.Cases, func(c junitCase) bool {
						text := c.Output
						for _, o := range c.Failure {
							text += o.Text
						}
						return strings.HasPrefix(c.Name, g.Rule) && strings.Contains(text, inXML(g.Message))
					}) {
						t.Errorf("finding %.200s is in no case of %s", g.Message, g.File)
					}
				}
			}
			if at != len(read.Suites)-1 {
				t.Errorf("%d suites, want %d", len(read.Suites)-1, at)
			}
		})
	}
}

// TestJUnitThreshold sees that a build server and the exit status agree.
func TestJUnitThreshold(t *testing.T) {
	warning := finding.Finding{File: "a.xml", Rule: "R172", Severity: finding.Warning, Message: "m"}
	grave := finding.Finding{File: "a.xml", Rule: "R172", Severity: finding.Error, Message: "grave"}
	for _, c := range []struct {
		failOn   finding.Severity
		findings []finding.Finding
		message  string // of the failure, "" for none
	}{
		{finding.Error, []finding.Finding{warning}, ""},
		{finding.Warning, []finding.Finding{warning}, "m"},
		{finding.Info, []finding.Finding{warning}, "m"},
		{finding.Error, []finding.Finding{warning, grave}, "grave (and 1 more)"},
		{finding.Off, []finding.Finding{grave}, ""},
	} {
		var out strings.Builder
		h := head()
		h.FailOn = c.failOn
		w := named(t, "junit").New(&out, h, report.Options{})
		if err := w.File(&report.File{Name: "a.xml", Status: "examined", Findings: c.findings}); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(&report.Tail{}); err != nil {
			t.Fatal(err)
		}
		got := readJUnit(t, out.String()).Suites[0].Cases[1]
		message := ""
		if len(got.Failure) > 0 {
			message = got.Failure[0].Message
		}
		if message != c.message || message == "" && got.Output == "" || got.Name != "R172 A log has an incident." {
			t.Errorf("fail on %s: case %+v, want the failure %q", c.failOn, got, c.message)
		}
	}
}
