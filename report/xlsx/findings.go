package xlsx

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// Findings returns a writer of a workbook about judged documents: a summary,
// the findings, the documents, and the rules with what became of them. Findings
// go to a temporary file as they come.
func Findings(w io.Writer, head report.Head, o report.Options) report.Writer {
	return &findings{writer: writer{out: w, options: tables.Options{Version: head.Version, Folder: o.Folder}, title: "Findings"}, head: head, seen: map[string]finding.Severity{}}
}

// findings is a report.Writer.
type findings struct {
	writer
	head             report.Head
	found, documents tables.Rows
	row              []tables.Value
	seen             map[string]finding.Severity // ids that findings have, and the gravest of each
}

const theReport = "the validator"

func findingsTable() *tables.Table {
	return &tables.Table{Name: "findings", Title: "Findings", Doc: "What is wrong: a row for each finding, in the order of documents and lines.", Columns: []tables.Column{
		{Name: "severity", Type: tables.Word, Doc: "error, warning or info.", Source: theReport},
		{Name: "rule", Type: tables.Word, Doc: "Id of the rule, as runhist explain knows it: click to see it.", Source: theReport},
		{Name: "message", Type: tables.Text, Doc: "What is wrong.", Source: theReport},
		{Name: "file", Type: tables.Text, Doc: "Document of the finding.", Source: theReport},
		{Name: "line", Type: tables.Int, Doc: "Line of the finding, from 1 on.", Source: theReport},
		{Name: "column", Type: tables.Int, Doc: "Column of the finding in characters, from 1 on.", Source: theReport},
		{Name: "path", Type: tables.Text, Doc: "XPath that selects the element or attribute.", Source: theReport},
		{Name: "requirements", Type: tables.Word, Doc: "Rows of the requirement tables that are broken.", Source: theReport},
		{Name: "section", Type: tables.Word, Doc: "Section of [MS-UPSMODS].", Source: theReport},
		{Name: "known", Type: tables.Text, Doc: "Product that is known to write it, and how that is known.", Source: theReport},
		{Name: "suppressed", Type: tables.Text, Doc: "Why the finding does not count, where it was accepted.", Source: theReport},
	}}
}

func judgedTable() *tables.Table {
	return &tables.Table{Name: "documents", Title: "Documents", Doc: "The documents that were judged: a row for each.", Columns: []tables.Column{
		{Name: "file", Type: tables.Text, Doc: "Name of the document.", Source: theReport},
		{Name: "status", Type: tables.Word, Doc: "How far it was read: examined (to its end), incomplete or unreadable.", Source: theReport},
		{Name: "errors", Type: tables.Int, Unit: "errors", Doc: "Findings of severity error.", Source: theReport},
		{Name: "warnings", Type: tables.Int, Unit: "findings", Doc: "Findings of severity warning.", Source: theReport},
		{Name: "infos", Type: tables.Int, Unit: "findings", Doc: "Findings of severity info.", Source: theReport},
		{Name: "runs", Type: tables.Int, Unit: "runs", Doc: "Runs in the document.", Source: theReport},
		{Name: "steps", Type: tables.Int, Unit: "steps", Doc: "Steps in the document.", Source: theReport},
		{Name: "profile", Type: tables.Word, Doc: "Profile that it was judged by.", Source: theReport},
		{Name: "because", Type: tables.Text, Doc: "Why by that one, where it was chosen by what the document contains.", Source: theReport},
		{Name: "problems", Type: tables.Text, Doc: "What kept the tool from its work on the document.", Source: theReport},
	}}
}

func rulesTable() *tables.Table {
	return &tables.Table{Name: "rules", Title: "Rules", Doc: "The rules and what became of them over all documents: a row for each.", Columns: []tables.Column{
		{Name: "rule", Type: tables.Word, Doc: "Id of the rule.", Source: theReport},
		{Name: "status", Type: tables.Word, Doc: "failed, passed, not-applicable (nothing was there to judge), not-evaluated (it could not be read well enough) or crashed.", Source: theReport},
		{Name: "checked", Type: tables.Int, Unit: "checks", Doc: "How often the rule was applied.", Source: theReport},
		{Name: "findings", Type: tables.Int, Unit: "errors", Doc: "How often it found something.", Source: theReport},
		{Name: "severity", Type: tables.Word, Doc: "Grade of its findings.", Source: theReport},
		{Name: "title", Type: tables.Text, Doc: "What holds when there is no finding.", Source: theReport},
		{Name: "why", Type: tables.Text, Doc: "Why it matters.", Source: theReport},
		{Name: "fix", Type: tables.Text, Doc: "How to put it right.", Source: theReport},
		{Name: "requirements", Type: tables.Word, Doc: "Rows of the requirement tables behind it.", Source: theReport},
		{Name: "statement", Type: tables.Text, Doc: "What the specification says.", Source: "[MS-UPSMODS]"},
	}}
}

// begin makes the workbook and its tables; it waits for the first document.
func (w *findings) begin() (err error) {
	if w.found != nil {
		return nil
	}
	if w.found, err = w.Table(findingsTable()); err == nil {
		w.book.links.rules = true
		w.documents, err = w.Table(judgedTable())
	}
	return err
}

// said is a text that is missing when it is empty.
func said(s string) tables.Value {
	if s == "" {
		return tables.Missing
	}
	return tables.Of(s)
}

