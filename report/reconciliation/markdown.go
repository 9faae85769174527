package reconciliation

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/report/markup"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// most is how many bytes of findings a page has: a comment on GitHub holds
// 65,536 characters.
const most = 45_000

// escape makes a cell of a table of a text.
func escape(text string) string { return markup.Escape(terminal.Clean(text)) }

// writeMarkdown writes a page: what was found, and a table of the agents.
func writeMarkdown(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	fmt.Fprintf(out, "## Reconciliation: %s\n\n%s\n", verdict(&r.Summary), headline(&r.Summary))
	for _, problem := range r.Problems {
		fmt.Fprintf(out, "\nNot finished: %s\n", escape(problem))
	}
	room := most
	for _, s := range []struct {
		title    string
		severity finding.Severity
	}{{"Errors", finding.Error}, {"Warnings", finding.Warning}, {"Infos", finding.Info}} {
		list := r.pick(func(f *Finding) bool { return f.Severity == s.severity })
		if len(list) == 0 {
			continue
		}
		fmt.Fprintf(out, "\n### %s\n\n| agent | what | run | id |\n| --- | --- | --- | --- |\n", s.title)
		for i, f := range list {
			row := fmt.Sprintf("| %s | %s | %s | %s, %s |\n", escape(or(f.Agent, "-")), escape(f.Message), escape(runOf(f)), f.Rule, f.Certainty)
			if room -= len(row); room < 0 {
				fmt.Fprintf(out, "\n%s more.\n", wording.Digits(len(list)-i))
				break
			}
			out.WriteString(row)
		}
	}
	if len(r.Resolved) > 0 {
		out.WriteString("\n### Gone since the call before\n\n")
		for _, g := range r.Resolved[:min(len(r.Resolved), 100)] {
			fmt.Fprintf(out, "- %s: %s\n", escape(or(g.Agent, "the archive")), escape(g.Message))
		}
	}
	if len(r.Agents) > 0 {
		out.WriteString("\n### Agents\n\n| agent | runs | objects | last run | result | last success |\n| --- | ---: | ---: | --- | --- | --- |\n")
		for i := range r.Agents[:min(len(r.Agents), 100)] {
			a := &r.Agents[i]
			last, success := a.last()
			objects, start, result, ended := "-", "-", "-", "never"
			if a.Objects >= 0 {
				objects = wording.Digits(a.Objects)
			}
			if last != nil {
				start, result = wording.At(last.Start), last.Result
			}
			if success > 0 {
				ended = wording.At(success)
			}
			fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", escape(a.Name), wording.Digits(a.Runs), objects, start, escape(result), ended)
		}
	}
	return out.Flush()
}

// runOf names the run of a finding.
func runOf(f *Finding) string {
	if f.Run == 0 {
		return "-"
	}
	return strings.TrimSpace(fmt.Sprintf("%d %s", f.Run, f.Profile))
}
