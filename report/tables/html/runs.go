package html

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

const (
	maxRuns = 1 << 20 // of which it is known when they were and how long they took
	maxKept = 3000    // runs that did not succeed, with their steps
)

// runsWatch keeps of each run when it was, and of the latest that did not
// succeed what happened.
type runsWatch struct {
	report                *report
	count, failed, warned int64
	running               int64
	first, latest         attention.Instant
	profiles              map[string]*profileRuns
	dated, left           int // runs in histories of profiles, and those for which there was no room
	kept                  []keptRun
	keptAll               int64

	agent                                   agentColumns
	file, profile, outcome, result, meaning textAt
	index, number, start, lasted, line      numberAt
	errors                                  [4]numberAt
}

var errorColumns = [4]string{"discovery_errors", "import_errors", "export_errors", "retry_errors"}

// profileRuns are the runs of a profile.
type profileRuns struct {
	agent, name string
	last        lastRun
	runs        []ran
}

// ran is when a run was, how long it took (below 0: not known), and its
// outcome: s, w, e, r, or 0.
type ran struct {
	start, lasted int64
	outcome       byte
}

// lastRun is the latest run of a profile.
type lastRun struct {
	start                    attention.Instant
	outcome, result, meaning string
	lasted                   int64 // below 0: not known
	errors                   attention.Errors
	number                   int64
}

// keptRun is a run that is shown.
type keptRun struct {
	lastRun
	agent, profile, steps, place string
	order                        int64
}

func newRuns(c columns, r *report) *runsWatch {
	w := &runsWatch{report: r, profiles: map[string]*profileRuns{}, agent: c.agent(), file: c.text("file"), profile: c.text("run_profile"),
		outcome: c.text("outcome"), result: c.text("result"), meaning: c.text("result_meaning"), index: c.number("run_index"), number: c.number("run_number"),
		start: c.number("start"), lasted: c.number("duration_ms"), line: c.number("line")}
	for i, name := range errorColumns {
		w.errors[i] = c.number(name)
	}
	return w
}

func (w *runsWatch) row(row []tables.Value) {
	w.count++
	outcome := w.outcome.of(row)
	switch outcome {
	case "error":
		w.failed++
	case "warning":
		w.warned++
	case "running":
		w.running++
	}
	start := w.start.instant(row)
	if start.Known && (!w.first.Known || start.Millis < w.first.Millis) {
		w.first = start
	}
	if start.After(w.latest) {
		w.latest = start
	}
	w.history(row, start, outcome)
	if outcome != "success" && outcome != "" {
		w.keep(row, outcome)
	}
	if w.report.steps != nil {
		w.report.steps.forget()
	}
}

// history remembers when the run was.
func (w *runsWatch) history(row []tables.Value, start attention.Instant, outcome string) {
	key := profileKey(w.agent.key(row), w.profile.of(row))
	p := w.profiles[key]
	if p == nil {
		if len(w.profiles) >= maxProfiles {
			w.left++
			return
		}
		p = &profileRuns{agent: w.agent.call(row), name: w.profile.keep(row, nameLength)}
		w.profiles[strings.Clone(key)] = p
	}
	if len(p.runs) == 0 && p.last.outcome == "" || !p.last.start.After(start) {
		p.last = w.read(row, outcome)
		p.agent = w.agent.call(row)
	}
	if !start.Known {
		return
	}
	if w.dated >= maxRuns {
		w.left++
		return
	}
	w.dated++
	one := ran{start: start.Millis, lasted: -1}
	if lasted, ok := w.lasted.of(row); ok && lasted >= 0 {
		one.lasted = lasted
	}
	switch outcome {
	case "success", "warning", "error", "running":
		one.outcome = outcome[0]
	}
	p.runs = append(p.runs, one)
}

