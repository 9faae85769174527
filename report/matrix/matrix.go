// Package matrix writes the traceability matrix: each row of the requirement
// tables with what checks it, or why nothing does. The rows are plain values;
// whoever has the tables and the rules makes them. It has the formats text,
// json, jsonl, csv and html, each a file of this package.
package matrix

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/schemas/spelling"
)

// Row is a line of the matrix.
type Row struct {
	ID        string   `json:"id"`
	Section   string   `json:"section"`
	Line      int      `json:"line"` // of the specification, 0 where there is none
	Path      string   `json:"path"`
	Level     string   `json:"level"`
	Statement string   `json:"statement"`
	Class     string   `json:"class"`
	Covered   string   `json:"covered"`
	By        []string `json:"by"`
	Reason    string   `json:"reason"`
}

// Matrix is what is written.
type Matrix struct {
	Version string   // of the tool
	Kinds   []string // of coverage, in the order of sums
	Rows    []Row
	CSVSafe bool // in csv an apostrophe stands before what is like a formula
}

// Format is a way to write a matrix.
type Format struct {
	Name  string
	Write func(io.Writer, *Matrix) error
}

// Formats returns the formats; the first is the default.
func Formats() []Format {
	return []Format{{"text", writeText}, {"json", writeJSON}, {"jsonl", writeLines}, {"csv", writeCSV}, {"html", writeHTML}}
}

// Find returns the format of that name; the error lists the known ones.
func Find(name string) (Format, error) {
	return spelling.Find("format", name, Formats(), func(f Format) string { return f.Name })
}

func writeJSON(w io.Writer, m *Matrix) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(m.listed())
}

// writeLines writes a row a line.
func writeLines(w io.Writer, m *Matrix) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, row := range m.listed() {
		if err := e.Encode(row); err != nil {
			return err
		}
	}
	return nil
}

// listed are the rows without a list that is nil, which would become null.
func (m *Matrix) listed() []Row {
	rows := slices.Clone(m.Rows)
	for i := range rows {
		if rows[i].By == nil {
			rows[i].By = []string{}
		}
	}
	return rows
}

func writeCSV(w io.Writer, m *Matrix) error {
	out := csv.NewWriter(w)
	out.UseCRLF = true // RFC 4180, and what spreadsheets expect
	_ = out.Write([]string{"id", "section", "line", "path", "level", "statement", "class", "covered", "by", "reason"})
	for i := range m.Rows {
		r := &m.Rows[i]
		row := []string{r.ID, r.Section, line(r.Line), r.Path, r.Level, r.Statement, r.Class, r.Covered, strings.Join(r.By, " "), r.Reason}
		if m.CSVSafe {
			for i := range row {
				row[i] = markup.Inert(row[i])
			}
		}
		_ = out.Write(row)
	}
	out.Flush()
	return out.Error()
}

func line(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// sum is how many rows of a table are covered in which way.
type sum struct {
	Table  string
	Counts []int // parallel to the kinds
	All    int
}

// sums counts by table, which is the letter of the ids, and over all.
func (m *Matrix) sums() []sum {
	list := []sum{}
	total := sum{Table: "all", Counts: make([]int, len(m.Kinds))}
	for i := range m.Rows {
		r := &m.Rows[i]
		at := slices.IndexFunc(list, func(s sum) bool { return s.Table == r.ID[:1] })
		if at < 0 {
			at = len(list)
			list = append(list, sum{Table: r.ID[:1], Counts: make([]int, len(m.Kinds))})
		}
		if kind := slices.Index(m.Kinds, r.Covered); kind >= 0 {
			list[at].Counts[kind]++
			total.Counts[kind]++
		}
		list[at].All++
		total.All++
	}
	return append(list, total)
}
