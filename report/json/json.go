// Package json writes a report as one JSON document, version 1: fields are
// only ever added, and schema.json describes it. It has no times and no
// durations, so the same input gives the same bytes.
//
// The summary comes first and findings are in the order of their documents,
// so nothing is written before the last document and all findings are held:
// --max-findings bounds them. The format jsonl holds nothing.
package json

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
)

// Schema is the JSON Schema of what New writes.
//
//go:embed schema.json
var Schema []byte

type document struct {
	Version  int       `json:"version"`
	Tool     Tool      `json:"tool"`
	Profile  string    `json:"profile"`
	Summary  Summary   `json:"summary"`
	Problems []string  `json:"problems"`
	Files    []File    `json:"files"`
	Findings []Finding `json:"findings"`
	Rules    []Rule    `json:"rules"`
}

// New returns a writer of the report; the document is written by Close,
// because its summary comes first.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	return &writer{out: w, doc: document{
		Version: 1, Tool: NewTool(head.Version), Profile: head.Profile,
		Files: []File{}, Findings: []Finding{}, Rules: []Rule{},
	}}
}

type writer struct {
	out io.Writer
	doc document
}

// File takes the findings of a document.
func (w *writer) File(f *report.File) error {
	w.doc.Files = append(w.doc.Files, NewFile(f))
	for i := range f.Findings {
		w.doc.Findings = append(w.doc.Findings, NewFinding(&f.Findings[i]))
	}
	return nil
}

// Close writes the document. A finding may have come with the result of a
// later document than its own, so the order is made here.
func (w *writer) Close(tail *report.Tail) error {
	slices.SortStableFunc(w.doc.Findings, func(a, b Finding) int { return strings.Compare(a.File, b.File) })
	w.doc.Summary = Summary(tail.Summary)
	w.doc.Problems = List(tail.Problems)
	for i := range tail.Rules {
		w.doc.Rules = append(w.doc.Rules, NewRule(&tail.Rules[i]))
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