// File writes the findings of a document.
func (w *findings) File(f *report.File) error {
	if err := w.begin(); err != nil {
		return err
	}
	var counts [finding.Error + 1]int
	for i := range f.Findings {
		g := &f.Findings[i]
		if g.File == f.Name {
			counts[g.Severity]++
		}
		if known, ok := w.seen[g.Rule]; !ok || g.Severity > known {
			w.seen[strings.Clone(g.Rule)] = g.Severity
		}
		w.row = append(w.row[:0], tables.Of(g.Severity.String()), tables.Of(g.Rule), tables.Of(g.Message), tables.Of(g.File), position(g.Line), position(g.Column),
			said(g.Path), said(strings.Join(g.Requirements, ", ")), said(g.Section), said(g.Known), said(g.Suppressed))
		if err := w.found.Row(w.row); err != nil {
			return err
		}
	}
	w.row = append(w.row[:0], tables.Of(f.Name), said(f.Status), tables.Num(counts[finding.Error]), tables.Num(counts[finding.Warning]), tables.Num(counts[finding.Info]),
		tables.Num(f.Runs), tables.Num(f.Steps), said(f.Profile), said(f.Because), said(strings.Join(f.Problems, "\n")))
	return w.documents.Row(w.row)
}

func position(n uint32) tables.Value {
	if n == 0 {
		return tables.Missing
	}
	return tables.Num(n)
}

// Close writes the rules and the summary, and completes the workbook.
func (w *findings) Close(t *report.Tail) error {
	if err := w.begin(); err != nil {
		return err
	}
	if err := w.rules(t); err != nil {
		return err
	}
	s := &t.Summary
	w.summary.figures = []figure{{"Documents", int64(s.Files), false}, {"Errors", int64(s.Errors), s.Errors > 0}, {"Warnings", int64(s.Warnings), false},
		{"Infos", int64(s.Infos), false}, {"Accepted", int64(s.Suppressed), false}, {"Runs", int64(s.Runs), false}, {"Steps", int64(s.Steps), false}}
	w.summary.about = fmt.Sprintf("%s judged by profile %s. What the sheets and their columns are, and how this was made: sheet About.",
		wording.Counted(s.Files, "document"), w.head.Profile)
	w.note(t)
	w.book.about = []aboutFact{{"tool", "runhist " + w.head.Version}, {"profile", w.head.Profile}, {"fails on", w.head.FailOn.String()},
		{"exit status", fmt.Sprint(t.Exit)}}
	return w.writer.Close()
}

// maxProblems is how many problems the Summary has.
const maxProblems = 12

// note says what a reader has to know about the findings.
func (w *findings) note(t *report.Tail) {
	add := func(level, format string, args ...any) {
		w.summary.notes = append(w.summary.notes, item{level: level, text: fmt.Sprintf(format, args...)})
	}
	s := &t.Summary
	for _, p := range t.Problems[:min(len(t.Problems), maxProblems)] {
		add("error", "%s", oneLine(p, 300))
	}
	if s.Cut > 0 {
		add("warning", "%s counted and not kept: --max-findings says how many are.", wording.Counted(s.Cut, "finding"))
	}
	if s.NotEvaluated > 0 {
		add("info", "%s could not judge some document, because it could not be read well enough: see sheet Rules.", wording.Counted(s.NotEvaluated, "rule"))
	}
}

// rules writes the rules: those of the call, and whatever else findings name.
func (w *findings) rules(t *report.Tail) error {
	rows, err := w.Table(rulesTable())
	if err != nil {
		return err
	}
	described := map[string]report.Description{}
	if w.head.Catalog != nil {
		for _, d := range w.head.Catalog() {
			described[d.ID] = d
		}
	}
	list := slices.Clone(t.Rules)
	for id := range w.seen {
		if !slices.ContainsFunc(list, func(r report.Rule) bool { return r.ID == id }) {
			list = append(list, report.Rule{ID: id, Title: described[id].Title, Status: finding.Failed, Findings: -1})
		}
	}
	slices.SortFunc(list, func(a, b report.Rule) int {
		if byStatus := int(b.Status) - int(a.Status); byStatus != 0 {
			return byStatus
		}
		return strings.Compare(a.ID, b.ID)
	})
	for i := range list {
		r, d := &list[i], described[list[i].ID]
		severity := d.Severity
		if found, ok := w.seen[r.ID]; ok {
			severity = found
		}
		checked, found := tables.Num(r.Checked), tables.Num(r.Findings)
		if r.Findings < 0 { // no rule of the call: a fault of the schema or the markup
			checked, found = tables.Missing, w.count(r.ID)
		}
		var ids, statements []string
		for _, s := range d.Requirements {
			ids = append(ids, s.ID)
			statements = append(statements, strings.TrimSpace(s.Section+" "+s.Text))
		}
		level := tables.Missing
		if severity != finding.Off {
			level = tables.Of(severity.String())
		}
		w.row = append(w.row[:0], tables.Of(r.ID), tables.Of(r.Status.String()), checked, found, level, said(r.Title), said(d.Why), said(d.Fix),
			said(strings.Join(ids, ", ")), said(strings.Join(statements, "\n")))
		if err := rows.Row(w.row); err != nil {
			return err
		}
	}
	return nil
}

// count is how many findings have the id.
func (w *findings) count(id string) tables.Value {
	n := int64(0)
	for _, t := range w.summary.findings.rules {
		if t.name == id {
			n += t.count
		}
	}
	return tables.Num(n)
}
