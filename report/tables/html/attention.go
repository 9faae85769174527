package html

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/schemas/wording"
)

// What needs attention is found by these limits, which the page names.
const (
	oldDays   = 30  // an error that is open for so long is grave
	manyOpen  = 100 // and so are so many that are new
	staleGaps = 3   // a profile waits too long after so many of its usual gaps, and a day
	slowTimes = 2   // a run is slow that takes so many times the 95 of 100 before it
	slowLeast = 10 * 60 * 1000
	massTimes = 10 // deletes of a day are many at so many times those of a usual day with deletes
	massLeast = 100
	massDays  = 7 // and it was so short a time ago
)

// limits says how items are chosen.
func limits() string {
	return fmt.Sprintf("An error is grave when it has been open for %d days, or when %d of its type are new. A profile is called late after a day and %d times its usual gap without a run, "+
		"counted to the latest run of all; a run slow at %d times what 95 of 100 runs take and 10 minutes; deletes of a day many at %d times those of a usual day and %d. "+
		"A run is marked grave when a step stopped or did not start, and as a warning when it came to its end with errors.",
		oldDays, manyOpen, staleGaps, slowTimes, massTimes, massLeast)
}

// items are what needs attention, the worst first.
func (r *report) items(profiles []*profile) []page.Item {
	var items []page.Item
	if d := r.documents; d != nil && d.broken > 0 {
		items = append(items, page.Item{Level: "error", Subject: wording.Counted(d.broken, "document"), Grid: "documents-table",
			Text: "could not be read to the end: figures here are those of what could be read."})
	}
	items = append(items, r.ofProfiles(profiles)...)
	items = append(items, r.ofConnections()...)
	items = append(items, r.ofErrors()...)
	items = append(items, r.ofDeletes()...)
	if f := r.findings; f != nil && f.severities["error"]+f.severities["warning"] > 0 {
		items = append(items, page.Item{Level: "warning", Subject: "The documents", Grid: "rules-table",
			Text: fmt.Sprintf("break the specification: %s, %s.", wording.Counted(f.severities["error"], "error"), wording.Counted(f.severities["warning"], "warning"))})
	}
	if r.about != nil {
		for _, f := range r.about.facts {
			if f.Name == "note" {
				items = append(items, page.Item{Level: "info", Subject: "Limits", Text: f.Value})
			}
		}
	}
	slices.SortStableFunc(items, func(a, b page.Item) int { return cmp.Compare(severityRank(a.Level), severityRank(b.Level)) })
	return items
}

// ofProfiles is what is wrong with run profiles. Those of an agent that stopped
// with the same result have one cause, and are one item.
func (r *report) ofProfiles(profiles []*profile) []page.Item {
	alike := map[string][]*profile{}
	key := func(p *profile) string { return p.agent + "\x00" + p.last.result }
	for _, p := range profiles {
		if p.gravity() == 0 {
			alike[key(p)] = append(alike[key(p)], p)
		}
	}
	var items []page.Item
	for _, p := range profiles {
		if p.gravity() != 0 || len(alike[key(p)]) == 1 {
			items = append(items, r.ofProfile(p)...)
			continue
		}
		if group := alike[key(p)]; group[0] == p {
			items = append(items, r.stoppedAlike(group))
		}
	}
	return items
}

// stoppedAlike says that several run profiles of an agent stopped.
func (r *report) stoppedAlike(group []*profile) page.Item {
	var names []string
	success := instant{}
	for _, p := range group {
		names = append(names, p.name)
		if p.success.after(success) {
			success = p.success
		}
	}
	item := page.Item{Level: "error", Subject: group[0].agent, Grid: "agents-table", Filter: words(group[0].agent, group[0].last.result),
		Text:   fmt.Sprintf("has %d run profiles that ended with %s.", len(group), group[0].last.result),
		Detail: group[0].last.meaning + " " + strings.Join(names, ", ") + ". "}
	if success.known {
		item.Detail += fmt.Sprintf("The last success of any of them was at %s.", r.minute(success))
	} else {
		item.Detail += "No run of them succeeded."
	}
	return item
}

// ofProfile is what is wrong with a run profile.
func (r *report) ofProfile(p *profile) []page.Item {
	item := page.Item{Level: "warning", Subject: p.agent + " · " + p.name, Grid: "agents-table", Filter: words(p.agent, p.name)}
	var items []page.Item
	switch {
	case p.outcome == "error" || p.outcome == "warning":
		items = append(items, r.failed(item, p))
	case p.outcome == "running" && r.latest().millis-p.start.millis > dayMillis:
		item.Text = fmt.Sprintf("has a run that began %s and says that it has not ended, %s before the latest run of all.", r.minute(p.start), waited(r.latest().millis-p.start.millis))
		items = append(items, item)
	case p.outcome == "success" && p.gapMedian.known && p.runs > 3:
		if late := r.latest().millis - p.start.millis; late > dayMillis && late > staleGaps*p.gapMedian.millis {
			item.Level = "info"
			item.Text = fmt.Sprintf("has not run for %s; usually it runs every %s.", waited(late), waited(p.gapMedian.millis))
			items = append(items, item)
		}
	}
	if l := p.last; l != nil && p.runs > 3 && p.p95.known && l.lasted >= slowLeast && l.lasted >= slowTimes*p.usual() {
		item.Level, item.Grid = "warning", "durations-table"
		item.Text = fmt.Sprintf("took %s in its last run; half of its runs take no more than %s.", waited(l.lasted), waited(p.median.millis))
		items = append(items, item)
	}
	return items
}

