package differences

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/report/junit"
	"github.com/runhist/runhist/schemas/wording"
)

// writeJUnit writes the comparison as a suite. A run with differences, or
// without a partner, is a case that fails; those that are the same are one case
// together.
func writeJUnit(out io.Writer, r *Report, _ Options) error {
	s := junit.Suite{Name: r.A.Name + " → " + r.B.Name}
	same := r.Tree.Runs.Paired
	if r.Tree.Root != nil {
		for _, n := range r.Tree.Root.Children {
			s.Cases = append(s.Cases, caseOf(r, n))
			if n.Action == diff.Inside {
				same--
			}
		}
	}
	s.Failures = len(s.Cases)
	if same > 0 || len(s.Cases) == 0 {
		s.Cases = append(s.Cases, junit.Case{Name: wording.Counted(same, "run") + " without difference", Class: "runhist.diff"})
	}
	s.Tests = len(s.Cases)
	if _, err := io.WriteString(out, xml.Header+"<testsuites name=\"runhist\">\n"); err != nil {
		return err
	}
	e := xml.NewEncoder(out)
	e.Indent("  ", "  ")
	if err := e.Encode(&s); err != nil {
		return err
	}
	_, err := io.WriteString(out, "\n</testsuites>\n")
	return err
}

func caseOf(r *Report, n *diff.Node) junit.Case {
	l := layout{report: r, fileA: r.A.file(n.A.Index), fileB: r.B.file(n.B.Index)}
	l.node(n, 0)
	var text strings.Builder
	for _, line := range l.lines {
		sign := line.sign
		if sign == '.' || sign == '@' {
			sign = ' '
		}
		fmt.Fprintf(&text, "%c %s%s", sign, strings.Repeat("  ", line.depth), line.text)
		if line.detail != "" {
			text.WriteString("  " + line.detail)
		}
		text.WriteByte('\n')
	}
	c := junit.Case{Name: n.Label(), Class: "runhist.diff", File: l.fileB, Failure: &junit.Outcome{Type: n.Action.String(), Text: junit.Lines(text.String())}}
	switch n.Action {
	case diff.Add:
		c.Failure.Message = "the run is only in B"
	case diff.Remove:
		c.Failure.Message, c.File = "the run is only in A", l.fileA
	default:
		c.Failure.Type = "change"
		t := diff.Tree{Root: n}
		total := 0
		for range t.All() {
			total++
		}
		c.Failure.Message = wording.Counted(total, "difference")
	}
	return c
}
