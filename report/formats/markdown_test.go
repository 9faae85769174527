package formats

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate/finding"
)

// page is what a reader of Markdown sees of a report.
type page struct {
	headings []string
	cells    [][]string // of all tables, by row
	code     []string   // lines of code
	foreign  []string   // kinds of nodes that a report may not have
}

// readMarkdown reads a report by goldmark, with the tables and links that
// GitHub adds.
func readMarkdown(t *testing.T, source string) *page {
	t.Helper()
	p := &page{}
	src := []byte(source)
	words := func(n ast.Node) string {
		var b strings.Builder
		_ = ast.Walk(n, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
			if s, ok := n.(*ast.Text); ok && enter {
				b.Write(s.Segment.Value(src))
			}
			return ast.WalkContinue, nil
		})
		return b.String()
	}
	doc := goldmark.New(goldmark.WithExtensions(extension.GFM)).Parser().Parse(text.NewReader(src))
	_ = ast.Walk(doc, func(n ast.Node, enter bool) (ast.WalkStatus, error) {
		if !enter {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			p.headings = append(p.headings, words(n))
		case *ast.FencedCodeBlock:
			for i := range n.Lines().Len() {
				segment := n.Lines().At(i)
				p.code = append(p.code, strings.TrimSuffix(string(segment.Value(src)), "\n"))
			}
		case *tables.TableRow, *tables.TableHeader:
			var row []string
			for c := n.FirstChild(); c != nil; c = c.NextSibling() {
				row = append(row, words(c))
			}
			p.cells = append(p.cells, row)
		case *ast.Document, *ast.Paragraph, *ast.Text, *ast.Emphasis, *ast.TextBlock, *tables.Table, *tables.TableCell:
		default:
			p.foreign = append(p.foreign, n.Kind().String())
		}
		return ast.WalkContinue, nil
	})
	return p
}

func TestMarkdown(t *testing.T) {
	for name, files := range corpus() {
		t.Run(name, func(t *testing.T) {
			source := write(t, named(t, "markdown"), files, report.Options{Statistics: true})
			p := readMarkdown(t, source)
			if len(p.foreign) > 0 {
				t.Errorf("there is %v in\n%.2000s", p.foreign, source)
			}
			if len(source) > 60_000 {
				t.Errorf("%d bytes", len(source))
			}
			if !strings.HasPrefix(p.headings[0], "runhist: ") || p.headings[len(p.headings)-1] != "Rules" {
				t.Errorf("headings %q", p.headings)
			}
			for _, row := range p.cells {
				if len(row) != 4 && len(row) != 5 {
					t.Errorf("row %q", row)
				}
			}
			code := strings.Join(p.code, "\n")
			shown := 0
			for i := range files {
				for j := range files[i].Findings {
					f := &files[i].Findings[j]
					if want := terminal.Clean(fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)); len(want) > 300 || strings.Contains(code, want) {
						shown++
					}
				}
			}
			if want := min(total(files), 20); shown < want { // ten of each severity
				t.Errorf("%d findings are shown, want %d", shown, want)
			}
		})
	}
}

// TestMarkdownFits writes more than a comment holds.
func TestMarkdownFits(t *testing.T) {
	var out bytes.Buffer
	w := named(t, "markdown").New(&out, head(), report.Options{Statistics: true})
	all := 0
	tail := &report.Tail{}
	for file := range 30 {
		f := report.File{Name: fmt.Sprintf("folder/%d.xml", file), Status: "incomplete"}
		for rule := range 400 {
			f.Findings = append(f.Findings, finding.Finding{File: f.Name, Line: 1, Column: 1, Rule: fmt.Sprintf("R%03d", rule), Severity: finding.Severity(rule%3 + 1),
				Message: strings.Repeat("日本語 ", 1000)})
			all++
		}
		if err := w.File(&f); err != nil {
			t.Fatal(err)
		}
	}
	for rule := range 2000 {
		tail.Rules = append(tail.Rules, report.Rule{ID: fmt.Sprintf("R%03d", rule)})
	}
	if err := w.Close(tail); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if len(text) > 60_000 || len(text) < 40_000 {
		t.Errorf("%d bytes", len(text))
	}
	p := readMarkdown(t, text)
	if p.cells[1][0] != "R002" || p.cells[1][2] != "30" || p.cells[1][3] != "30" {
		t.Errorf("the gravest is not the first: %q", p.cells[1])
	}
	if !strings.Contains(text, "more findings not shown, to fit a comment.") || !strings.Contains(text, "and 20 more.") {
		t.Error("it does not say what is left out")
	}
	if len(p.foreign) > 0 {
		t.Errorf("there is %v", p.foreign)
	}
}
