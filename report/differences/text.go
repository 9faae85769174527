package differences

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/report/terminal"
)

// line is a line of the tree as people see it.
type line struct {
	sign   byte // ' ' around, '-' A, '+' B, '.' elided
	depth  int
	text   string
	detail string // behind the text: why, where, which rows
}

// lines lays a tree out. Each difference is a line for each side that has
// something.
func lines(r *Report) []line {
	l := layout{report: r}
	if r.Tree.Root != nil {
		l.children(r.Tree.Root, 0)
	}
	return l.lines
}

type layout struct {
	report       *Report
	fileA, fileB string
	lines        []line
}

func (l *layout) add(sign byte, depth int, text, detail string) {
	l.lines = append(l.lines, line{sign, depth, terminal.Clean(text), terminal.Clean(detail)})
}

func (l *layout) children(n *diff.Node, depth int) {
	for _, c := range n.Children {
		if c.Name == "run-details" {
			l.fileA, l.fileB = l.report.A.file(c.A.Index), l.report.B.file(c.B.Index)
		}
		l.node(c, depth)
	}
	if n.Same > 0 {
		l.add('.', depth, fmt.Sprintf("… %d the same", n.Same), "")
	}
}

func (l *layout) node(n *diff.Node, depth int) {
	name := n.Label()
	leaf := n.Before != "" || n.After != "" || n.Kind != diff.None
	switch n.Action {
	case diff.Keep:
		text := name
		if leaf {
			text += ": " + quote(n.Before)
		}
		l.add(' ', depth, text, "")
	case diff.Add:
		l.side('+', n, depth, n.After, l.detail(n, l.fileB, n.B))
	case diff.Remove:
		l.side('-', n, depth, n.Before, l.detail(n, l.fileA, n.A))
	case diff.Change:
		l.add('-', depth, name+": "+quote(n.Before), "")
		l.add('+', depth, name+": "+quote(n.After), l.detail(n, l.fileB, n.B))
		if len(n.Children) > 0 {
			l.children(n, depth+1)
		}
	default:
		if n.Name == "run-details" {
			l.add('@', depth, name, l.fileA+where(n.A)+" → "+l.fileB+where(n.B))
		} else {
			l.add(' ', depth, name, "")
		}
		l.children(n, depth+1)
	}
}

// side shows what only one side has.
func (l *layout) side(sign byte, n *diff.Node, depth int, value, detail string) {
	if n.Element == nil {
		l.add(sign, depth, n.Label()+": "+quote(value), detail)
		return
	}
	name := n.Label()
	if n.Element.Kind != diff.None {
		name = n.Name + ": " + quote(n.Element.Text)
	}
	l.add(sign, depth, name, detail)
	for _, text := range brief(n.Element, n.Key) {
		l.add(sign, depth+1, text, "")
	}
	if rest := size(n.Element) - len(brief(n.Element, n.Key)); rest > 0 && len(n.Element.Children) > 0 {
		l.add('.', depth+1, fmt.Sprintf("… %d more inside", rest), "")
	}
}

// briefLines is how much of an element that only one side has is shown: its
// values, and not what is further down.
const briefLines = 8

func brief(e *diff.Element, key string) []string {
	var list []string
	add := func(name, value string) {
		if len(list) < briefLines && value != "" && value != key {
			list = append(list, name+": "+quote(value))
		}
	}
	for _, a := range e.Attributes {
		add("@"+a.Name, a.Value)
	}
	for _, c := range e.Children {
		if len(c.Children) == 0 && c.Kind != diff.None {
			add(c.Name, c.Text)
		}
	}
	return list
}

// size counts the values in an element.
func size(e *diff.Element) int {
	n := len(e.Attributes)
	for _, c := range e.Children {
		if len(c.Children) == 0 {
			n++
		}
		n += size(c)
	}
	return n
}

func where(p diff.Position) string {
	if p.Line == 0 {
		return ""
	}
	return fmt.Sprintf(":%d", p.Line)
}

// rowsShown is how many requirement rows stand behind a difference.
const rowsShown = 6

func (l *layout) detail(n *diff.Node, file string, at diff.Position) string {
	var parts []string
	if n.Why != "" {
		parts = append(parts, n.Why)
	}
	if at.Line > 0 {
		parts = append(parts, file+where(at))
	}
	if rows := n.Rows; len(rows) > rowsShown {
		parts = append(parts, fmt.Sprintf("[%s … %d more]", strings.Join(rows[:rowsShown], " "), len(rows)-rowsShown))
	} else if len(rows) > 0 {
		parts = append(parts, "["+strings.Join(rows, " ")+"]")
	}
	return strings.Join(parts, "  ")
}

// longest is how much of a value is shown on a line.
const longest = 160

// quote makes a value fit a line: numbers, words and names as they are, others
// in quotes.
func quote(value string) string {
	if runes := []rune(value); len(runes) > longest {
		value = string(runes[:longest]) + "…"
	}
	if value == "" || strings.TrimSpace(value) != value || strings.ContainsAny(value, "\r\n\t\"") {
		return fmt.Sprintf("%q", value)
	}
	return value
}

// escape sequences of the colours.
var colors = map[byte]string{'-': "\x1b[31m", '+': "\x1b[32m", '@': "\x1b[1m", '.': "\x1b[2m"}

const (
	dim   = "\x1b[2m"
	reset = "\x1b[0m"
)

func writeText(out io.Writer, r *Report, o Options) error {
	w := bufio.NewWriter(out)
	if !r.Tree.Same() {
		head := func(sign byte, text string) {
			if o.Color {
				text = colors[sign] + text + reset
			}
			fmt.Fprintln(w, text)
		}
		head('-', "--- "+terminal.Clean(r.A.Name))
		head('+', "+++ "+terminal.Clean(r.B.Name))
	}
	for _, l := range lines(r) {
		writeLine(w, l, o.Color)
	}
	if !r.Tree.Same() {
		fmt.Fprintln(w)
	}
	for _, note := range notes(r.Tree) {
		fmt.Fprintln(w, note)
	}
	fmt.Fprintln(w, Summary(r.Tree))
	return w.Flush()
}

func writeLine(w *bufio.Writer, l line, color bool) {
	sign := l.sign
	switch sign {
	case '.':
		sign = ' '
	case '@':
		sign = ' '
	}
	text := string(sign) + " " + strings.Repeat("  ", l.depth) + l.text
	detail := l.detail
	if detail != "" {
		detail = "  " + detail
	}
	if color {
		text = colors[l.sign] + text + reset
		if detail != "" {
			detail = dim + detail + reset
		}
	}
	w.WriteString(strings.TrimRight(text, " "))
	w.WriteString(detail)
	w.WriteByte('\n')
}
