// Package json writes a report as one JSON document, version 1: fields are
// only ever added, and schema.json describes it. It has no times and no
// durations, so the same input gives the same bytes.
package json

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/validate/finding"
)

// Schema is the JSON Schema of what New writes.
//
//go:embed schema.json
var Schema []byte

type document struct {
	Version  int       `json:"version"`
	Tool     tool      `json:"tool"`
	Profile  string    `json:"profile"`
	Summary  summary   `json:"summary"`
	Files    []file    `json:"files"`
	Findings []found   `json:"findings"`
	Rules    []ruleRow `json:"rules"`
}

type tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

type summary struct {
	Files        int `json:"files"`
	Runs         int `json:"runs"`
	Steps        int `json:"steps"`
	Errors       int `json:"errors"`
	Warnings     int `json:"warnings"`
	Infos        int `json:"infos"`
	Suppressed   int `json:"suppressed"`
	NotEvaluated int `json:"notEvaluated"`
	Cut          int `json:"cut"`
	Incomplete   int `json:"incomplete"`
}

type file struct {
	File    string `json:"file"`
	Status  string `json:"status"`
	Profile string `json:"profile"`
	Because string `json:"because,omitempty"`
	Runs    int    `json:"runs"`
	Steps   int    `json:"steps"`
}

type found struct {
	File         string           `json:"file"`
	Line         uint32           `json:"line"`
	Column       uint32           `json:"column"`
	Path         string           `json:"path"`
	Rule         string           `json:"rule"`
	Severity     finding.Severity `json:"severity"`
	Requirements []string         `json:"requirements"`
	Section      string           `json:"section"`
	Message      string           `json:"message"`
	Known        string           `json:"known"`
}

type ruleRow struct {
	ID       string         `json:"id"`
	Status   finding.Status `json:"status"`
	Checked  int            `json:"checked"`
	Findings int            `json:"findings"`
}

// New returns a writer of the report; the document is written by Close,
// because its summary comes first.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	return &writer{out: w, doc: document{
		Version: 1, Tool: tool{"runhist", head.Version}, Profile: head.Profile,
		Files: []file{}, Findings: []found{}, Rules: []ruleRow{},
	}}
}

type writer struct {
	out io.Writer
	doc document
}

// File takes the findings of a document.
func (w *writer) File(f *report.File) error {
	w.doc.Files = append(w.doc.Files, file{f.Name, f.Status, f.Profile, f.Because, f.Runs, f.Steps})
	for i := range f.Findings {
		g := &f.Findings[i]
		requirements := g.Requirements
		if requirements == nil {
			requirements = []string{}
		}
		w.doc.Findings = append(w.doc.Findings, found{g.File, g.Line, g.Column, g.Path, g.Rule, g.Severity, requirements, g.Section, g.Message, g.Known})
	}
	return nil
}

// Close writes the document. A finding may have come with the result of a
// later document than its own, so the order is made here.
func (w *writer) Close(tail *report.Tail) error {
	slices.SortStableFunc(w.doc.Findings, func(a, b found) int { return strings.Compare(a.File, b.File) })
	w.doc.Summary = summary(tail.Summary)
	for _, r := range tail.Rules {
		w.doc.Rules = append(w.doc.Rules, ruleRow{r.ID, r.Status, r.Checked, r.Findings})
	}
	out := bufio.NewWriter(w.out)
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(&w.doc); err != nil {
		return err
	}
	return out.Flush()
}
