package formats

import (
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// sarifLog is what the tests read back of a log.
type sarifLog struct {
	Runs []struct {
		Tool struct {
			Driver struct {
				Rules []struct {
					ID   string
					Help struct{ Text, Markdown string }
				}
			}
		}
		Results []struct {
			RuleID       string
			RuleIndex    *int
			Level        string
			Message      struct{ Text string }
			Fingerprints map[string]string `json:"partialFingerprints"`
			Suppressions []struct{ Kind, Justification string }
			Locations    []struct {
				PhysicalLocation struct {
					ArtifactLocation struct {
						URI   string
						Index int
					}
					Region struct{ StartLine, StartColumn int }
				}
			}
		}
		Artifacts []struct {
			Location   struct{ URI string }
			Properties struct{ Status string }
		}
		Invocations []struct {
			ExecutionSuccessful bool
			ExitCode            int
			Notifications       []struct{ Message struct{ Text string } } `json:"toolExecutionNotifications"`
		}
	}
}

func readSarif(t *testing.T, text string) *sarifLog {
	t.Helper()
	var log sarifLog
	if err := json.Unmarshal([]byte(text), &log); err != nil {
		t.Fatal(err)
	}
	return &log
}

func TestSARIF(t *testing.T) {
	text, err := os.ReadFile("../sarif/testdata/subset.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	schema := compile(t, text, false)
	for name, files := range corpus() {
		t.Run(name, func(t *testing.T) {
			text := write(t, named(t, "sarif"), files, report.Options{})
			if err := schema.Validate(parse(t, text)); err != nil {
				t.Error(err)
			}
			run := &readSarif(t, text).Runs[0]
			n := 0
			for i := range files {
				for j := range files[i].Findings {
					want, got := &files[i].Findings[j], &run.Results[n]
					n++
					at := got.Locations[0].PhysicalLocation
					if got.Message.Text != perByte(want.Message) || at.Region.StartLine != int(want.Line) || at.Region.StartColumn != int(want.Column) {
						t.Errorf("result %+v, want %+v", got, want)
					}
					if run.Artifacts[at.ArtifactLocation.Index].Location.URI != at.ArtifactLocation.URI {
						t.Errorf("the address of result %d is not that of its document", n)
					}
					if got.Suppressions = append(got.Suppressions, struct{ Kind, Justification string }{}); got.Suppressions[0].Justification != want.Suppressed {
						t.Errorf("suppressions %+v", got.Suppressions)
					}
					if described := got.RuleID == "R172"; (got.RuleIndex != nil) != described || described && run.Tool.Driver.Rules[*got.RuleIndex].ID != got.RuleID {
						t.Errorf("result %d points to the wrong rule", n)
					}
				}
			}
			if n != len(run.Results) {
				t.Errorf("%d results, want %d", len(run.Results), n)
			}
			if end := run.Invocations[0]; !end.ExecutionSuccessful || end.ExitCode != 1 || end.Notifications[len(end.Notifications)-1].Message.Text != "no file matches *.q" {
				t.Errorf("invocation %+v", end)
			}
		})
	}
}

// TestSARIFAddresses reads the addresses of documents by net/url.
func TestSARIFAddresses(t *testing.T) {
	for _, c := range []struct{ name, scheme, host, path string }{
		{"a b/ä.xml", "", "", "a b/ä.xml"},
		{"100%.xml", "", "", "100%.xml"},
		{"a#b?c.xml", "", "", "a#b?c.xml"},
		{"a:b/c:d.xml", "", "", "a:b/c:d.xml"},
		{`one\name.xml`, "", "", `one\name.xml`},
		{"../up.xml", "", "", "../up.xml"},
		{"bytes\xff.xml", "", "", "bytes\xff.xml"},
		{"<stdin>", "", "", "<stdin>"},
		{"/var/a b.xml", "file", "", "/var/a b.xml"},
		{`C:\data\a b.xml`, "file", "", "/C:/data/a b.xml"},
		{"c:/data/a.xml", "file", "", "/c:/data/a.xml"},
		{`\\server\share\a.xml`, "file", "server", "/share/a.xml"},
		{"//server/share/a.xml", "file", "server", "/share/a.xml"},
	} {
		log := readSarif(t, write(t, named(t, "sarif"), []report.File{{Name: c.name, Status: "examined"}}, report.Options{}))
		got, err := url.Parse(log.Runs[0].Artifacts[0].Location.URI)
		if err != nil || got.Scheme != c.scheme || got.Host != c.host || got.Path != c.path {
			t.Errorf("%s: address %+v, %v", c.name, got, err)
		}
	}
	for _, name := range hostile() {
		log := readSarif(t, write(t, named(t, "sarif"), []report.File{{Name: name}}, report.Options{}))
		address := log.Runs[0].Artifacts[0].Location.URI
		if _, err := url.Parse(address); err != nil || strings.Trim(address, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~!$&'()*+,;=:@/%") != "" || !utf8.ValidString(address) {
			t.Errorf("%q: address %s, %v", name, address, err)
		}
	}
}

// TestSARIFFingerprints says when two findings are the same one.
func TestSARIFFingerprints(t *testing.T) {
	base := finding.Finding{File: "a.xml", Line: 30, Column: 5, Path: "/run-history[1]/run-details[2]/run-number[1]", Rule: "R061", Severity: finding.Error,
		Message: "run-number is 7, which the run has on line 12 already"}
	changed := func(change func(*finding.Finding)) finding.Finding {
		f := base
		change(&f)
		return f
	}
	prints := func(findings ...finding.Finding) []string {
		log := readSarif(t, write(t, named(t, "sarif"), []report.File{{Name: "a.xml", Findings: findings}}, report.Options{}))
		var list []string
		for _, r := range log.Runs[0].Results {
			list = append(list, r.Fingerprints["primaryLocationLineHash"])
		}
		return list
	}
	one := prints(base)[0]
	for _, c := range []struct {
		name string
		f    finding.Finding
		same bool
	}{
		{"lines moved", changed(func(f *finding.Finding) {
			f.Line, f.Column, f.Message = 44, 9, "run-number is 7, which the run has on line 26 already"
		}), true},
		{"a run came before", changed(func(f *finding.Finding) { f.Path = "/run-history[1]/run-details[3]/run-number[1]" }), true},
		{"the file moved", changed(func(f *finding.Finding) { f.File = "old/a.xml" }), true},
		{"another number", changed(func(f *finding.Finding) { f.Message = "run-number is 8, which the run has on line 12 already" }), false},
		{"another rule", changed(func(f *finding.Finding) { f.Rule = "R062" }), false},
		{"another element", changed(func(f *finding.Finding) { f.Path = "/run-history[1]/run-details[2]/step-number[1]" }), false},
	} {
		if got := prints(c.f)[0]; (got == one) != c.same {
			t.Errorf("%s: fingerprint %s after %s", c.name, got, one)
		}
	}
	twice := prints(base, base)
	if twice[0] != one || twice[1] != strings.TrimSuffix(one, ":1")+":2" {
		t.Errorf("two that are alike have %v", twice)
	}
}

// TestSARIFHelp reads the help of a rule.
func TestSARIFHelp(t *testing.T) {
	rules := readSarif(t, write(t, named(t, "sarif"), nil, report.Options{})).Runs[0].Tool.Driver.Rules
	want := struct{ text, markdown string }{
		"A log without one says *nothing*.\n\nWhat to do: Write <incident>.\n\nWhat stands behind it:\n- R172: connection-log MUST contain | incident. ([MS-UPSMODS] 2.2.1.1.1.1)",
		`A log without one says \*nothing\*.` + "\n\n" + `**What to do:** Write \<incident\>.` + "\n\n**What stands behind it**\n\n" + `- R172: connection-log MUST contain \| incident. (\[MS-UPSMODS\] 2.2.1.1.1.1)`,
	}
	if got := rules[0].Help; got.Text != want.text || got.Markdown != want.markdown {
		t.Errorf("help\n%s\n%s\nwant\n%s\n%s", got.Text, got.Markdown, want.text, want.markdown)
	}
	if len(rules) != 2 {
		t.Error(fmt.Sprint(len(rules), " rules"))
	}
}
