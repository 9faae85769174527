// Package markdown writes a report as a comment for a pull request or a page
// of a build: a table of what was found, and the findings by rule. It is
// GitHub Flavored Markdown without HTML.
//
// A comment on GitHub holds 65,536 characters, so a report has at most 60,000
// bytes: the gravest first, and a line that says what is left out. The table
// stands above the findings, so the report is written by Close; of the
// findings of a rule only the first few are kept.
package markdown

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

const (
	most       = 60_000 // bytes of a report
	mostTable  = 20_000 // bytes of the table of what was found
	places     = 10     // findings shown of a rule
	mostUnread = 10     // documents listed that were not read
	longest    = 300    // characters of a line about a finding
)

// New returns a writer of the report.
func New(w io.Writer, head report.Head, options report.Options) report.Writer {
	return &writer{out: w, head: head, options: options, groups: map[key]*group{}}
}

type writer struct {
	out     io.Writer
	head    report.Head
	options report.Options
	groups  map[key]*group
	unread  []string // lines about documents that were not read to their end
	more    int      // such lines that are not kept
}

// key is what findings are grouped by: a rule may have findings of two
// severities.
type key struct {
	severity finding.Severity
	rule     string
}

// group is the findings of a rule and a severity.
type group struct {
	key
	section  string
	last     string // document, to count them
	files    int
	findings int
	lines    []string
}

// File takes what the report keeps of a document.
func (w *writer) File(f *report.File) error {
	if f.Status != "examined" {
		w.unreadLine(fmt.Sprintf("%s: %s", f.Name, f.Status))
	}
	for _, p := range f.Problems {
		w.unreadLine(p)
	}
	for i := range f.Findings {
		g := &f.Findings[i]
		k := key{g.Severity, g.Rule}
		of := w.groups[k]
		if of == nil {
			of = &group{key: k, section: g.Section}
			w.groups[k] = of
		}
		of.findings++
		if of.files == 0 || of.last != g.File {
			of.files++
			of.last = g.File
		}
		if len(of.lines) < places {
			text := fmt.Sprintf("%s:%d:%d: %s", g.File, g.Line, g.Column, g.Message)
			if g.Suppressed != "" {
				text += " (suppressed: " + g.Suppressed + ")"
			}
			of.lines = append(of.lines, line(text))
		}
	}
	return nil
}

func (w *writer) unreadLine(text string) {
	if len(w.unread) < mostUnread {
		w.unread = append(w.unread, line(text))
		return
	}
	w.more++
}

// Close writes the report.
func (w *writer) Close(tail *report.Tail) error {
	for _, p := range tail.Problems {
		w.unreadLine(p)
	}
	titles := map[string]string{}
	if w.head.Catalog != nil {
		for _, d := range w.head.Catalog() {
			titles[d.ID] = d.Title
		}
	}
	groups := make([]*group, 0, len(w.groups))
	for _, g := range w.groups {
		groups = append(groups, g)
	}
	slices.SortFunc(groups, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.findings, a.findings), strings.Compare(a.rule, b.rule))
	})
	statistics := ""
	if w.options.Statistics {
		statistics = rules(tail.Rules)
	}
	var b strings.Builder
	w.heading(&b, &tail.Summary)
	w.table(&b, groups, titles)
	if len(w.unread) > 0 {
		b.WriteString("\n### Not read\n\n" + markup.Fence(w.unread))
		left(&b, w.more)
	}
	w.details(&b, groups, titles, most-len(statistics))
	b.WriteString(statistics)
	_, err := io.WriteString(w.out, b.String())
	return err
}

