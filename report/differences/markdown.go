package differences

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/report/terminal"
)

// writeMarkdown writes the lines of the text in fenced blocks of the kind diff,
// which pages colour.
func writeMarkdown(out io.Writer, r *Report, _ Options) error {
	w := bufio.NewWriter(out)
	fmt.Fprintf(w, "# %s\n\n", Summary(r.Tree))
	fmt.Fprintf(w, "| side | runs compared | runs only here |\n| --- | ---: | ---: |\n")
	fmt.Fprintf(w, "| A: %s | %d | %d |\n", cell(r.A.Name), r.Tree.Runs.Paired, r.Tree.Runs.OnlyA)
	fmt.Fprintf(w, "| B: %s | %d | %d |\n", cell(r.B.Name), r.Tree.Runs.Paired, r.Tree.Runs.OnlyB)
	for _, note := range notes(r.Tree) {
		fmt.Fprintf(w, "\n- %s", cell(note))
	}
	if len(notes(r.Tree)) > 0 {
		w.WriteByte('\n')
	}
	all := lines(r)
	if len(all) == 0 {
		return w.Flush()
	}
	// A fence of backticks longer than any in the text cannot end early.
	fence := "```"
	for _, l := range all {
		for strings.Contains(l.text+l.detail, fence) {
			fence += "`"
		}
	}
	fmt.Fprintf(w, "\n%sdiff\n", fence)
	for _, l := range all {
		writeLine(w, l, false)
	}
	fmt.Fprintf(w, "%s\n", fence)
	return w.Flush()
}

// cell keeps a line of text from being markup.
func cell(text string) string { return markup.Escape(terminal.Clean(text)) }