// usual is what 95 of 100 runs took before the last one.
func (p *profile) usual() int64 {
	var lasted []int64
	for _, run := range p.history[:max(0, len(p.history)-1)] {
		if run.lasted >= 0 {
			lasted = append(lasted, run.lasted)
		}
	}
	if len(lasted) == 0 {
		return p.p95.millis
	}
	slices.Sort(lasted)
	return lasted[(len(lasted)*95+99)/100-1]
}

// failed says that the last run did not succeed.
func (r *report) failed(item page.Item, p *profile) page.Item {
	item.Text = "did not succeed in its last run."
	if l := p.last; l != nil && l.result != "" {
		switch {
		case p.stopped():
			item.Level = "error"
			item.Text = fmt.Sprintf("ended with %s.", l.result)
		default:
			item.Text = fmt.Sprintf("ended with %s%s.", l.result, failures(l))
		}
		item.Detail = l.meaning + " "
	}
	switch {
	case !p.success.known && p.runs == 1:
		item.Detail += "It is the only run."
	case !p.success.known:
		item.Detail += fmt.Sprintf("None of %s succeeded.", wording.Counted(p.runs, "run"))
	case p.since > 1:
		item.Detail += fmt.Sprintf("%s since the last success at %s.", wording.Counted(p.since, "run"), r.minute(p.success))
	default:
		item.Detail += fmt.Sprintf("The run before it, at %s, succeeded.", r.minute(p.success))
	}
	return item
}

// failures are the errors of a run in a sentence.
func failures(l *lastRun) string {
	var parts []string
	for i, kind := range [4]string{"discovery", "import", "export", "retry"} {
		if l.errors[i] > 0 {
			parts = append(parts, wording.Counted(l.errors[i], kind+" error"))
		}
	}
	if parts == nil {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

// ofConnections are the servers that were not reached last.
func (r *report) ofConnections() []page.Item {
	if r.connections == nil {
		return nil
	}
	var items []page.Item
	for _, c := range r.connections.list() {
		if down(c) == 0 {
			break // the others are up
		}
		name := c.name
		if name == "" {
			name = "The data source"
		}
		item := page.Item{Level: "error", Subject: name + " (" + c.agent + ")", Grid: "servers-table", Filter: words(c.agent, c.name), Detail: c.meaning,
			Text: fmt.Sprintf("was not reached at %s: %s.", r.minute(c.failure), c.result)}
		if c.failed > 1 {
			item.Text = fmt.Sprintf("was not reached %d times, last at %s: %s.", c.failed, r.minute(c.failure), c.result)
		}
		items = append(items, item)
	}
	return items
}

// ofErrors are the types of errors that are open.
func (r *report) ofErrors() []page.Item {
	if r.ageing == nil {
		return nil
	}
	var items []page.Item
	for _, a := range r.ageing.list() {
		if a.open() == 0 {
			break // nor are the others
		}
		item := page.Item{Level: "warning", Subject: a.agent, Grid: "errors-table", Filter: words(a.agent, a.kind, a.name),
			Text: fmt.Sprintf("has %s open of type %s.", wording.Counted(a.open(), a.kind+" error"), a.name)}
		if a.longest >= oldDays || a.fresh >= manyOpen {
			item.Level = "error"
		}
		switch {
		case a.persistent == 0:
			item.Detail = "New in the last run. "
		case a.fresh > 0:
			item.Detail = fmt.Sprintf("%s new. ", wording.Digits(a.fresh))
		}
		if a.longest >= 1 {
			item.Detail += fmt.Sprintf("The oldest has lasted for %.0f days. ", a.longest)
		}
		if r.errors != nil && r.errors.types[a.key] != nil {
			t := r.errors.types[a.key]
			if t.meaning != "" {
				item.Detail += t.meaning + " "
			}
			if t.said != "" {
				item.Detail += "Last said: " + t.said
			}
		}
		items = append(items, item)
	}
	return items
}

// ofDeletes are days shortly before the latest run with many more deletes than
// usual.
func (r *report) ofDeletes() []page.Item {
	if r.trend == nil {
		return nil
	}
	var items []page.Item
	for _, what := range []struct {
		figure int
		text   string
	}{{exportedDeletes, "exported as deleted"}, {stagedDeletes, "staged as deleted"}} {
		usual, worst, n := usualDay(r.trend.periods["day"], what.figure, r.clock.Day(r.latest().millis))
		if n >= massLeast && n >= massTimes*usual {
			items = append(items, page.Item{Level: "warning", Subject: wording.Digits(n) + " objects", Grid: "trend-table",
				Text:   fmt.Sprintf("were %s on %s.", what.text, dayText(worst)),
				Detail: fmt.Sprintf("On a usual day with deletes there are %s.", wording.Digits(usual))})
		}
	}
	return items
}

// usualDay is the median of the days with any, and the worst day of the last
// ones.
func usualDay(days map[int64]*sums, figure int, today int64) (usual, day, worst int64) {
	var list []int64
	for at, s := range days {
		n := s[figure]
		if n > 0 {
			list = append(list, n)
		}
		if today-at < massDays && (n > worst || n == worst && at < day) {
			day, worst = at, n
		}
	}
	if len(list) > 0 {
		slices.Sort(list)
		usual = list[(len(list)-1)/2]
	}
	return usual, day, worst
}

// latest is when the latest run began: what "now" is in the report.
func (r *report) latest() instant {
	if r.runs != nil {
		return r.runs.latest
	}
	var last instant
	if r.durations != nil {
		for _, p := range r.durations.list {
			if p.start.after(last) {
				last = p.start
			}
		}
	}
	return last
}

// words are those by which rows are found.
func words(texts ...string) string {
	return strings.Join(strings.Fields(strings.Join(texts, " ")), " ")
}
