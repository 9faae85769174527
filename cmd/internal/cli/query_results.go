package cli

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/report/terminal"
)

// resultWriter writes the results of a query, one after the other.
type resultWriter interface {
	result(file string, r *query.Result) error
	close() error
}

// queryHead are the columns that every result has.
var queryHead = []string{"file", "line", "column", "path", "kind", "value"}

// newResultWriter returns the writer of a format; the names are those of the
// further columns. With csvSafe an apostrophe stands in csv before what is like
// a formula.
func newResultWriter(format string, out io.Writer, names []string, csvSafe bool) resultWriter {
	switch format {
	case "json":
		return &jsonResults{out: bufio.NewWriter(out), names: names}
	case "csv":
		w := &csvResults{out: csv.NewWriter(out), safe: csvSafe}
		w.err = w.out.Write(append(append([]string{}, queryHead...), names...))
		return w
	}
	return &textResults{bufio.NewWriter(out), names}
}

// textResults is for people: a line for each result, and the markup of an
// element that has more than text.
type textResults struct {
	out   *bufio.Writer
	names []string
}

func (w *textResults) result(file string, r *query.Result) error {
	fmt.Fprintf(w.out, "%s:%d:%d: ", terminal.Clean(file), r.Line, r.Column)
	switch {
	case len(w.names) > 0:
		for i, name := range w.names {
			if i > 0 {
				w.out.WriteString("  ")
			}
			fmt.Fprintf(w.out, "%s=%s", name, terminal.Clean(r.Columns[i]))
		}
	case r.Leaf():
		w.out.WriteString(terminal.Clean(r.Value))
	default:
		w.out.WriteString(terminal.Clean(r.Path))
		for line := range strings.SplitSeq(r.XML(), "\n") {
			w.out.WriteString("\n  " + terminal.Clean(line))
		}
	}
	return w.out.WriteByte('\n')
}

func (w *textResults) close() error { return w.out.Flush() }

// csvResults is a table; values stand in it as they are.
type csvResults struct {
	out  *csv.Writer
	safe bool
	err  error // of the heading
}

func (w *csvResults) result(file string, r *query.Result) error {
	if w.err != nil {
		return w.err
	}
	row := []string{file, strconv.FormatUint(uint64(r.Line), 10), strconv.FormatUint(uint64(r.Column), 10), r.Path, r.Kind.String(), r.Value}
	row = append(row, r.Columns...)
	if w.safe {
		for i := range row {
			row[i] = markup.Inert(row[i])
		}
	}
	return w.out.Write(row)
}

func (w *csvResults) close() error {
	w.out.Flush()
	if w.err == nil {
		w.err = w.out.Error()
	}
	return w.err
}

// jsonResults is one document, version 1, written as the results come: fields
// are only ever added.
type jsonResults struct {
	out   *bufio.Writer
	names []string
	count int
}

type queryResult struct {
	File    string            `json:"file"`
	Line    uint32            `json:"line"`
	Column  uint32            `json:"column"`
	Path    string            `json:"path"`
	Kind    string            `json:"kind"`
	Name    string            `json:"name,omitempty"`
	Value   string            `json:"value"`
	XML     string            `json:"xml,omitempty"` // of an element that has more than text
	Columns map[string]string `json:"columns,omitempty"`
}

func (w *jsonResults) result(file string, r *query.Result) error {
	v := queryResult{File: file, Line: r.Line, Column: r.Column, Path: r.Path, Kind: r.Kind.String(), Name: r.Name, Value: r.Value}
	if !r.Leaf() {
		v.XML = r.XML()
	}
	if len(w.names) > 0 {
		v.Columns = map[string]string{}
		for i, name := range w.names {
			v.Columns[name] = r.Columns[i]
		}
	}
	var text strings.Builder
	e := json.NewEncoder(&text)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	w.begin()
	_, err := w.out.WriteString(strings.TrimSuffix(text.String(), "\n"))
	return err
}

// begin writes what stands before a result.
func (w *jsonResults) begin() {
	if w.count++; w.count == 1 {
		w.out.WriteString("{\"version\": 1, \"results\": [\n")
		return
	}
	w.out.WriteString(",\n")
}

func (w *jsonResults) close() error {
	if w.count == 0 {
		w.out.WriteString("{\"version\": 1, \"results\": [")
	}
	w.out.WriteString("\n]}\n")
	return w.out.Flush()
}
