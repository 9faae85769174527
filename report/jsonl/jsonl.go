// Package jsonl writes a report as JSON Lines: one object a line, in UTF-8,
// each with a type. The line "head" is the first; a "file" comes before its
// "finding" lines; then a line "rule" for each rule, and "summary" is the
// last: a report without it is cut off. schema.json describes a line, and the
// values are those of the format json.
//
// Lines are written as soon as a document is judged, and nothing is kept. A
// finding about an earlier document may stand under the last one.
package jsonl

import (
	"bufio"
	_ "embed"
	"encoding/json"
	"io"

	"github.com/runhist/runhist/report"
	values "github.com/runhist/runhist/report/json"
)

// Schema is the JSON Schema of a line of what New writes.
//
//go:embed schema.json
var Schema []byte

type headLine struct {
	Type    string      `json:"type"`
	Version int         `json:"version"`
	Tool    values.Tool `json:"tool"`
	Profile string      `json:"profile"`
}

type fileLine struct {
	Type string `json:"type"`
	values.File
}

type findingLine struct {
	Type string `json:"type"`
	values.Finding
}

type ruleLine struct {
	Type string `json:"type"`
	values.Rule
}

type summaryLine struct {
	Type     string         `json:"type"`
	Summary  values.Summary `json:"summary"`
	Problems []string       `json:"problems"`
}

// New returns a writer of the report.
func New(w io.Writer, head report.Head, _ report.Options) report.Writer {
	out := bufio.NewWriter(w)
	lines := &writer{out: out, encode: json.NewEncoder(out)}
	lines.encode.SetEscapeHTML(false)
	lines.put(headLine{"head", 1, values.NewTool(head.Version), head.Profile})
	return lines
}

type writer struct {
	out    *bufio.Writer
	encode *json.Encoder
	err    error // the first one
}

func (w *writer) put(line any) {
	if w.err == nil {
		w.err = w.encode.Encode(line)
	}
}

func (w *writer) flush() error {
	if w.err == nil {
		w.err = w.out.Flush()
	}
	return w.err
}

// File writes a document and its findings.
func (w *writer) File(f *report.File) error {
	w.put(fileLine{"file", values.NewFile(f)})
	for i := range f.Findings {
		w.put(findingLine{"finding", values.NewFinding(&f.Findings[i])})
	}
	return w.flush()
}

// Close writes the rules and the summary.
func (w *writer) Close(tail *report.Tail) error {
	for i := range tail.Rules {
		w.put(ruleLine{"rule", values.NewRule(&tail.Rules[i])})
	}
	w.put(summaryLine{"summary", values.Summary(tail.Summary), values.List(tail.Problems)})
	return w.flush()
}