func (w *runsWatch) read(row []tables.Value, outcome string) lastRun {
	l := lastRun{start: w.start.instant(row), outcome: strings.Clone(page.Line(outcome, 20)), result: w.result.keep(row, 80), meaning: w.meaning.keep(row, 300),
		lasted: -1, number: w.number.count(row)}
	if lasted, ok := w.lasted.of(row); ok && lasted >= 0 {
		l.lasted = lasted
	}
	for i := range l.errors {
		l.errors[i] = w.errors[i].count(row)
	}
	return l
}

// keep keeps a run that did not succeed, as long as it is among the latest.
func (w *runsWatch) keep(row []tables.Value, outcome string) {
	w.keptAll++
	k := keptRun{lastRun: w.read(row, outcome), agent: w.agent.call(row), profile: w.profile.keep(row, nameLength), order: w.keptAll,
		place: w.file.keep(row, 200) + ":" + strconv.FormatInt(w.line.count(row), 10)}
	if w.report.steps != nil {
		k.steps = w.report.steps.text(w.file.of(row), w.index.count(row))
	}
	if w.kept = append(w.kept, k); len(w.kept) >= 2*maxKept {
		w.cut()
	}
}

func (w *runsWatch) cut() {
	slices.SortFunc(w.kept, func(a, b keptRun) int {
		return cmp.Or(a.start.Compare(b.start), cmp.Compare(a.order, b.order))
	})
	if len(w.kept) > maxKept {
		clear(w.kept[maxKept:])
		w.kept = w.kept[:maxKept]
	}
}

// sorted are the runs by time.
func (p *profileRuns) sorted() []ran {
	slices.SortStableFunc(p.runs, func(a, b ran) int { return cmp.Compare(a.start, b.start) })
	return p.runs
}

// ownProfiles are the profiles as the runs alone show them.
func (w *runsWatch) ownProfiles() []*profile {
	var list []*profile
	for key, known := range w.profiles {
		p := &profile{key: key, agent: known.agent, name: known.name, outcome: known.last.outcome, start: known.last.start, runs: int64(len(known.runs))}
		for _, run := range known.sorted() {
			p.since++
			switch run.outcome {
			case 's':
				p.succeeded, p.success, p.since = p.succeeded+1, attention.Instant{Millis: run.start, Known: true}, 0
			case 'e':
				p.failed++
			case 'w':
				p.warnings++
			}
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b *profile) int { return strings.Compare(a.key, b.key) })
	return list
}

// runsGrid is the table of runs that did not succeed.
func (r *report) runsGrid() *page.Grid {
	w := r.runs
	w.cut()
	g := &page.Grid{ID: "runs-table", Caption: "Runs that did not succeed, the latest first", Empty: "Every run succeeded.", Shown: 50,
		Left: int(w.keptAll) - len(w.kept), Columns: []page.Column{
			{Name: "Began", Kind: page.Moment, Head: true},
			{Name: "Agent", Kind: page.Plain, Choice: true},
			{Name: "Run profile", Kind: page.Plain, Choice: true},
			{Name: "Run", Kind: page.Order, About: "Number of the run among those of its agent"},
			{Name: "Outcome", Kind: page.Level, Choice: true},
			{Name: "Result", Kind: page.Plain, Choice: true},
			{Name: "Steps", Kind: page.Long, About: "The worst step; all of them on demand"},
			{Name: "Took", Kind: page.Span},
			{Name: "Discovery errors", Kind: page.Count}, {Name: "Import errors", Kind: page.Count}, {Name: "Export errors", Kind: page.Count}, {Name: "Retry errors", Kind: page.Count},
			{Name: "Place", Kind: page.Code, About: "Document and line"},
		}}
	for i := range w.kept {
		k := &w.kept[i]
		took := page.None
		if k.lasted >= 0 {
			took = page.Number(k.lasted)
		}
		number := page.None
		if k.number > 0 {
			number = page.Number(k.number)
		}
		g.Add(r.moment(k.start), page.Text(k.agent), page.Text(k.profile), number, page.Text(k.outcome), page.Text(k.result), page.Text(k.steps), took,
			count(k.errors[0]), count(k.errors[1]), count(k.errors[2]), count(k.errors[3]), page.Text(k.place))
	}
	return g.Used()
}

