package matrix

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report/terminal"
)

// writeText writes a line for each row, its reason below where the row before
// has another one, and the sums behind.
func writeText(w io.Writer, m *Matrix) error {
	out := bufio.NewWriter(w)
	for i := range m.Rows {
		r := &m.Rows[i]
		covered := r.Covered
		if len(r.By) > 0 {
			covered += " " + strings.Join(r.By, " ")
		}
		at := r.Section
		if r.Line > 0 {
			at += fmt.Sprintf(" line %d", r.Line)
		}
		fmt.Fprintf(out, "%-5s %-13s %-14s %s  (%s)\n", r.ID, r.Class, covered, terminal.Clean(r.Statement), strings.TrimSpace(at))
		if r.Reason != "" && (i == 0 || r.Reason != m.Rows[i-1].Reason) {
			fmt.Fprintf(out, "%-34s %s\n", "", terminal.Clean(r.Reason))
		}
	}
	fmt.Fprintf(out, "\n%-8s", "table")
	for _, kind := range m.Kinds {
		fmt.Fprintf(out, " %9s", kind)
	}
	fmt.Fprintf(out, " %9s\n", "rows")
	for _, s := range m.sums() {
		fmt.Fprintf(out, "%-8s", s.Table)
		for _, n := range s.Counts {
			fmt.Fprintf(out, " %9d", n)
		}
		fmt.Fprintf(out, " %9d\n", s.All)
	}
	return out.Flush()
}
