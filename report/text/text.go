// Package text writes a report for people: each finding with its place and
// the line it is about, underlined. Where there is no finding there is no
// text: the summary is a line of its own, [Summary], for standard error, so
// that what is piped on is findings alone.
//
// Findings are written as soon as a document is judged, and nothing is kept.
package text

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// snippets is how many findings of a rule in a document show their line; the
// others are one line each.
const snippets = 3

// New returns a writer of the report.
func New(w io.Writer, _ report.Head, options report.Options) report.Writer {
	return &writer{out: bufio.NewWriter(w), options: options, paint: palette(options.Color)}
}

type writer struct {
	out     *bufio.Writer
	options report.Options
	paint   painter
}

// File writes the findings of a document.
func (w *writer) File(f *report.File) error {
	shown := map[string]int{}
	wanted := map[string][]uint32{} // by document: a finding may be about another one
	detailed := make([]bool, len(f.Findings))
	for i := range f.Findings {
		g := &f.Findings[i]
		if shown[g.Rule]++; shown[g.Rule] <= snippets {
			detailed[i] = true
			wanted[g.File] = append(wanted[g.File], g.Line)
		}
	}
	lines := map[string]map[uint32]string{}
	if w.options.Lines != nil {
		for file, numbers := range wanted {
			lines[file] = w.options.Lines(file, numbers)
		}
	}
	w.choice(f)
	for i := range f.Findings {
		g := &f.Findings[i]
		w.finding(g)
		if detailed[i] {
			line, ok := lines[g.File][g.Line]
			w.details(g, line, ok)
		}
	}
	return w.out.Flush()
}

// choice says which profile a document was judged by, where it was chosen: a
// document with nothing to say about is silent in the default profile.
func (w *writer) choice(f *report.File) {
	if f.Because == "" || f.Profile == "upsmods" && len(f.Findings) == 0 {
		return
	}
	fmt.Fprintf(w.out, "%s: %s\n", terminal.Clean(f.Name), w.paint.faint("judged by profile "+f.Profile+": "+terminal.Clean(f.Because)))
}

// conformance is the row that a document conforms to the schema: it stands
// behind every finding of the schema stage and tells a reader nothing.
const conformance = "R001"

// finding writes the first line of a finding.
func (w *writer) finding(g *finding.Finding) {
	ids := g.Rule
	for _, id := range g.Requirements {
		if id != g.Rule && id != conformance {
			ids += " " + id
		}
	}
	fmt.Fprintf(w.out, "%s:%d:%d: %s %s %s\n", terminal.Clean(g.File), g.Line, g.Column,
		w.paint.severity(g.Severity), terminal.Clean(g.Message), w.paint.faint("["+ids+"]"))
}

// details writes the line of a finding, underlined, and where it comes from.
func (w *writer) details(g *finding.Finding, line string, known bool) {
	if known {
		number := fmt.Sprint(g.Line)
		margin := strings.Repeat(" ", len(number))
		text, before, width := excerpt(line, int(g.Column))
		fmt.Fprintf(w.out, "%s\n", w.paint.faint(margin+" |"))
		fmt.Fprintf(w.out, "%s %s\n", w.paint.faint(number+" |"), text)
		fmt.Fprintf(w.out, "%s %s%s\n", w.paint.faint(margin+" |"), strings.Repeat(" ", before), w.paint.mark(g.Severity, strings.Repeat("^", width)))
	}
	if g.Path != "" {
		fmt.Fprintf(w.out, "  at %s\n", terminal.Clean(g.Path))
	}
	if g.Section != "" {
		fmt.Fprintf(w.out, "  see [MS-UPSMODS] %s\n", g.Section)
	}
	if g.Suppressed != "" {
		fmt.Fprintf(w.out, "  suppressed: %s\n", terminal.Clean(g.Suppressed))
	}
	if g.Known != "" {
		fmt.Fprintf(w.out, "  known from %s\n", terminal.Clean(g.Known))
	}
	w.out.WriteByte('\n')
}

// Close writes the table of rules, when asked for.
func (w *writer) Close(tail *report.Tail) error {
	if w.options.Statistics {
		w.out.WriteString(Statistics(tail.Rules))
	}
	return w.out.Flush()
}

// Statistics is a table of rules, and what became of each.
func Statistics(rules []report.Rule) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%-6s %-15s %9s %9s  %s\n", "rule", "status", "checked", "findings", "title")
	for _, r := range rules {
		fmt.Fprintf(&b, "%-6s %-15s %9d %9d  %s\n", r.ID, r.Status, r.Checked, r.Findings, r.Title)
	}
	return b.String()
}

// Summary says in a line what came out.
func Summary(s *report.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s, %s: ", wording.Counted(s.Files, "file"), wording.Counted(s.Runs, "run"), wording.Counted(s.Steps, "step"))
	if s.Errors+s.Warnings+s.Infos == 0 {
		b.WriteString("no findings")
	} else {
		fmt.Fprintf(&b, "%s, %s, %s", wording.Counted(s.Errors, "error"), wording.Counted(s.Warnings, "warning"), wording.Counted(s.Infos, "info"))
	}
	for _, more := range []struct {
		n    int
		what string
	}{
		{s.Suppressed, "suppressed"}, {s.Cut, "more not shown"}, {s.Incomplete, "not read to the end"},
	} {
		if more.n > 0 {
			fmt.Fprintf(&b, ", %d %s", more.n, more.what)
		}
	}
	if s.NotEvaluated > 0 {
		fmt.Fprintf(&b, "; %s not evaluated everywhere", wording.Counted(s.NotEvaluated, "rule"))
	}
	return b.String()
}
