// Package junit writes a report in the XML that continuous integration servers
// read as test results.
//
// A document is a testsuite. It has one testcase that stands for reading the
// document, so that no suite is empty, and one for each rule with findings in
// it. A testcase a finding would have a line number in its name: every edit
// above it would then be one test that is new and one that is gone, and
// servers such as Jenkins, which follow a test by its name from build to
// build, could not tell since when it fails. Rules that passed are left out,
// because 200 of them in each of 10,000 documents help nobody.
//
// JUnit knows no severities. A testcase fails when a finding of its rule is at
// or above the threshold of --fail-on, so that the server agrees with the exit
// status; below it, it passes, and the findings are its output. A document that
// was not read to its end is an error, and a rule whose findings in a document
// were all suppressed is skipped.
//
// Names are made for how servers show them: the suite has the name of the
// document as it is, and the class is that name with its dots replaced in
// package runhist, because Jenkins takes what is before the last dot for a
// package. No testcase has a time: reports have none.
//
// Suites are written as soon as a document is judged, and nothing is kept. The
// root element therefore has no sums, which all servers make themselves.
package junit

import (
	"bufio"
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// New returns a writer of the report.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	out := bufio.NewWriter(w)
	out.WriteString(xml.Header + `<testsuites name="runhist">` + "\n")
	return &writer{out: out, failOn: head.FailOn, catalog: head.Catalog}
}

type writer struct {
	out     *bufio.Writer
	failOn  finding.Severity
	catalog func() []report.Description
	titles  map[string]string // by id; nil until the first finding
}

// File writes the suite of a document. Findings about another document, which
// the last one may bring, get a suite of their own.
func (w *writer) File(f *report.File) error {
	own := w.suite(f.Name, about(f.Findings, f.Name))
	read := Case{Name: "the document is read to its end", Class: own.Cases[0].Class, File: f.Name}
	if f.Status != "examined" || len(f.Problems) > 0 {
		own.Errors++
		read.Error = &Outcome{Message: "the document is " + f.Status, Type: f.Status, Text: Lines(strings.Join(f.Problems, "\n"))}
	}
	own.Cases[0] = read
	if err := w.put(own); err != nil {
		return err
	}
	for _, name := range others(f) {
		late := w.suite(name, about(f.Findings, name))
		late.Cases = late.Cases[1:]
		if err := w.put(late); err != nil {
			return err
		}
	}
	return w.out.Flush()
}

// Close writes the problems of the call, and the end.
func (w *writer) Close(tail *report.Tail) error {
	if len(tail.Problems) > 0 {
		call := &Suite{Name: "runhist", Tests: 1, Errors: 1, Cases: []Case{{Name: "the arguments name documents", Class: "runhist.call",
			Error: &Outcome{Message: tail.Problems[0], Type: "unreadable", Text: Lines(strings.Join(tail.Problems, "\n"))}}}}
		if err := w.put(call); err != nil {
			return err
		}
	}
	w.out.WriteString("</testsuites>\n")
	return w.out.Flush()
}

// suite makes a testcase of each rule, in the order of their first findings,
// behind an empty first one.
func (w *writer) suite(name string, findings []*finding.Finding) *Suite {
	class := "runhist." + strings.ReplaceAll(name, ".", "_")
	s := &Suite{Name: name, File: name, Cases: []Case{{Class: class}}}
	byRule := map[string][]*finding.Finding{}
	var order []string
	for _, f := range findings {
		if byRule[f.Rule] == nil {
			order = append(order, f.Rule)
		}
		byRule[f.Rule] = append(byRule[f.Rule], f)
	}
	for _, id := range order {
		c := w.caseOf(id, byRule[id])
		c.Class = class
		switch {
		case c.Failure != nil:
			s.Failures++
		case c.Skipped != nil:
			s.Skipped++
		}
		s.Cases = append(s.Cases, c)
	}
	return s
}

// caseOf makes the case of a rule; findings has one at least.
func (w *writer) caseOf(id string, findings []*finding.Finding) Case {
	first := findings[0]
	c := Case{Name: w.name(id), File: first.File, Line: first.Line}
	var all strings.Builder
	var worst *finding.Finding // of those that count
	for _, f := range findings {
		if f.Suppressed == "" && (worst == nil || f.Severity > worst.Severity) {
			worst = f
		}
		fmt.Fprintf(&all, "%s:%d:%d: %s: %s\n  at %s\n", f.File, f.Line, f.Column, f.Severity, f.Message, f.Path)
		if f.Suppressed != "" {
			fmt.Fprintf(&all, "  suppressed: %s\n", f.Suppressed)
		}
	}
	if first.Section != "" {
		fmt.Fprintf(&all, "see [MS-UPSMODS] %s\n", first.Section)
	}
	switch {
	case worst == nil:
		c.Skipped = &Outcome{Message: first.Suppressed}
		c.Output = &Output{Lines(all.String())}
	case w.failOn == finding.Off || worst.Severity < w.failOn:
		c.Output = &Output{Lines(all.String())}
	default:
		message := worst.Message
		if more := len(findings) - 1; more > 0 {
			message += fmt.Sprintf(" (and %d more)", more)
		}
		c.Failure = &Outcome{Message: message, Type: worst.Severity.String(), Text: Lines(all.String())}
	}
	return c
}

// name is the id and its title, where somebody described it.
func (w *writer) name(id string) string {
	if w.titles == nil {
		w.titles = map[string]string{}
		if w.catalog != nil {
			for _, d := range w.catalog() {
				w.titles[d.ID] = d.Title
			}
		}
	}
	return strings.TrimSpace(id + " " + w.titles[id])
}

// put writes a suite. What XML cannot hold becomes U+FFFD.
func (w *writer) put(s *Suite) error {
	s.Tests = len(s.Cases)
	e := xml.NewEncoder(w.out)
	e.Indent("  ", "  ")
	if err := e.Encode(s); err != nil {
		return err
	}
	return w.out.WriteByte('\n')
}

// about returns the findings about a document.
func about(findings []finding.Finding, name string) []*finding.Finding {
	var list []*finding.Finding
	for i := range findings {
		if findings[i].File == name {
			list = append(list, &findings[i])
		}
	}
	return list
}

// others names the other documents that findings are about, in their order.
func others(f *report.File) []string {
	var names []string
	seen := map[string]bool{f.Name: true}
	for i := range f.Findings {
		if name := f.Findings[i].File; !seen[name] {
			seen[name] = true
			names = append(names, name)
		}
	}
	return names
}
