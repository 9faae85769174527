package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
)

// gridOf is the table that has more about an item, by what the item is about.
var gridOf = [...]string{attention.OfDocuments: "documents-table", attention.OfProfiles: "agents-table", attention.OfDurations: "durations-table",
	attention.OfServers: "servers-table", attention.OfTypes: "errors-table", attention.OfDays: "trend-table", attention.OfFindings: "rules-table"}

// items are what needs attention, the worst first.
func (r *report) items(profiles []*profile) []page.Item {
	var items []page.Item
	for _, i := range attention.Items(r.figures(profiles)) {
		items = append(items, page.Item{Level: i.Level, Subject: i.Subject(), Text: i.Text, Detail: i.Detail, Grid: gridOf[i.Topic], Filter: words(i.Find...)})
	}
	if r.about != nil {
		for _, f := range r.about.facts {
			if f.Name == "note" {
				items = append(items, page.Item{Level: attention.Info, Subject: "Limits", Text: f.Value})
			}
		}
	}
	return items
}

// figures are what is judged.
func (r *report) figures(profiles []*profile) *attention.Figures {
	f := &attention.Figures{Clock: r.clock, Latest: r.latest()}
	if d := r.documents; d != nil {
		f.Documents = attention.Documents{All: d.count, Broken: d.broken}
	}
	for _, p := range profiles {
		f.Profiles = append(f.Profiles, p.judged())
	}
	if r.connections != nil {
		for _, s := range r.connections.list() {
			f.Servers = append(f.Servers, s.Server)
		}
	}
	if r.ageing != nil {
		for _, a := range r.ageing.list() {
			t := attention.Type{Agent: a.agent, Kind: a.kind, Name: a.name, New: a.fresh, Persistent: a.persistent, Days: a.longest}
			if r.errors != nil && r.errors.types[a.key] != nil {
				t.Meaning, t.Said = r.errors.types[a.key].meaning, r.errors.types[a.key].said
			}
			f.Types = append(f.Types, t)
		}
	}
	if r.trend != nil {
		for at, s := range r.trend.periods["day"] {
			f.Days = append(f.Days, attention.Day{Day: at, Exported: s[exportedDeletes], Staged: s[stagedDeletes]})
		}
		slices.SortFunc(f.Days, func(a, b attention.Day) int { return cmp.Compare(a.Day, b.Day) })
	}
	if w := r.findings; w != nil {
		f.Findings = attention.Findings{Errors: w.severities[attention.Error], Warnings: w.severities[attention.Warning], Rules: int64(len(w.rules)),
			Alone: r.runs == nil && r.durations == nil}
	}
	return f
}

// judged is the profile as it is judged.
func (p *profile) judged() attention.Profile {
	a := attention.Profile{Agent: p.agent, Name: p.name, Last: attention.Run{Start: p.start, Outcome: p.outcome, Millis: -1}, Runs: p.runs, Success: p.success, Since: p.since,
		Gap: p.gapMedian, Median: p.median, P95: p.p95}
	if l := p.last; l != nil {
		a.Last.Result, a.Last.Meaning, a.Last.Millis, a.Last.Errors = l.result, l.meaning, l.lasted, l.errors
	}
	for _, run := range p.history[:max(0, len(p.history)-1)] {
		if run.lasted >= 0 {
			a.Before = append(a.Before, run.lasted)
		}
	}
	return a
}

// latest is when the latest run began: what "now" is in the report.
func (r *report) latest() attention.Instant {
	if r.runs != nil {
		return r.runs.latest
	}
	var last attention.Instant
	if r.durations != nil {
		for _, p := range r.durations.list {
			if p.start.After(last) {
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
