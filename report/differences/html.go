package differences

import (
	"bufio"
	_ "embed"
	"html/template"
	"io"

	"github.com/runhist/runhist/analyze/diff"
)

//go:embed differences.html
var page string

// section is a run with differences, as the page shows it.
type section struct {
	Title, Where, Class string
	Lines               []htmlLine
}

type htmlLine struct {
	Class, Sign, Text, Detail string
	Indent                    int // in pixels
}

var classes = map[byte]string{'-': "a", '+': "b", '.': "more", ' ': "around", '@': "around"}

// writeHTML writes one page without script that needs nothing from outside.
func writeHTML(out io.Writer, r *Report, _ Options) error {
	t, err := template.New("differences").Parse(page)
	if err != nil {
		return err
	}
	var sections []section
	same := 0
	if root := r.Tree.Root; root != nil {
		same = root.Same
		for _, n := range root.Children {
			sections = append(sections, sectionOf(r, n))
		}
	}
	w := bufio.NewWriter(out)
	err = t.Execute(w, struct {
		*Report
		Summary  string
		Notes    []string
		Sections []section
		Same     int
	}{r, Summary(r.Tree), notes(r.Tree), sections, same})
	if err != nil {
		return err
	}
	return w.Flush()
}

func sectionOf(r *Report, n *diff.Node) section {
	l := layout{report: r, fileA: r.A.file(n.A.Index), fileB: r.B.file(n.B.Index)}
	s := section{Title: n.Label()}
	lines, base := []line(nil), 0
	switch n.Action {
	case diff.Inside:
		l.node(n, 0)
		s.Where = l.lines[0].detail
		lines, base = l.lines[1:], 1
	case diff.Add:
		s.Where, s.Class = l.fileB+where(n.B)+", only in B", "b"
		l.node(n, 0)
		lines = l.lines
	default:
		s.Where, s.Class = l.fileA+where(n.A)+", only in A", "a"
		l.node(n, 0)
		lines = l.lines
	}
	for _, x := range lines {
		sign := string(x.sign)
		if x.sign == '.' || x.sign == ' ' {
			sign = ""
		}
		s.Lines = append(s.Lines, htmlLine{classes[x.sign], sign, x.text, x.detail, (x.depth - base) * 18})
	}
	return s
}
