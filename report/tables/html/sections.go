package html

import (
	"fmt"
	"slices"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

const (
	itemsShown = 15 // items that are seen at once
	maxItems   = 150
)

// page puts the page together.
func (r *report) page() *page.Page {
	profiles := r.profiles()
	items := r.items(profiles)
	p := &page.Page{Version: r.version, Title: r.title(items), Lead: r.lead(), Tiles: r.tiles(profiles)}
	if r.judges() {
		p.Sections = append(p.Sections, page.Section{ID: "attention", Title: "What needs attention", Short: "Attention",
			Parts: []page.Part{{Items: (&page.Items{All: items, Shown: itemsShown, Empty: r.calm()}).Bound(maxItems)}}})
	}
	if len(profiles) > 0 {
		p.Sections = append(p.Sections, page.Section{ID: "agents", Title: "Agents and run profiles", Short: "Agents", Parts: []page.Part{{Grid: r.agentsGrid(profiles)}}})
	}
	p.Sections = append(p.Sections, r.errorSections()...)
	if r.trend != nil {
		p.Sections = append(p.Sections, page.Section{ID: "trend", Title: "Trend", Parts: r.trendParts()})
	}
	if len(profiles) > 0 && r.durations != nil {
		s := page.Section{ID: "durations", Title: "Durations"}
		if c := r.durationsChart(profiles); c != nil {
			s.Parts = append(s.Parts, page.Part{Chart: c})
		}
		s.Parts = append(s.Parts, page.Part{Grid: r.durationsGrid(profiles)})
		p.Sections = append(p.Sections, s)
	}
	if r.runs != nil {
		p.Sections = append(p.Sections, page.Section{ID: "runs", Title: "Runs and their steps", Short: "Runs", Lead: r.succeeded(), Parts: []page.Part{{Grid: r.runsGrid()}}})
	}
	if r.connections != nil {
		p.Sections = append(p.Sections, page.Section{ID: "connections", Title: "Connections", Parts: []page.Part{{Grid: r.serversGrid()}, {Grid: r.incidentsGrid()}}})
	}
	p.Sections = append(p.Sections, r.otherSections()...)
	if r.findings != nil {
		p.Sections = append(p.Sections, page.Section{ID: "findings", Title: "Findings", Lead: "What runhist validate says about the documents, whole ones.",
			Parts: []page.Part{{Grid: r.rulesGrid()}, {Grid: r.findingsGrid()}}})
	}
	p.Sections = append(p.Sections, r.aboutSection())
	return p
}

// judges tells whether there are tables from which anything can be said.
func (r *report) judges() bool {
	return r.runs != nil || r.durations != nil || r.ageing != nil || r.documents != nil || r.connections != nil || r.findings != nil
}

// title says how things are.
func (r *report) title(items []page.Item) string {
	grave, warnings := 0, 0
	for _, i := range items {
		switch i.Level {
		case "error":
			grave++
		case "warning":
			warnings++
		}
	}
	switch {
	case !r.judges():
		return "Run histories"
	case grave > 0:
		return fmt.Sprintf("Run histories: %s, %s", wording.Counted(grave, "grave problem"), wording.Counted(warnings, "warning"))
	case warnings > 0:
		return "Run histories: " + wording.Counted(warnings, "warning")
	}
	return "Run histories: all is well"
}

// lead says what the report is about.
func (r *report) lead() string {
	if r.runs == nil || r.runs.count == 0 {
		return ""
	}
	text := wording.Counted(r.runs.count, "run")
	if r.documents != nil {
		text += " in " + wording.Counted(r.documents.count, "document")
	}
	if r.runs.first.Known {
		text += fmt.Sprintf(", from %s to %s", r.minute(r.runs.first), r.minute(r.runs.latest))
	}
	zone := "UTC"
	if r.about != nil {
		for _, f := range r.about.facts {
			if f.Name == "zone" {
				zone = f.Value
			}
		}
	}
	return text + ". Times are " + zone + "."
}

func (r *report) calm() string {
	if r.runs != nil && r.runs.count == 0 {
		return "There is no run in this report."
	}
	return "Nothing: the last run of every profile succeeded, no error is open, every server was reached."
}

// tiles are the figures that stand out.
func (r *report) tiles(profiles []*profile) []page.Tile {
	var tiles []page.Tile
	level := func(grave, some bool) string {
		switch {
		case grave:
			return "error"
		case some:
			return "warning"
		}
		return "success"
	}
	if len(profiles) > 0 {
		stopped, met := 0, 0
		for _, p := range profiles {
			switch p.gravity() {
			case attention.Stopped:
				stopped++
			case attention.Failed, attention.Warned:
				met++
			}
		}
		tiles = append(tiles, page.Tile{Label: "Run profiles stopped", Value: fmt.Sprintf("%d of %d", stopped, len(profiles)),
			Note: fmt.Sprintf("%d more ended with errors or warnings", met), Level: level(stopped > 0, met > 0), Section: "agents"})
	}
	if a := r.ageing; a != nil {
		note := fmt.Sprintf("%s new, %s older, %s cleared", wording.Digits(a.fresh), wording.Digits(a.persistent), wording.Digits(a.cleared))
		tiles = append(tiles, page.Tile{Label: "Open errors", Value: wording.Digits(a.open), Note: note, Level: level(false, a.open > 0), Section: "errors"})
		if a.oldest.Known {
			days := max(0, r.latest().Millis-a.oldest.Millis) / dayMillis
			tiles = append(tiles, page.Tile{Label: "Oldest open error", Value: wording.Counted(days, "day"), Note: "since " + r.minute(a.oldest), Level: level(days >= attention.OldDays, days > 0), Section: "errors"})
		}
	}
	if c := r.connections; c != nil && len(c.servers) > 0 {
		unreached := 0
		for _, s := range c.servers {
			if s.Down() {
				unreached++
			}
		}
		tiles = append(tiles, page.Tile{Label: "Servers not reached", Value: fmt.Sprintf("%d of %d", unreached, len(c.servers)), Note: "at the last attempt", Level: level(unreached > 0, false), Section: "connections"})
	}
	if w := r.runs; w != nil {
		tiles = append(tiles, page.Tile{Label: "Runs", Value: wording.Digits(w.count), Note: fmt.Sprintf("%s failed, %s with warnings", wording.Digits(w.failed), wording.Digits(w.warned)), Section: "runs"})
	}
	if latest := r.latest(); latest.Known {
		tiles = append(tiles, page.Tile{Label: "Latest run", Value: dayText(r.clock.Day(latest.Millis)), Note: "began " + r.minute(latest)})
	}
	return tiles
}

// dayText is a day of the calendar.
func dayText(day int64) string {
	return string(tables.NewClock(nil).Append(nil, day*dayMillis, ' ')[:len("2006-01-02")])
}

// errorSections are about objects in error.
func (r *report) errorSections() []page.Section {
	s := page.Section{ID: "errors", Title: "Errors", Lead: "An error is open until a later run of its agent that looked at such objects, and came to its end, does not list it any more."}
	if r.ageing != nil {
		s.Parts = append(s.Parts, page.Part{Grid: r.typesGrid()}, page.Part{Grid: r.containersGrid()})
	} else {
		s.Lead = ""
	}
	if r.errors != nil {
		s.Parts = append(s.Parts, page.Part{Grid: r.objectsGrid()})
	}
	if r.changes != nil {
		s.Parts = append(s.Parts, page.Part{Grid: r.changesGrid()})
	}
	if s.Parts == nil {
		return nil
	}
	return []page.Section{s}
}

func (r *report) trendParts() []page.Part {
	grid := page.Part{Grid: r.trendGrid()}
	if c := r.trend.chart(); len(c.X) > 1 {
		return []page.Part{{Chart: c}, grid}
	}
	return []page.Part{grid}
}

// succeeded says what of the runs is not listed.
func (r *report) succeeded() string {
	w := r.runs
	return fmt.Sprintf("%s succeeded and are not listed one by one: the tables of agents, trend and durations count them.", wording.Counted(w.count-w.failed-w.warned-w.running, "run"))
}

// elsewhere are tables with too much detail for a page.
var elsewhere = []string{"counters", "object_errors"}

// otherSections are the tables that are shown as they are.
func (r *report) otherSections() []page.Section {
	var sections []page.Section
	for _, o := range r.others {
		if r.judges() && slices.Contains(elsewhere, o.table.Name) {
			continue
		}
		g := *o.grid
		g.Used()
		sections = append(sections, page.Section{ID: id(o.table.Name) + "-section", Title: o.table.Title, Parts: []page.Part{{Grid: &g}}})
	}
	return sections
}

// aboutSection says how the page was made and what it leaves out.
func (r *report) aboutSection() page.Section {
	s := page.Section{ID: "about", Title: "About this page", Short: "About"}
	if r.documents != nil {
		s.Parts = append(s.Parts, page.Part{Grid: r.documents.grid})
	}
	if r.about != nil && len(r.about.facts) > 0 {
		s.Parts = append(s.Parts, page.Part{Facts: r.about.facts})
	}
	s.Parts = append(s.Parts, page.Part{Text: attention.Limits()}, page.Part{Text: "A page has room for so much: runs that succeeded are counted only, of other long tables the rows that matter most are here, and each table says " +
		"how many are left out. Counters and the whole texts of errors are in the other formats (xlsx, csv, jsonl, parquet). runhist report --columns says what each figure is."})
	return s
}
