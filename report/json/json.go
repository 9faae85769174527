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

// New returns a writer of the report; the document is written by Close,
// because its summary comes first.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	return &writer{out: w, head: head}
}

type writer struct {
	out      io.Writer
	head     report.Head
	files    []File
	findings []finding.Finding
}

// File takes the findings of a document.
func (w *writer) File(f *report.File) error {
	w.files = append(w.files, NewFile(f))
	w.findings = append(w.findings, f.Findings...)
	return nil
}

// Close writes the document. A finding may have come with the result of a
// later document than its own, so the order is made here.
func (w *writer) Close(tail *report.Tail) error {
	slices.SortStableFunc(w.findings, func(a, b finding.Finding) int { return strings.Compare(a.File, b.File) })
	p := &printer{out: bufio.NewWriter(w.out)}
	p.field("version", 1)
	p.field("tool", NewTool(w.head.Version))
	p.field("profile", w.head.Profile)
	p.field("summary", Summary(tail.Summary))
	p.field("problems", List(tail.Problems))
	p.list("files", len(w.files), func(i int) any { return w.files[i] })
	p.list("findings", len(w.findings), func(i int) any { return NewFinding(&w.findings[i]) })
	p.list("rules", len(tail.Rules), func(i int) any { return NewRule(&tail.Rules[i]) })
	p.text("\n}\n")
	if p.err != nil {
		return p.err
	}
	return p.out.Flush()
}
