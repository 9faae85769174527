package simulation

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/runhist/runhist/analyze/engine"
)

// WriteSwitches lists the assumptions of the engine: the default stands first
// among the values.
func WriteSwitches(w io.Writer) error {
	tw := tabwriter.NewWriter(w, 0, 8, 2, ' ', 0)
	fmt.Fprintln(tw, "SWITCH\tVALUES (default first)\tMOVES\tRULE\tMEANING")
	for _, s := range engine.Switches() {
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", s.Name, strings.Join(s.Values, " | "), s.Moves, s.Rule, s.Meaning)
	}
	return tw.Flush()
}
