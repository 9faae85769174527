package html

import (
	"io"

	"github.com/runhist/runhist/report/page"
)

// mailSize is how many bytes a summary has at most: mail programs cut what is
// longer.
const mailSize = 90_000

// mail writes the summary: what needs attention, profiles whose last run did
// not succeed, types of errors that are open, and the latest days.
func (r *report) mail(w io.Writer) error {
	profiles := r.profiles()
	items := r.items(profiles)
	p := &page.Page{Version: r.version, Title: r.title(items), Lead: r.lead(), Tiles: r.tiles(profiles)}
	if r.judges() {
		p.Sections = append(p.Sections, page.Section{ID: "attention", Title: "What needs attention", Parts: []page.Part{{Items: &page.Items{All: items, Empty: r.calm()}}}})
	}
	if len(profiles) > 0 {
		var bad []*profile
		for _, one := range profiles {
			if one.outcome != "success" {
				bad = append(bad, one)
			}
		}
		g := r.agentsGrid(bad).Pick("Agent", "Run profile", "Recent runs", "Last run", "Result", "Began", "Last success")
		g.Caption, g.Empty = "Run profiles whose last run did not succeed", "The last run of every profile succeeded."
		p.Sections = append(p.Sections, page.Section{ID: "agents", Title: "Run profiles", Parts: []page.Part{{Grid: g}}})
	}
	if r.ageing != nil {
		g := r.typesGrid().Pick("Error", "Agent", "Kind", "Open", "New", "Oldest, days", "What it means")
		open := 0
		for _, a := range r.ageing.list() {
			if a.open() > 0 {
				open++
			}
		}
		g.Rows = g.Rows[:open]
		g.Caption, g.Empty = "Open errors by type", "No error is open."
		p.Sections = append(p.Sections, page.Section{ID: "errors", Title: "Errors", Parts: []page.Part{{Grid: g}}})
	}
	if r.trend != nil {
		g := r.trendGrid().Pick("From", "Runs", "Failed runs", "Discovery errors", "Import errors", "Export errors", "Retry errors", "Exported deletes")
		p.Sections = append(p.Sections, page.Section{ID: "trend", Title: "Trend", Parts: []page.Part{{Grid: g}}})
	}
	if len(p.Sections) == 0 { // of tables that are shown as they are
		p.Sections = r.otherSections()
	}
	return p.Mail(w, mailSize)
}
