package simulation

import (
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/report/terminal"
)

// Table is the table at the end of a simulation: a line for each step, with its
// result, its counters above zero and its errors by type; and below it what
// previews say.
type Table struct {
	rows     [][4]string
	previews []string // their lines
}

// Add adds the steps of a run.
func (t *Table) Add(index int, r *engine.RunRecord) {
	run := fmt.Sprintf("%03d", index)
	name := r.AgentName + ", " + r.Profile
	if len(r.Steps) == 0 {
		what := "no step"
		if r.Number == 0 {
			what = "no run"
		}
		t.rows = append(t.rows, [4]string{run, name, string(r.Result), what})
	}
	for i := range r.Steps {
		s := &r.Steps[i]
		what := sentence(counts(s))
		if what == "" {
			what = "nothing counted"
		}
		if errors := errorTypes(s); len(errors) > 0 {
			what += "; errors: " + joined(errors, func(c count) string { return fmt.Sprintf("%s %d", c.name, c.n) })
		}
		switch {
		case s.Note != "" && what == "nothing counted":
			what = s.Note
		case s.Note != "":
			what += "; " + s.Note
		}
		t.rows = append(t.rows, [4]string{run, name, string(s.Result), what})
		run, name = "", fmt.Sprintf("  step %d", s.Number+1)
	}
}

// Write writes the table and the previews.
func (t *Table) Write(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	for _, r := range t.rows {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", r[0], terminal.Clean(r[1]), terminal.Clean(r[2]), terminal.Clean(r[3]))
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	for _, line := range t.previews {
		if _, err := fmt.Fprintln(w, terminal.Clean(line)); err != nil {
			return err
		}
	}
	return nil
}
