// Package html writes a report as one page for people: what is wrong by rule,
// with why it matters and what to do, then the findings, which can be sorted and
// filtered, and the documents. How a page is made, and what it is protected by,
// is in report/page.
//
// The page stands together when the last document is judged, and has room for
// so many findings: of a rule and severity the first [perRule], of a severity
// [perSeverity] in all. The others are counted, and the page says so.
package html

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/validate/finding"
)

const (
	perRule     = 300
	perSeverity = 3000
	snippets    = 3    // findings of a rule in a document that show their line
	maxFiles    = 2000 // documents that are listed
	maxProblems = 200
)

// New returns a writer of the page.
func New(w io.Writer, head report.Head, options report.Options) report.Writer {
	return &writer{out: w, head: head, options: options, groups: map[key]*group{}}
}

type writer struct {
	out      io.Writer
	head     report.Head
	options  report.Options
	groups   map[key]*group
	kept     [finding.Error + 1][]kept
	files    []file
	unlisted int // documents that are not in files
	problems []string
	more     int // problems that are not kept
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
	section         string // "" where findings differ in it
	last            string // document, to count them
	files, findings int
}

// kept is a finding that is shown.
type kept struct {
	severity          finding.Severity
	place, rule, said string
}

// file is a document.
type file struct {
	name, status, profile, because string
	counts                         [finding.Error + 1]int
	runs, steps, order             int
}

// File takes what the page keeps of a document.
func (w *writer) File(f *report.File) error {
	for _, p := range f.Problems {
		w.problem(p)
	}
	one := file{name: f.Name, status: f.Status, profile: f.Profile, because: f.Because, runs: f.Runs, steps: f.Steps, order: len(w.files) + w.unlisted}
	lines := w.lines(f)
	for i := range f.Findings {
		g := &f.Findings[i]
		one.counts[g.Severity]++
		w.finding(g, lines[at{g.File, g.Line}])
	}
	w.files = append(w.files, one)
	if len(w.files) >= 2*maxFiles {
		w.cut()
	}
	return nil
}

// at is a line of a document.
type at struct {
	file string
	line uint32
}

// lines reads the lines of the first findings of each rule.
func (w *writer) lines(f *report.File) map[at]string {
	if w.options.Lines == nil {
		return nil
	}
	shown := map[string]int{}
	wanted := map[string][]uint32{} // by document: a finding may be about another one
	for i := range f.Findings {
		g := &f.Findings[i]
		if shown[g.Rule]++; shown[g.Rule] <= snippets && w.room(g) {
			wanted[g.File] = append(wanted[g.File], g.Line)
		}
	}
	found := map[at]string{}
	for name, numbers := range wanted {
		for number, text := range w.options.Lines(name, numbers) {
			found[at{name, number}] = text
		}
	}
	return found
}

// room tells whether the page has room for the finding.
func (w *writer) room(f *finding.Finding) bool {
	g := w.groups[key{f.Severity, f.Rule}]
	return (g == nil || g.findings < perRule) && len(w.kept[f.Severity]) < perSeverity
}

func (w *writer) finding(f *finding.Finding, line string) {
	room := w.room(f)
	k := key{f.Severity, f.Rule}
	g := w.groups[k]
	if g == nil {
		g = &group{key: k, section: f.Section}
		w.groups[k] = g
	}
	if g.findings++; g.section != f.Section {
		g.section = ""
	}
	if g.files == 0 || g.last != f.File {
		g.files++
		g.last = f.File
	}
	if room {
		w.kept[f.Severity] = append(w.kept[f.Severity], kept{f.Severity, fmt.Sprintf("%s:%d:%d", f.File, f.Line, f.Column), f.Rule, said(f, line)})
	}
}

// said is the message and, in lines of their own, what else is known.
func said(f *finding.Finding, line string) string {
	lines := []string{page.Line(f.Message, 600)}
	add := func(before, text string, most int) {
		if text = page.Line(text, most); text != "" {
			lines = append(lines, before+text)
		}
	}
	if f.Suppressed != "" {
		add("Suppressed: ", f.Suppressed, 300)
	}
	add("Line: ", line, 200)
	add("Path: ", f.Path, 300)
	add("Requirements: ", strings.Join(f.Requirements, ", "), 200)
	if f.Section != "" {
		add("[MS-UPSMODS] ", f.Section, 60)
	}
	add("Known of: ", f.Known, 200)
	return strings.Join(lines, "\n")
}

func (w *writer) problem(text string) {
	if len(w.problems) < maxProblems {
		w.problems = append(w.problems, text)
		return
	}
	w.more++
}

// cut keeps the documents that have the gravest findings.
func (w *writer) cut() {
	slices.SortFunc(w.files, func(a, b file) int {
		return cmp.Or(flag(b.status != "examined")-flag(a.status != "examined"), cmp.Compare(b.counts[finding.Error], a.counts[finding.Error]),
			cmp.Compare(b.counts[finding.Warning], a.counts[finding.Warning]), cmp.Compare(b.counts[finding.Info], a.counts[finding.Info]), cmp.Compare(a.order, b.order))
	})
	if n := len(w.files); n > maxFiles {
		w.unlisted += n - maxFiles
		clear(w.files[maxFiles:])
		w.files = w.files[:maxFiles]
	}
}

func flag(b bool) int {
	if b {
		return 1
	}
	return 0
}

// sorted are the groups, the gravest first.
func (w *writer) sorted() []*group {
	var list []*group
	for _, g := range w.groups {
		list = append(list, g)
	}
	slices.SortFunc(list, func(a, b *group) int {
		return cmp.Or(cmp.Compare(b.severity, a.severity), cmp.Compare(b.findings, a.findings), strings.Compare(a.rule, b.rule))
	})
	return list
}
