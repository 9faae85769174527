package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

// maxProfiles bounds the run profiles of all agents.
const maxProfiles = 1 << 12

// recent is how many runs of a profile are shown as a strip.
const recent = 30

// durationsWatch keeps the row of each run profile.
type durationsWatch struct {
	list []*profile
	left int

	agent                                       agentColumns
	profile, outcome                            textAt
	runs, succeeded, warnings, failed, running  numberAt
	median, p95, longest, start, success, since numberAt
	gapMedian, gapMax, gapAfter                 numberAt
}

// profile is how a run profile of an agent does.
type profile struct {
	key, agent, name, outcome                         string
	runs, succeeded, warnings, failed, running, since int64
	median, p95, longest, gapMedian, gapMax           attention.Instant // lengths
	start, success, gapAfter                          attention.Instant
	last                                              *lastRun // nil where runs are not known
	history                                           []ran
}

func newDurations(c columns) *durationsWatch {
	return &durationsWatch{agent: c.agent(), profile: c.text("run_profile"), outcome: c.text("last_outcome"), runs: c.number("runs"),
		succeeded: c.number("succeeded"), warnings: c.number("with_warnings"), failed: c.number("failed"), running: c.number("running"),
		median: c.number("duration_median_ms"), p95: c.number("duration_p95_ms"), longest: c.number("duration_max_ms"), start: c.number("last_start"),
		success: c.number("last_success"), since: c.number("runs_since_success"), gapMedian: c.number("gap_median_ms"), gapMax: c.number("gap_max_ms"),
		gapAfter: c.number("gap_max_after")}
}

func (w *durationsWatch) row(row []tables.Value) {
	if len(w.list) >= maxProfiles {
		w.left++
		return
	}
	w.list = append(w.list, &profile{key: strings.Clone(profileKey(w.agent.key(row), w.profile.of(row))), agent: w.agent.call(row),
		name: w.profile.keep(row, nameLength), outcome: w.outcome.keep(row, 20), runs: w.runs.count(row), succeeded: w.succeeded.count(row),
		warnings: w.warnings.count(row), failed: w.failed.count(row), running: w.running.count(row), since: w.since.count(row),
		median: w.median.instant(row), p95: w.p95.instant(row), longest: w.longest.instant(row), gapMedian: w.gapMedian.instant(row),
		gapMax: w.gapMax.instant(row), gapAfter: w.gapAfter.instant(row), start: w.start.instant(row), success: w.success.instant(row)})
}

func profileKey(agent, name string) string { return agent + "\x00" + name }

// profiles are the run profiles, those first that are worst. They come from
// the table of durations, and where that is missing from the runs.
func (r *report) profiles() []*profile {
	var list []*profile
	switch {
	case r.durations != nil:
		list = slices.Clone(r.durations.list)
	case r.runs != nil:
		list = r.runs.ownProfiles()
	}
	for _, p := range list {
		if r.runs != nil {
			if known := r.runs.profiles[p.key]; known != nil {
				p.last, p.history = &known.last, known.sorted()
			}
		}
	}
	slices.SortStableFunc(list, func(a, b *profile) int {
		return cmp.Or(cmp.Compare(a.gravity(), b.gravity()), cmp.Compare(b.since, a.since), strings.Compare(a.agent, b.agent), strings.Compare(a.name, b.name))
	})
	return list
}

// gravity is that of the last run.
func (p *profile) gravity() attention.Gravity {
	if p.last == nil {
		return attention.Grade(p.outcome, "")
	}
	return attention.Grade(p.outcome, p.last.result)
}

// strip is the outcomes of the latest runs, the last one on the right.
func (p *profile) strip() page.Value {
	var letters strings.Builder
	for _, run := range p.history[max(0, len(p.history)-recent):] {
		if run.outcome != 0 {
			letters.WriteByte(run.outcome)
		}
	}
	return page.Text(letters.String())
}

// agentsGrid is the table of profiles.
func (r *report) agentsGrid(list []*profile) *page.Grid {
	g := &page.Grid{ID: "agents-table", Caption: "Run profiles of the agents, the worst first", Empty: "There is no run.", Shown: 100, Columns: []page.Column{
		{Name: "Agent", Kind: page.Plain, Head: true, Choice: true},
		{Name: "Run profile", Kind: page.Plain},
		{Name: "Recent runs", Kind: page.Strip, About: "The last 30 runs, the latest on the right: low and green succeeded, high and red failed"},
		{Name: "Last run", Kind: page.Level, Choice: true},
		{Name: "Result", Kind: page.Plain, About: "Result of the worst step of the last run"},
		{Name: "Began", Kind: page.Moment},
		{Name: "Last success", Kind: page.Moment, About: "When the last run began whose steps all succeeded"},
		{Name: "Runs since", Kind: page.Count, About: "Runs after that; all where none succeeded"},
		{Name: "Runs", Kind: page.Count},
		{Name: "Failed", Kind: page.Count, About: "Runs with a step that failed or met errors"},
		{Name: "Warnings", Kind: page.Count},
	}}
	for _, p := range list {
		result := ""
		if p.last != nil && p.outcome != "success" {
			result = p.last.result
		}
		g.Add(page.Text(p.agent), page.Text(p.name), p.strip(), page.Text(p.outcome), page.Text(result), r.moment(p.start), r.moment(p.success),
			count(p.since), page.Number(p.runs), count(p.failed), count(p.warnings))
	}
	if r.durations != nil {
		g.Left = r.durations.left
	}
	return g
}
