package reconciliation

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

// The states of monitoring plugins, by their numbers.
var states = [...]string{"OK", "WARNING", "CRITICAL", "UNKNOWN"}

// plain keeps text from being more than text in a line of a plugin: a bar would
// begin performance data.
func plain(text string) string {
	return strings.ReplaceAll(terminal.Clean(text), "|", "/")
}

// notable are the findings that make a state: warnings and errors that are not
// suppressed, also those that the state file has.
func notable(list []Finding) []Finding {
	var kept []Finding
	for i := range list {
		if f := &list[i]; f.Severity >= finding.Warning && f.Suppressed == "" {
			kept = append(kept, *f)
		}
	}
	return kept
}

// brief says what is found, in one line; agent is whose line it is, "" for that
// of all.
func brief(list []Finding, agent string, most int) string {
	var parts []string
	for i := range list[:min(len(list), most)] {
		f := &list[i]
		text := f.Message
		if f.Agent != agent {
			text = f.Agent + ": " + text
		}
		parts = append(parts, plain(text))
	}
	if more := len(list) - most; more > 0 {
		parts = append(parts, fmt.Sprintf("and %d more", more))
	}
	return strings.Join(parts, "; ")
}

// shownLines is how many findings the further lines of a plugin list: Nagios
// reads 4 kB.
const shownLines = 15

// writeNagios writes what a Nagios plugin writes: a line with the state and
// performance data, and further lines with the findings.
func writeNagios(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	list := notable(r.Findings)
	errors, warnings := 0, 0
	for i := range list {
		if list[i].Severity == finding.Error {
			errors++
		} else {
			warnings++
		}
	}
	fmt.Fprintf(out, "RUNHIST %s - ", states[r.Monitor()])
	switch {
	case len(list) > 0:
		fmt.Fprintf(out, "%s, %s: %s", wording.Counted(errors, "error"), wording.Counted(warnings, "warning"), brief(list, "", 1))
	case len(r.Problems) > 0:
		out.WriteString(plain(r.Problems[0]))
	case r.Summary.Runs == 0:
		out.WriteString("there are no runs")
	default:
		out.WriteString(headline(&r.Summary))
	}
	fmt.Fprintf(out, " | runs=%d;;;0 errors=%d;;0;0 warnings=%d;0;;0", r.Summary.Runs, errors, warnings)
	for i := range r.Agents {
		a := &r.Agents[i]
		if _, success := a.last(); success > 0 && r.Now > 0 {
			fmt.Fprintf(out, " %s=%ds", perfLabel("age "+a.Name), (r.Now-success)/1000)
		}
	}
	out.WriteByte('\n')
	for i := range list[:min(len(list), shownLines)] {
		f := &list[i]
		fmt.Fprintf(out, "%s: %s: %s (%s)\n", f.Severity, plain(or(f.Agent, "the archive")), plain(f.Message), plain(about(f)))
	}
	if more := len(list) - shownLines; more > 0 {
		fmt.Fprintf(out, "and %d more\n", more)
	}
	return out.Flush()
}

// perfLabel quotes the label of performance data.
func perfLabel(text string) string {
	text = strings.ReplaceAll(plain(text), "=", " ")
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// writeCheckmk writes local checks of Checkmk: a service for each agent, and
// one for the archive.
func writeCheckmk(w io.Writer, r *Report, _ bool) error {
	out := bufio.NewWriter(w)
	archive := notable(r.of(""))
	state, text := 0, headline(&r.Summary)
	switch worst := Worst(archive, func(*Finding) bool { return true }); {
	case worst == finding.Error:
		state = 2
	case r.Summary.Incomplete || len(r.Problems) > 0 || r.Summary.Runs == 0:
		state = 3
	case worst == finding.Warning:
		state = 1
	}
	if len(r.Problems) > 0 {
		text = plain(r.Problems[0])
	}
	if len(archive) > 0 {
		text = brief(archive, "", 3)
	}
	fmt.Fprintf(out, "%d \"runhist archive\" runs=%d %s\n", state, r.Summary.Runs, text)
	names := map[string]int{}
	for i := range r.Agents {
		names[r.Agents[i].Name]++
	}
	for i := range r.Agents {
		a := &r.Agents[i]
		service := a.Name
		if names[service] > 1 {
			service += " " + a.ID
		}
		r.checkmkAgent(out, a, service)
	}
	return out.Flush()
}

// checkmkAgent writes the line of an agent.
func (r *Report) checkmkAgent(out io.Writer, a *Agent, service string) {
	list := notable(r.of(a.Name))
	state := max(int(Worst(list, func(*Finding) bool { return true }))-int(finding.Info), 0)
	last, success := a.last()
	metrics := []string{"findings=" + strconv.Itoa(len(list))}
	if success > 0 && r.Now > 0 {
		metrics = append(metrics, fmt.Sprintf("age=%d", (r.Now-success)/1000))
	}
	text := "no run is dated"
	if last != nil {
		metrics = append(metrics, fmt.Sprintf("errors=%d", last.Errors))
		if last.End > last.Start {
			metrics = append(metrics, fmt.Sprintf("duration=%d", (last.End-last.Start)/1000))
		}
		text = fmt.Sprintf("last run %d %s of %s: %s", last.Number, plain(last.Name), wording.At(last.Start), plain(last.Result))
	}
	if len(list) > 0 {
		text = brief(list, a.Name, 3)
	}
	service = strings.ReplaceAll(plain(service), `"`, "'")
	fmt.Fprintf(out, "%d \"runhist %s\" %s %s\n", state, service, strings.Join(metrics, "|"), text)
}