// heading says what came out.
func (w *writer) heading(b *strings.Builder, s *report.Summary) {
	var found []string
	for _, kind := range []struct {
		n    int
		what string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Infos, "info"}} {
		if kind.n > 0 {
			found = append(found, wording.Counted(kind.n, kind.what))
		}
	}
	if found == nil {
		found = []string{"no findings"}
	}
	fmt.Fprintf(b, "## runhist: %s\n\n%s, %s, %s, profile %s", strings.Join(found, ", "), wording.Counted(s.Files, "file"), wording.Counted(s.Runs, "run"), wording.Counted(s.Steps, "step"), markup.Escape(w.head.Profile))
	for _, extra := range []struct {
		n    int
		what string
	}{{s.Suppressed, "suppressed"}, {s.Cut, "counted and not kept"}, {s.Incomplete, "not read to the end"}} {
		if extra.n > 0 {
			fmt.Fprintf(b, ", %d %s", extra.n, extra.what)
		}
	}
	if s.NotEvaluated > 0 {
		fmt.Fprintf(b, "; %s not evaluated everywhere", wording.Counted(s.NotEvaluated, "rule"))
	}
	b.WriteString(".\n")
}

// table writes a row for each group.
func (w *writer) table(b *strings.Builder, groups []*group, titles map[string]string) {
	if len(groups) == 0 {
		return
	}
	b.WriteString("\n| Rule | Severity | Findings | Files | What it is about |\n| --- | --- | ---: | ---: | --- |\n")
	begin := b.Len()
	for i, g := range groups {
		if b.Len()-begin > mostTable {
			fmt.Fprintf(b, "\n%s not listed here.\n", wording.Counted(len(groups)-i, "rule"))
			return
		}
		fmt.Fprintf(b, "| %s | %s | %d | %d | %s |\n", markup.Escape(g.rule), g.severity, g.findings, g.files, markup.Escape(line(titles[g.rule])))
	}
}

// details writes the findings, as many groups as there is room for.
func (w *writer) details(b *strings.Builder, groups []*group, titles map[string]string, room int) {
	const rest = 200 // for the line that says what is left out
	var severity finding.Severity
	hidden := 0
	for _, g := range groups {
		var part strings.Builder
		if g.severity != severity {
			fmt.Fprintf(&part, "\n### %s\n", map[finding.Severity]string{finding.Error: "Errors", finding.Warning: "Warnings", finding.Info: "Infos"}[g.severity])
		}
		fmt.Fprintf(&part, "\n**%s** %s", markup.Escape(g.rule), markup.Escape(line(titles[g.rule])))
		if g.section != "" {
			fmt.Fprintf(&part, " \\[MS-UPSMODS\\] %s", markup.Escape(g.section))
		}
		part.WriteString("\n\n" + markup.Fence(g.lines))
		left(&part, g.findings-len(g.lines))
		if hidden > 0 || b.Len()+part.Len()+rest > room {
			hidden += g.findings
			continue
		}
		severity = g.severity
		b.WriteString(part.String())
	}
	if hidden > 0 {
		fmt.Fprintf(b, "\n%s not shown, to fit a comment. Other formats have them all.\n", wording.Counted(hidden, "more finding"))
	}
}

// left says how many lines of a list are left out.
func left(b *strings.Builder, n int) {
	if n > 0 {
		fmt.Fprintf(b, "\nand %d more.\n", n)
	}
}

// rules is the table of all rules.
func rules(list []report.Rule) string {
	var b strings.Builder
	b.WriteString("\n### Rules\n\n| Rule | Status | Checked | Findings |\n| --- | --- | ---: | ---: |\n")
	for i, r := range list {
		if b.Len() > mostTable {
			fmt.Fprintf(&b, "\n%s not listed here.\n", wording.Counted(len(list)-i, "rule"))
			break
		}
		fmt.Fprintf(&b, "| %s | %s | %d | %d |\n", markup.Escape(r.ID), r.Status, r.Checked, r.Findings)
	}
	return b.String()
}

// line makes text one line of moderate length.
func line(text string) string {
	text = terminal.Clean(text)
	if chars := []rune(text); len(chars) > longest {
		text = string(chars[:longest]) + "…"
	}
	return text
}
