package reconciliation

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// width is where lines of text end; names may make one longer.
const width = 100

// page writes text for people.
type page struct {
	*bufio.Writer
	color bool
}

func (p *page) paint(code, text string) string {
	return terminal.Paint(p.color, code, text)
}

func (p *page) bold(text string) string  { return p.paint("1", text) }
func (p *page) faint(text string) string { return p.paint("2", text) }

func (p *page) line(format string, args ...any) { fmt.Fprintf(p, format+"\n", args...) }

// writeText writes the report for people: a line about all of it, the findings
// by severity, and the agents.
func writeText(w io.Writer, r *Report, color bool) error {
	p := &page{bufio.NewWriter(w), color}
	p.line("%s", p.bold(headline(&r.Summary)))
	p.line("%s", verdict(&r.Summary))
	for _, problem := range r.Problems {
		p.line("%s %s", p.paint(terminal.Severity(finding.Error), "not finished:"), terminal.Clean(problem))
	}
	if r.Summary.Undated > 0 {
		p.line("%s left out, because their date or agent cannot be read", wording.Counted(r.Summary.Undated, "run"))
	}
	p.section("Errors", r.pick(func(f *Finding) bool { return f.Severity == finding.Error }))
	p.section("Warnings", r.pick(func(f *Finding) bool { return f.Severity == finding.Warning }))
	p.section("Errors over time", r.pick(func(f *Finding) bool { return f.Severity == finding.Info && isCourse(f) }))
	p.section("Also noted", r.pick(func(f *Finding) bool { return f.Severity == finding.Info && !isCourse(f) }))
	p.resolved(r.Resolved)
	p.policies(r.Policies)
	p.agents(r)
	return p.Flush()
}

// isCourse tells findings about errors from run to run.
func isCourse(f *Finding) bool { return strings.HasPrefix(f.Rule, "REC-error-") }

// pick returns the findings that count and fit.
func (r *Report) pick(fits func(*Finding) bool) []*Finding {
	var list []*Finding
	for i := range r.Findings {
		if f := &r.Findings[i]; f.Counts() && fits(f) {
			list = append(list, f)
		}
	}
	return list
}

// headline says what was reconciled.
func headline(s *Summary) string {
	text := wording.Counted(s.Runs, "run") + " of " + wording.Counted(s.Agents, "agent")
	if s.First != 0 {
		text += ", " + wording.At(s.First) + " to " + wording.At(s.Last) + " UTC"
	}
	if s.Copies > 0 {
		text += "; left out as copies: " + wording.Digits(s.Copies)
	}
	return text
}

// verdict says what was found.
func verdict(s *Summary) string {
	text := wording.Counted(s.Errors, "error") + ", " + wording.Counted(s.Warnings, "warning") + ", " + wording.Counted(s.Infos, "info")
	if s.Compared {
		text += " new; " + wording.Digits(s.Old) + " known from the call before"
	}
	if s.Suppressed > 0 {
		text += "; " + wording.Digits(s.Suppressed) + " suppressed"
	}
	if s.Cut > 0 {
		text += "; " + wording.Digits(s.Cut) + " more were counted and not kept"
	}
	return text
}

// section writes findings, agent by agent.
func (p *page) section(title string, list []*Finding) {
	if len(list) == 0 {
		return
	}
	p.line("\n%s", p.bold(title))
	slices.SortStableFunc(list, func(a, b *Finding) int { return strings.Compare(a.Agent, b.Agent) })
	agent := "\x00"
	for _, f := range list {
		if f.Agent != agent {
			agent = f.Agent
			p.line("  %s", p.bold(terminal.Clean(or(agent, "the archive"))))
		}
		p.finding(f)
	}
}

func or(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

func (p *page) finding(f *Finding) {
	lines := terminal.Fold(terminal.Clean(f.Message), width-6)
	mark := "    " + p.paint(terminal.Severity(f.Severity), "•") + " "
	for _, line := range lines {
		p.line("%s%s", mark, line)
		mark = "      "
	}
	for _, object := range f.Objects {
		p.line("        %s", terminal.Clean(object))
	}
	if more := f.Count - len(f.Objects); len(f.Objects) > 0 && more > 0 {
		p.line("        … and %s more", wording.Digits(more))
	}
	p.line("      %s", p.faint(about(f)))
}

// about says where a finding stands and how sure it is.
func about(f *Finding) string {
	var parts []string
	if f.Run > 0 {
		run := fmt.Sprintf("run %d", f.Run)
		if f.Profile != "" {
			run += " " + terminal.Clean(f.Profile)
		}
		if f.At > 0 {
			run += ", " + wording.At(f.At)
		}
		parts = append(parts, run)
	}
	if f.File != "" {
		parts = append(parts, fmt.Sprintf("%s:%d", terminal.Clean(f.File), f.Line))
	}
	parts = append(parts, f.Rule+", "+f.Certainty)
	return strings.Join(parts, "  ")
}

func (p *page) resolved(list []Resolved) {
	if len(list) == 0 {
		return
	}
	p.line("\n%s", p.bold("Gone since the call before"))
	for _, g := range list {
		p.line("    %s %s: %s", p.paint("1;32", "✓"), terminal.Clean(or(g.Agent, "the archive")), terminal.Clean(g.Message))
	}
}

// policies says how many are kept; those that are not stand above.
func (p *page) policies(list []Verdict) {
	if len(list) == 0 {
		return
	}
	count := map[string]uint64{}
	for i := range list {
		count[list[i].Outcome]++
	}
	p.line("\n%s  %s kept, %s violated, %s cannot be checked", p.bold("Policies"),
		wording.Digits(count["kept"]), wording.Digits(count["violated"]), wording.Digits(count["unknown"]))
}

// agents writes a table of the agents.
func (p *page) agents(r *Report) {
	if len(r.Agents) == 0 {
		return
	}
	rows := [][]string{{"Agent", "Runs", "Objects", "Last run", "Profile", "Result", "Last success"}}
	for i := range r.Agents {
		a := &r.Agents[i]
		last, success := a.last()
		row := []string{terminal.Clean(a.Name), wording.Digits(a.Runs), "-", "-", "-", "-", "never"}
		if a.Objects >= 0 {
			row[2] = wording.Digits(a.Objects)
		}
		if last != nil {
			row[3], row[4], row[5] = wording.At(last.Start), terminal.Clean(last.Name), terminal.Clean(last.Result)
		}
		if success > 0 {
			row[6] = wording.At(success)
		}
		rows = append(rows, row)
	}
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], terminal.Columns(cell))
		}
	}
	p.line("")
	for n, row := range rows {
		var b strings.Builder
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-terminal.Columns(cell))
			switch {
			case i == 1 || i == 2:
				b.WriteString(gap + cell + "  ")
			default:
				b.WriteString(cell + gap + "  ")
			}
		}
		text := strings.TrimRight(b.String(), " ")
		if n == 0 {
			text = p.faint(text)
		}
		p.line("%s", text)
	}
}
