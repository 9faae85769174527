// Package github writes a report as workflow commands, which GitHub Actions
// turns into annotations of files in a pull request. A finding of severity
// info becomes a notice.
//
// GitHub shows ten errors, ten warnings and ten notices of a step as
// annotations; the others stand only in its log, and a last line says so. For
// more, upload the format sarif. File names must be relative to the
// repository, so call the program in its folder.
//
// Commands are written as soon as a document is judged, and nothing is kept.
package github

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/validate/finding"
)

const (
	annotations = 10   // of each kind that GitHub shows of a step
	longest     = 4000 // characters of a message: annotations are for reading
)

// New returns a writer of the report.
func New(w io.Writer, _ report.Head, _ report.Options) report.Writer {
	return &writer{out: bufio.NewWriter(w), counts: map[string]int{}}
}

type writer struct {
	out    *bufio.Writer
	counts map[string]int // by command
}

// File writes a command for each finding, and for each problem.
func (w *writer) File(f *report.File) error {
	for i := range f.Findings {
		g := &f.Findings[i]
		w.command(level(g.Severity), place{g.File, g.Line, g.Column}, title(g), message(g))
	}
	for _, p := range f.Problems {
		w.command("error", place{file: f.Name}, "runhist", p)
	}
	return w.out.Flush()
}

// Close writes the problems of the call, and what will not be shown.
func (w *writer) Close(tail *report.Tail) error {
	for _, p := range tail.Problems {
		w.command("error", place{}, "runhist", p)
	}
	more := false
	for _, n := range w.counts {
		more = more || n > annotations
	}
	if more {
		fmt.Fprintf(w.out, "GitHub shows %d errors, %d warnings and %d notices of a step as annotations; this log has all: %d, %d and %d.\n",
			annotations, annotations, annotations, w.counts["error"], w.counts["warning"], w.counts["notice"])
	}
	return w.out.Flush()
}

func level(s finding.Severity) string {
	switch s {
	case finding.Error:
		return "error"
	case finding.Warning:
		return "warning"
	}
	return "notice"
}

// title is the id, and the rows behind it.
func title(f *finding.Finding) string {
	title := f.Rule
	for _, id := range f.Requirements {
		if id != f.Rule {
			title += " " + id
		}
	}
	return title
}

// message is what a reader of the annotation wants to know, in lines.
func message(f *finding.Finding) string {
	lines := []string{terminal.Clean(f.Message), "at " + terminal.Clean(f.Path)}
	if f.Section != "" {
		lines = append(lines, "see [MS-UPSMODS] "+f.Section)
	}
	if f.Suppressed != "" {
		lines = append(lines, "suppressed: "+terminal.Clean(f.Suppressed))
	}
	if f.Known != "" {
		lines = append(lines, "known from "+terminal.Clean(f.Known))
	}
	return strings.Join(lines, "\n")
}

// place is where an annotation is shown.
type place struct {
	file         string // "" for none
	line, column uint32 // 0 for none
}

// command writes one command; its message may have lines.
func (w *writer) command(name string, at place, title, message string) {
	w.counts[name]++
	var properties []string
	if at.file != "" {
		properties = append(properties, "file="+property(at.file))
	}
	if at.line > 0 {
		properties = append(properties, fmt.Sprintf("line=%d", at.line), fmt.Sprintf("col=%d", at.column))
	}
	properties = append(properties, "title="+property(title))
	if chars := []rune(message); len(chars) > longest {
		message = string(chars[:longest]) + "…"
	}
	fmt.Fprintf(w.out, "::%s %s::%s\n", name, strings.Join(properties, ","), data(message))
}

// data escapes the message of a command.
func data(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.ReplaceAll(terminal.Clean(lines[i]), "%", "%25")
	}
	return strings.Join(lines, "%0A")
}

// property escapes the value of a property. Line ends in a file name are kept,
// escaped; what steers a terminal is not, because the log is one.
func property(text string) string {
	escape := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	clean := strings.Map(func(c rune) rune {
		if c == '\r' || c == '\n' || c == '\t' {
			return c
		}
		return []rune(terminal.Clean(string(c)))[0]
	}, text)
	return escape.Replace(clean)
}
