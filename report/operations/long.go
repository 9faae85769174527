package operations

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/terminal"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/wording"
)

// Style says how a report looks.
type Style struct {
	Color bool
	// Width is the number of columns of a line. Where a name of the product
	// needs more, a line is longer.
	Width int
	// All shows every counter by the name of its element, not only those
	// above 0.
	All bool
	// Files names the file of each run in its long form.
	Files bool
}

// long writes the long form of a run.
type long struct {
	*bufio.Writer
	Style
	paint
	run *Run
}

// write writes the run.
func (l *long) write() {
	l.header()
	if l.run.Totals.Steps == 0 {
		fmt.Fprintf(l, "\n  no steps\n")
		return
	}
	l.WriteByte('\n')
	l.steps()
	for i := range l.run.Steps {
		l.WriteByte('\n')
		l.step(&l.run.Steps[i])
	}
	if more := l.run.MoreSteps; more > 0 {
		fmt.Fprintf(l, "\n%s more, too many to be shown\n", wording.Counted(more, "step"))
	}
}

// header writes what is known of the run as a whole.
func (l *long) header() {
	const label = len("Management Agent")
	r, t := l.run, &l.run.Totals
	fitting := func(text string) string { return squeeze(or(text, "?"), l.Width-label-2) }
	end, lasted := written(t.End), took(t.Start, t.End, false)
	if t.Running { // what ended is a step before the one under way
		end, lasted = "running", "running"
	}
	agent := fitting(r.Agent)
	if r.AgentID != "" {
		agent = squeeze(agent, l.Width-label-2-2-terminal.Columns(r.AgentID)) + "  " + l.faint(r.AgentID)
	}
	rows := [][2]string{
		{"Management Agent", agent},
		{"Run Profile", fitting(r.Profile)},
		{"Run Number", or(r.Number, "?")},
		{"Account", fitting(r.Account)},
		{"Start", written(t.Start)},
		{"End", end},
		{"Duration", lasted},
		{"Result", l.level(t.Level, t.Level.mark()+" "+or(t.Result, "?"))},
	}
	if l.Files {
		rows = append([][2]string{{"File", fitting(r.File)}}, rows...)
	}
	for _, row := range rows {
		fmt.Fprintf(l, "%s  %s\n", l.bold(pad(row[0], label)), row[1])
	}
	if r.Cut {
		fmt.Fprintf(l, "%s  %s\n", pad("", label), l.level(Error, "The document could not be read to its end: the run may lack something."))
	}
}

// written is a moment as the document has it.
func written(m Moment) string {
	if m.Known {
		return m.Text + " UTC"
	}
	return or(m.Text, "?")
}

// steps writes the table of the steps.
func (l *long) steps() {
	cols := []column{
		{title: "Step", right: true}, {title: "Type", least: 20, end: true}, {title: "Partition", least: 12},
		{title: "Start"}, {title: "Duration", right: true}, {title: "Result", least: 45, end: true},
	}
	cells := func(s *Step) []cell {
		return []cell{
			{text: or(s.Number, "?")}, {text: or(s.Type, "?")}, {text: s.Partition}, {text: wall(s.Start, l.run.Totals.Start)},
			{text: took(s.Start, s.End, s.Level == Running)},
			{text: joined(" ", s.Level.mark()+" "+or(s.Result, "?"), s.Progress), colored: true, level: s.Level},
		}
	}
	if !slices.ContainsFunc(l.run.Steps, func(s Step) bool { return s.Partition != "" }) {
		cols = slices.Delete(cols, 2, 3)
		all := cells
		cells = func(s *Step) []cell { return slices.Delete(all(s), 2, 3) }
	}
	for i := range l.run.Steps {
		measure(cols, cells(&l.run.Steps[i]))
	}
	fit(cols, l.Width-2)
	titles(l.Writer, l.paint, 2, cols)
	for i := range l.run.Steps {
		line(l.Writer, l.paint, 2, cols, cells(&l.run.Steps[i]))
	}
}

// step writes what happened in a step.
func (l *long) step(s *Step) {
	title := "Step " + or(s.Number, "?") + ": " + or(s.Type, "?")
	if s.Partition != "" {
		title = joined(", ", title, squeeze(s.Partition, max(l.Width-terminal.Columns(title)-2, 20)))
	}
	fmt.Fprintln(l, l.bold(title))
	if s.File != "" {
		fmt.Fprintf(l, "  File: %s\n", squeeze(s.File, l.Width-8))
	}
	l.connection(s)
	if l.All {
		l.counters(s)
	} else {
		l.statistics(s)
	}
	l.errors(s)
}

// connection writes the connection, and its log when not all went well.
func (l *long) connection(s *Step) {
	c := &s.Connection
	if c.Result == "" && c.Server == "" && len(c.Incidents) == 0 {
		return
	}
	at := connectionLevel(c.Result)
	fmt.Fprintf(l, "  Connection: %s\n", joined("  ", l.level(at, at.mark()+" "+or(c.Result, "?")), squeeze(c.Server, 50)))
	if c.plain && at == Success {
		return
	}
	cols := []column{{title: ""}, {title: ""}, {title: "", least: 30}, {title: "", least: 24, end: true}}
	cells := func(i *Incident) []cell {
		level := connectionLevel(i.Result)
		return []cell{{text: wall(i.At, s.Start)}, {text: level.mark() + " " + or(i.Result, "?"), colored: true, level: level},
			{text: or(i.Server, "?")}, {text: i.Error}}
	}
	for i := range c.Incidents {
		measure(cols, cells(&c.Incidents[i]))
	}
	fit(cols, l.Width-4)
	for i := range c.Incidents {
		line(l.Writer, l.paint, 4, cols, cells(&c.Incidents[i]))
	}
	if c.More > 0 {
		fmt.Fprintf(l, "    … %s more\n", wording.Counted(c.More, "incident"))
	}
}

