// Package sarif writes a report in the Static Analysis Results Interchange
// Format, version 2.1.0 with its errata, for code scanning and editors.
//
// What is worth knowing about it:
//
//   - Severities become the levels error, warning and note.
//   - All ids that findings can have are in the list of rules, with their help;
//     the requirements behind a finding are among its properties.
//   - Columns count code points, and columnKind says so. A region has no end:
//     the finding is about what begins there.
//   - Addresses of documents are relative when their names are; file is the
//     scheme of those that are not. Bytes that no address may hold are escaped.
//   - Fingerprints do not change when lines move: see fingerprint.go.
//   - Suppressed findings are results with a suppression.
//   - GitHub takes up to 25,000 results of a run, and shows 5,000.
//
// Rules stand before the results, documents behind them, so that results are
// written as soon as a document is judged; of a document only its name and
// counts are kept.
package sarif

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

const schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

// New returns a writer of the report.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	s := &writer{out: bufio.NewWriter(w), prints: newFingerprints(), rules: map[string]int{}, artifacts: map[string]int{}}
	driver := driver{Name: "runhist", Version: head.Version, SemanticVersion: head.Version,
		InformationURI: "https://github.com/runhist/runhist", Rules: []descriptor{}}
	if head.Catalog != nil {
		for _, d := range head.Catalog() {
			s.rules[d.ID] = len(driver.Rules)
			driver.Rules = append(driver.Rules, describe(&d))
		}
	}
	s.text(`{"$schema":"` + schema + `","version":"2.1.0","runs":[{` + "\n" + `"tool":`)
	s.value(tool{driver})
	s.text(",\n" + `"columnKind":"unicodeCodePoints",` + "\n" + `"properties":`)
	s.value(map[string]string{"profile": head.Profile})
	s.text(",\n" + `"results":[`)
	return s
}

type writer struct {
	out       *bufio.Writer
	prints    *fingerprints
	rules     map[string]int // index by id
	artifacts map[string]int // index by name
	list      []artifact     // in the order of their first mention
	notices   []notification
	results   int
	err       error // the first one
}

// text writes text as it is.
func (w *writer) text(text string) {
	if w.err == nil {
		_, w.err = w.out.WriteString(text)
	}
}

// value writes a value on one line.
func (w *writer) value(v any) {
	var text bytes.Buffer
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil && w.err == nil {
		w.err = err
	}
	w.text(strings.TrimSuffix(text.String(), "\n"))
}

func (w *writer) flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// File writes the results of a document, one a line.
func (w *writer) File(f *report.File) error {
	at := w.artifact(f.Name)
	w.list[at].Properties = &properties{Status: f.Status, Runs: f.Runs, Steps: f.Steps}
	for _, p := range f.Problems {
		w.notices = append(w.notices, notification{Level: "error", Message: message{p},
			Locations: []location{{Physical: physicalLocation{Artifact: w.list[at].Location}}}})
	}
	w.prints.begin()
	for i := range f.Findings {
		w.result(&f.Findings[i])
	}
	return w.flush()
}

// result writes the result of a finding.
func (w *writer) result(f *finding.Finding) {
	if w.results > 0 {
		w.text(",")
	}
	w.text("\n")
	w.results++
	w.value(w.newResult(f))
}

// newResult makes the result of a finding.
func (w *writer) newResult(f *finding.Finding) *result {
	print := w.prints.of(f)
	r := &result{
		RuleID:  f.Rule,
		Kind:    "fail",
		Level:   level(f.Severity),
		Message: message{f.Message},
		Locations: []location{{
			Physical: physicalLocation{Artifact: w.list[w.artifact(f.File)].Location, Region: &region{f.Line, f.Column}},
			Logical:  []logicalLocation{{f.Path, kind(f.Path)}},
		}},
		Fingerprints: map[string]string{"runhist/v1": print, "primaryLocationLineHash": print},
		Properties:   resultProperties{list(f.Requirements), f.Section, f.Known},
	}
	if f.Suppressed != "" {
		r.Suppressions = []suppression{{Kind: "external", Status: "accepted", Justification: f.Suppressed}}
	}
	if at, ok := w.rules[f.Rule]; ok {
		r.RuleIndex = &at
	}
	return r
}

// artifact returns the index of a document in the list.
func (w *writer) artifact(name string) int {
	at, ok := w.artifacts[name]
	if !ok {
		at = len(w.list)
		w.artifacts[name] = at
		w.list = append(w.list, artifact{Location: artifactLocation{address(name), at}})
	}
	return at
}

// Close writes the documents and how the call ended.
func (w *writer) Close(tail *report.Tail) error {
	for _, p := range tail.Problems {
		w.notices = append(w.notices, notification{Level: "error", Message: message{p}})
	}
	w.text("],\n" + `"artifacts":[`)
	for i := range w.list {
		if i > 0 {
			w.text(",")
		}
		w.text("\n")
		w.value(&w.list[i])
	}
	w.text("],\n" + `"invocations":[`)
	w.value(invocation{
		Successful:  tail.Exit == 0 || tail.Exit == 1,
		Exit:        tail.Exit,
		Description: ending(tail.Exit),
		Notices:     append([]notification{}, w.notices...),
	})
	w.text("]\n}]}\n")
	return w.flush()
}

// ending says in words what an exit status means.
func ending(status int) string {
	switch status {
	case 0:
		return "nothing at or above the threshold"
	case 1:
		return "findings at or above the threshold"
	case 2:
		return "wrong usage or configuration"
	}
	return "not finished: something could not be read, a limit was hit, a rule crashed, or nothing was examined"
}

func level(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "note"
}

// list is the list, and never null.
func list(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}