// stepsWatch holds the steps of the run under way: they come before it.
type stepsWatch struct {
	report  *report
	lines   []byte
	pending []pendingStep
	run     int64
	file    string

	agent                                                        agentColumns
	fileAt, name, partition, result, outcome, connection, server textAt
	connectionMeaning                                            textAt
	runAt, number, lasted, start                                 numberAt
	errors                                                       [4]numberAt
}

type pendingStep struct {
	number   int64
	gravity  int
	from, to int // in the text
}

func newSteps(c columns, r *report) *stepsWatch {
	w := &stepsWatch{report: r, agent: c.agent(), fileAt: c.text("file"), name: c.text("step_type_name"), partition: c.text("partition"), result: c.text("result"),
		outcome: c.text("outcome"), connection: c.text("connection_result"), connectionMeaning: c.text("connection_meaning"), server: c.text("server"),
		runAt: c.number("run_index"), number: c.number("step_number"), lasted: c.number("duration_ms"), start: c.number("step_start")}
	for i, name := range errorColumns {
		w.errors[i] = c.number(name)
	}
	r.connected()
	return w
}

// maxSteps bounds the steps of a run that are shown.
const maxSteps = 40

func (w *stepsWatch) row(row []tables.Value) {
	w.report.connections.step(w, row)
	if run := w.runAt.count(row); run != w.run || w.fileAt.of(row) != w.file {
		w.forget()
		w.run, w.file = run, strings.Clone(w.fileAt.of(row))
	}
	if len(w.pending) >= maxSteps {
		return
	}
	p := pendingStep{number: w.number.count(row), from: len(w.lines), gravity: gravity(w.outcome.of(row))}
	t := w.lines
	if p.number > 0 {
		t = append(strconv.AppendInt(append(t, '#'), p.number, 10), ' ')
	}
	t = append(t, page.Line(w.name.of(row), 80)...)
	if partition := page.Line(w.partition.of(row), 80); partition != "" {
		t = append(append(append(t, " ("...), partition...), ')')
	}
	t = append(append(t, ": "...), page.Line(w.result.of(row), 80)...)
	if lasted, ok := w.lasted.of(row); ok {
		t = append(append(t, ", "...), tables.Lasted(lasted)...)
	}
	errors := int64(0)
	for _, at := range w.errors {
		errors += at.count(row)
	}
	if errors > 0 {
		t = append(append(t, ", "...), wording.Counted(errors, "error")...)
	}
	if connection := w.connection.of(row); connection != "" && !plainSuccess(connection) {
		t = append(append(t, "; "...), page.Line(connection, 80)...)
		if server := page.Line(w.server.of(row), 80); server != "" {
			t = append(append(t, " to "...), server...)
		}
	}
	p.to = len(t)
	w.lines, w.pending = t, append(w.pending, p)
}

func gravity(outcome string) int {
	return slices.Index([]string{"error", "warning", "running"}, outcome)
}

// text is the steps of a run: the worst one in the first line, then all by
// their number.
func (w *stepsWatch) text(file string, run int64) string {
	if len(w.pending) == 0 || run != w.run || file != w.file {
		return ""
	}
	slices.SortStableFunc(w.pending, func(a, b pendingStep) int { return cmp.Compare(a.number, b.number) })
	worst := w.pending[0]
	for _, p := range w.pending {
		if p.gravity >= 0 && (worst.gravity < 0 || p.gravity < worst.gravity) {
			worst = p
		}
	}
	line := func(p pendingStep) string { return string(w.lines[p.from:p.to]) }
	if len(w.pending) == 1 {
		return line(worst)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%d steps)", line(worst), len(w.pending))
	for _, p := range w.pending {
		b.WriteString("\n" + line(p))
	}
	return b.String()
}

// forget begins another run.
func (w *stepsWatch) forget() {
	w.lines, w.pending, w.file, w.run = w.lines[:0], w.pending[:0], "", 0
}
