package reconciliation

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report/junit"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate/finding"
)

// writeJUnit writes a suite for each agent, and one for what is about none. A
// check that found nothing is no case; a policy is one also where it is kept,
// for each profile that it was checked on, and skipped where it cannot be
// checked. What fails is what --fail-on says, as in the exit status.
func writeJUnit(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<testsuites name="runhist reconcile">` + "\n")
	archive := r.suite("")
	read := junit.Case{Name: "the archive is read to its end", Class: "runhist.archive"}
	if len(r.Problems) > 0 || r.Summary.Incomplete {
		read.Error = &junit.Outcome{Message: "something could not be read to its end", Text: junit.Lines(strings.Join(r.Problems, "\n"))}
		archive.Errors++
	}
	archive.Cases = append([]junit.Case{read}, archive.Cases...)
	suites := []*junit.Suite{archive}
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

func (r *Report) suite(agent string) *junit.Suite {
	s := &junit.Suite{Name: terminal.Clean(or(agent, "the archive"))}
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
		s.Cases = append(s.Cases, r.caseOf(strings.TrimSpace(id+" "+titles[id]), class, byID[id]))
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
			s.Cases = append(s.Cases, junit.Case{Name: terminal.Clean(name), Class: class})
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
func (r *Report) judge(c *junit.Case, v *Verdict) {
	line := v.Message
	if v.Run > 0 {
		line = fmt.Sprintf("run %d: %s", v.Run, v.Message)
	}
	switch {
	case v.Outcome == "violated" && r.fails(v.Severity) && !r.excused(v):
		if c.Failure == nil {
			c.Failure = &junit.Outcome{Message: line}
		}
		c.Failure.Text += junit.Lines(line + "\n")
	case v.Outcome == "unknown":
		c.Skipped = &junit.Outcome{Message: line}
	default:
		if c.Output == nil {
			c.Output = &junit.Output{}
		}
		c.Output.Text += junit.Lines(line + "\n")
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

// caseOf is the case of a check.
func (r *Report) caseOf(name, class string, findings []Finding) junit.Case {
	c := junit.Case{Name: name, Class: class}
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
		c.Failure = &junit.Outcome{Message: failing, Text: junit.Lines(all.String())}
	} else {
		c.Output = &junit.Output{Text: junit.Lines(all.String())}
	}
	return c
}
