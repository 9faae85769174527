package reconciliation

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate/finding"
)

// The elements of JUnit XML.
type (
	suite struct {
		XMLName  xml.Name `xml:"testsuite"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Skipped  int      `xml:"skipped,attr"`
		Cases    []testCase
	}
	testCase struct {
		XMLName xml.Name `xml:"testcase"`
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Skipped *outcome `xml:"skipped,omitempty"`
		Failure *outcome `xml:"failure,omitempty"`
		Error   *outcome `xml:"error,omitempty"`
		Output  *output  `xml:"system-out,omitempty"`
	}
	outcome struct {
		Message string `xml:"message,attr"`
		Text    string `xml:",innerxml"`
	}
	output struct {
		Text string `xml:",innerxml"`
	}
)

// lines makes the content of an element of lines: encoding/xml would write line
// ends as references.
func lines(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}

// writeJUnit writes a suite for each agent, and one for what is about none. A
// check that found nothing is no case; a policy is one also where it is kept,
// for each profile that it was checked on, and skipped where it cannot be
// checked. What fails is what --fail-on says, as in the exit status.
func writeJUnit(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<testsuites name="runhist reconcile">` + "\n")
	archive := r.suite("")
	read := testCase{Name: "the archive is read to its end", Class: "runhist.archive"}
	if len(r.Problems) > 0 || r.Summary.Incomplete {
		read.Error = &outcome{"something could not be read to its end", lines(strings.Join(r.Problems, "\n"))}
		archive.Errors++
	}
	archive.Cases = append([]testCase{read}, archive.Cases...)
	suites := []*suite{archive}
	seen := map[string]bool{"": true}
	for i := range r.Agents {
		if name := r.Agents[i].Name; !seen[name] {
			seen[name] = true
			suites = append(suites, r.suite(name))
		}
	}
	for _, s := range suites {
		s.Tests = len(s.Cases)
		e := xml.NewEncoder(out)
		e.Indent("  ", "  ")
		if err := e.Encode(s); err != nil {
			return err
		}
		out.WriteByte('\n')
	}
	out.WriteString("</testsuites>\n")
	return out.Flush()
}

func (r *Report) suite(agent string) *suite {
	s := &suite{Name: terminal.Clean(or(agent, "the archive"))}
	class := "runhist." + strings.ReplaceAll(s.Name, ".", "_")
	if agent == "" {
		class = "runhist.archive"
	}
	titles := map[string]string{}
	for _, c := range r.Checks {
		titles[c.ID] = c.Title
	}
	byID := map[string][]Finding{}
	var order []string
	for _, f := range r.of(agent) {
		if f.Rule == "REC-policy" || f.Rule == "REC-policy-unknown" {
			continue // its policy is a case
		}
		if byID[f.Rule] == nil {
			order = append(order, f.Rule)
		}
		byID[f.Rule] = append(byID[f.Rule], f)
	}
	for _, id := range order {
		s.Cases = append(s.Cases, r.testCase(strings.TrimSpace(id+" "+titles[id]), class, byID[id]))
	}
	at := map[string]int{}
	for i := range r.Policies {
		v := &r.Policies[i]
		if v.Agent != agent {
			continue
		}
		name := "policy: " + v.Policy
		if v.Profile != "" {
			name += ", " + v.Profile
		}
		if _, ok := at[name]; !ok {
			at[name] = len(s.Cases)
			s.Cases = append(s.Cases, testCase{Name: terminal.Clean(name), Class: class})
		}
		r.judge(&s.Cases[at[name]], v)
	}
	for i := range s.Cases {
		switch c := &s.Cases[i]; {
		case c.Failure != nil:
			s.Failures++
			c.Skipped = nil
		case c.Skipped != nil:
			s.Skipped++
		}
	}
	return s
}

// judge adds a verdict to the case of its policy.
func (r *Report) judge(c *testCase, v *Verdict) {
	line := v.Message
	if v.Run > 0 {
		line = fmt.Sprintf("run %d: %s", v.Run, v.Message)
	}
	switch {
	case v.Outcome == "violated" && r.fails(v.Severity) && !r.excused(v):
		if c.Failure == nil {
			c.Failure = &outcome{Message: line}
		}
		c.Failure.Text += lines(line + "\n")
	case v.Outcome == "unknown":
		c.Skipped = &outcome{Message: line}
	default:
		if c.Output == nil {
			c.Output = &output{}
		}
		c.Output.Text += lines(line + "\n")
	}
}

// excused tells whether the finding of a violated policy does not count.
func (r *Report) excused(v *Verdict) bool {
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Rule == "REC-policy" && f.Agent == v.Agent && f.Profile == v.Profile && f.Run == v.Run && strings.HasSuffix(f.Message, v.Message) {
			return !f.Counts()
		}
	}
	return true // switched off
}

func (r *Report) fails(s finding.Severity) bool { return r.FailOn != finding.Off && s >= r.FailOn }

// testCase is the case of a check.
func (r *Report) testCase(name, class string, findings []Finding) testCase {
	c := testCase{Name: name, Class: class}
	var all strings.Builder
	failing := ""
	for i := range findings {
		f := &findings[i]
		fmt.Fprintf(&all, "%s, %s: %s\n  %s\n", f.Severity, f.Certainty, f.Message, about(f))
		for _, object := range f.Objects {
			fmt.Fprintf(&all, "  %s\n", object)
		}
		if failing == "" && f.Counts() && r.fails(f.Severity) {
			failing = f.Message
		}
	}
	if failing != "" {
		c.Failure = &outcome{failing, lines(all.String())}
	} else {
		c.Output = &output{lines(all.String())}
	}
	return c
}