// section is a group of the statistics.
type section struct {
	title string
	lines []Line
}

// statistics writes the counters above 0 in the words of the product.
func (l *long) statistics(s *Step) {
	var found []Line
	found = appendLine(found, "Filtered Deletions", s.Discovery.FilteredDeletions)
	found = appendLine(found, "Filtered Objects", s.Discovery.FilteredObjects)
	sections := []section{{"Discovery", found}}
	for i := range s.Blocks {
		sections = append(sections, section{s.Blocks[i].title(), s.Blocks[i].Lines()})
	}
	// The product shows staging first.
	sections[0], sections[1] = sections[1], sections[0]
	if !l.sections(sections) && s.MoreOutbound == 0 {
		if slices.ContainsFunc(s.Blocks, func(b Block) bool { return b.Present }) {
			fmt.Fprintln(l, "  no changes")
		} else {
			fmt.Fprintln(l, "  no counters")
		}
	}
	l.moreOutbound(s)
}

func (l *long) moreOutbound(s *Step) {
	if s.MoreOutbound > 0 {
		fmt.Fprintf(l, "  … outbound counters of more agents: %s\n", wording.Counted(s.MoreOutbound, "block"))
	}
}

// counters writes every counter by the name of its element.
func (l *long) counters(s *Step) {
	sections := []section{{"ma-discovery-counters", []Line{
		{"filtered-deletions", optional(s.Discovery.FilteredDeletions)}, {"filtered-objects", optional(s.Discovery.FilteredObjects)},
	}}}
	for i := range s.Blocks {
		b := &s.Blocks[i]
		of := section{title: rundetails.Vocabulary().Name(b.Kind.Element())}
		if b.Kind == rundetails.Outbound {
			of.title += " " + joined(" ", or(b.Agent, "?"), b.AgentID)
		}
		for j, name := range b.Kind.Names() {
			c := b.Counts[j]
			if !c.Present && (name == rundetails.NameProvisionedDeleteAddNoFlow || name == rundetails.NameProvisionedDeleteAddFlow) {
				continue // most products do not have them
			}
			if b.Kind == rundetails.Outbound {
				c = optional(c)
			}
			of.lines = append(of.lines, Line{rundetails.Vocabulary().Name(name), c})
		}
		sections = append(sections, of)
	}
	l.sections(sections)
	l.moreOutbound(s)
}

// optional is a counter that a document leaves out when it is 0: that it is
// not there does not make it unknown.
func optional(c Count) Count {
	if !c.Present {
		return Count{Present: true, Odd: "-"}
	}
	return c
}

// sections writes groups of counters, with the numbers of all of them below
// each other. It tells whether there was anything to write.
func (l *long) sections(all []section) bool {
	label, number := 0, 0
	for _, s := range all {
		for _, line := range s.lines {
			label, number = max(label, terminal.Columns(line.Label)), max(number, terminal.Columns(line.Count.String()))
		}
	}
	for _, s := range all {
		if len(s.lines) == 0 {
			continue
		}
		fmt.Fprintf(l, "  %s\n", squeeze(s.title, l.Width-2))
		for _, line := range s.lines {
			fmt.Fprintf(l, "    %s  %s\n", pad(line.Label, label), padLeft(line.Count.String(), number))
		}
	}
	return label > 0
}

// errors writes the errors of a step, grouped.
func (l *long) errors(s *Step) {
	total := [4]int{}
	for i := range s.Errors {
		total[s.Errors[i].Kind] += s.Errors[i].Count
	}
	for i := range s.Errors {
		g := &s.Errors[i]
		if i == 0 || s.Errors[i-1].Kind != g.Kind {
			fmt.Fprintf(l, "  %s\n", l.level(Error, g.Kind.title()+": "+wording.Digits(total[g.Kind])))
		}
		l.group(s, g)
	}
}

// age says since when the oldest error of the group has been occurring.
func (g *ErrorGroup) age(s *Step) string {
	switch {
	case !g.Oldest.Known:
		return ""
	case s.Start.Known && g.Oldest.Millis >= s.Start.Millis:
		return "new in this step"
	case g.Latest.Known:
		return "oldest since " + g.Oldest.Text[:19] + " (" + duration(g.Latest.Millis-g.Oldest.Millis) + ")"
	}
	return "oldest since " + g.Oldest.Text[:19]
}

// group writes the errors of one type.
func (l *long) group(s *Step, g *ErrorGroup) {
	about := []string{wording.Digits(g.Count)}
	if age := g.age(s); age != "" {
		about = append(about, age)
	}
	if g.Retries.N == 1 {
		about = append(about, "up to 1 retry")
	} else if g.Retries.N > 1 {
		about = append(about, "up to "+wording.Digits(g.Retries.N)+" retries")
	}
	fmt.Fprintf(l, "    %s: %s\n", l.bold(or(g.Type, "?")), strings.Join(about, ", "))
	for _, e := range g.Examples {
		fmt.Fprintf(l, "      %s\n", squeeze(or(e.Object, "?"), l.Width-6))
		if e.Text != "" {
			fmt.Fprintf(l, "        %s\n", shorten(e.Text, l.Width-8))
		}
	}
	if more := g.Count - len(g.Examples); more > 0 && len(g.Examples) > 0 {
		fmt.Fprintf(l, "      … and %s more\n", wording.Digits(more))
	}
}
