package operations

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"math"
	"slices"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

// Report writes runs: a single one in its long form, several as a table with a
// line for each; with details, every one in its long form as it comes.
type Report struct {
	out     *bufio.Writer
	style   Style
	details bool
	runs    int
	only    *Run // the first run, as long as it is the only one
	rows    []row
	names   map[string]string // of agents, profiles and results, each kept once
}

// NewReport returns a report on nothing so far.
func NewReport(w io.Writer, style Style, details bool) *Report {
	return &Report{out: bufio.NewWriter(w), style: style, details: details, names: map[string]string{}}
}

// Runs is the number of runs that were added.
func (r *Report) Runs() int { return r.runs }

// Add adds a run.
func (r *Report) Add(run *Run) error {
	r.runs++
	if r.details {
		if r.runs > 1 {
			r.out.WriteString("\n" + paint(r.style.Color).faint(strings.Repeat("─", r.style.Width)) + "\n\n")
		}
		r.long(run)
		return r.out.Flush()
	}
	r.rows = append(r.rows, r.row(run))
	if r.only = run; r.runs > 1 {
		r.only = nil
	}
	return nil
}

// Close writes what was waiting for more.
func (r *Report) Close() error {
	if r.only != nil {
		r.long(r.only)
	} else if r.runs > 1 && !r.details {
		r.table()
	}
	return r.out.Flush()
}

func (r *Report) long(run *Run) {
	l := long{Writer: r.out, Style: r.style, paint: paint(r.style.Color), run: run}
	l.write()
}

// row is what the table keeps of a run: there may be very many.
type row struct {
	agent, profile, number, result string
	start                          string // as it is, where it could not be read
	at                             int64  // the start in milliseconds
	millis                         int64  // the duration
	adds, updates, deletes         uint64
	errors                         int
	level                          Level
	started, lasted, running, cut  bool
}

func (r *Report) name(text string) string {
	known, ok := r.names[text]
	if !ok {
		known = text
		r.names[text] = text
	}
	return known
}

func (r *Report) row(run *Run) row {
	t := &run.Totals
	w := row{
		agent: r.name(run.Agent), profile: r.name(run.Profile), number: run.Number, result: r.name(t.Result), level: t.Level,
		adds: t.Adds, updates: t.Updates, deletes: t.Deletes, errors: t.Errors, running: t.Running, cut: run.Cut,
		started: t.Start.Known, at: t.Start.Millis,
	}
	if !w.started {
		w.start, w.at = t.Start.Text, math.MaxInt64
	}
	if w.lasted = t.Start.Known && t.End.Known; w.lasted {
		w.millis = t.End.Millis - t.Start.Millis
	}
	return w
}

// cells are the cells of the row.
func (w *row) cells() []cell {
	start, lasted := or(w.start, "?"), "?"
	if w.started {
		start = wording.At(w.at)
	}
	switch {
	case w.running:
		lasted = "running"
	case w.lasted:
		lasted = duration(w.millis)
	}
	result := w.level.mark() + " " + or(w.result, "?")
	if w.cut {
		result += " (cut off)"
	}
	return []cell{
		{text: start}, {text: or(w.agent, "?")}, {text: or(w.profile, "?")}, {text: or(w.number, "?")}, {text: lasted},
		{text: result, colored: true, level: w.level}, {text: dash(w.adds)}, {text: dash(w.updates)}, {text: dash(w.deletes)},
		{text: dash(uint64(w.errors)), colored: w.errors > 0, level: Error},
	}
}

func dash(n uint64) string {
	if n == 0 {
		return "-"
	}
	return wording.Digits(n)
}

// table writes a line for each run, in the order of their starts, and how they
// ended.
func (r *Report) table() {
	slices.SortStableFunc(r.rows, func(a, b row) int { return cmp.Compare(a.at, b.at) })
	cols := []column{
		{title: "Start (UTC)"}, {title: "Agent", least: 10}, {title: "Profile", least: 10}, {title: "Run", right: true, close: true},
		{title: "Duration", right: true, close: true}, {title: "Result", least: 25, end: true}, {title: "Adds", right: true},
		{title: "Upd", right: true, close: true}, {title: "Del", right: true, close: true}, {title: "Err", right: true, close: true},
	}
	var levels [Error + 1]int
	for i := range r.rows {
		measure(cols, r.rows[i].cells())
		levels[r.rows[i].level]++
	}
	fit(cols, r.style.Width)
	p := paint(r.style.Color)
	titles(r.out, p, 0, cols)
	for i := range r.rows {
		line(r.out, p, 0, cols, r.rows[i].cells())
	}
	var ends []string
	for _, of := range []struct {
		level Level
		words string
	}{{Success, "successful"}, {Running, "running"}, {Warning, "with warnings or unknown"}, {Error, "failed or with errors"}} {
		if n := levels[of.level]; n > 0 {
			ends = append(ends, p.level(of.level, wording.Digits(n)+" "+of.words))
		}
	}
	fmt.Fprintf(r.out, "\n%s: %s\n", wording.Counted(r.runs, "run"), strings.Join(ends, ", "))
}
