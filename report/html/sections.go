package html

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

const (
	itemsShown = 12 // items that are seen at once
	maxItems   = 300
)

// Close writes the page.
func (w *writer) Close(tail *report.Tail) error {
	for _, p := range tail.Problems {
		w.problem(p)
	}
	w.cut()
	about := map[string]report.Description{}
	if w.head.Catalog != nil {
		for _, d := range w.head.Catalog() {
			about[d.ID] = d
		}
	}
	groups := w.sorted()
	p := &page.Page{Version: w.head.Version, Title: title(&tail.Summary), Lead: w.lead(&tail.Summary), Tiles: tiles(&tail.Summary)}
	p.Sections = []page.Section{
		{ID: "attention", Title: "What is wrong", Parts: []page.Part{{Items: (&page.Items{All: w.items(groups, about), Shown: itemsShown, Empty: "Nothing was found."}).Bound(maxItems)}}},
		{ID: "rules", Title: "Rules with findings", Short: "Rules", Parts: []page.Part{{Grid: rulesGrid(groups, about)}}},
		{ID: "findings", Title: "Findings", Parts: []page.Part{{Grid: w.findingsGrid(groups)}}},
		{ID: "documents", Title: "Documents", Parts: []page.Part{{Grid: w.documentsGrid()}}},
	}
	if w.options.Statistics {
		p.Sections = append(p.Sections, page.Section{ID: "statistics", Title: "All rules", Parts: []page.Part{{Grid: statusGrid(tail.Rules)}}})
	}
	p.Sections = append(p.Sections, w.about(tail))
	return p.Write(w.out)
}

func title(s *report.Summary) string {
	var found []string
	for _, kind := range []struct {
		n    int
		noun string
	}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Infos, "info"}} {
		if kind.n > 0 {
			found = append(found, wording.Counted(kind.n, kind.noun))
		}
	}
	if found == nil {
		return "Validation of run histories: no findings"
	}
	return "Validation of run histories: " + strings.Join(found, ", ")
}

func (w *writer) lead(s *report.Summary) string {
	return fmt.Sprintf("%s, %s, %s, judged by profile %s.", wording.Counted(s.Files, "document"), wording.Counted(s.Runs, "run"), wording.Counted(s.Steps, "step"), w.head.Profile)
}

// tiles are the figures that stand out.
func tiles(s *report.Summary) []page.Tile {
	level := func(n int, bad string) string {
		if n > 0 {
			return bad
		}
		return "success"
	}
	tile := func(label string, n int, level, section string) page.Tile {
		return page.Tile{Label: label, Value: wording.Digits(n), Level: level, Section: section}
	}
	list := []page.Tile{tile("Errors", s.Errors, level(s.Errors, "error"), "rules"), tile("Warnings", s.Warnings, level(s.Warnings, "warning"), "rules"),
		tile("Infos", s.Infos, "", "rules"), tile("Documents", s.Files, "", "documents")}
	if s.Incomplete > 0 {
		list = append(list, tile("Not read to the end", s.Incomplete, "error", "documents"))
	}
	if s.Suppressed > 0 {
		list = append(list, tile("Suppressed", s.Suppressed, "", "findings"))
	}
	return list
}

// items are what kept the tool from its work, then the rules with errors and
// warnings.
func (w *writer) items(groups []*group, about map[string]report.Description) []page.Item {
	var items []page.Item
	for _, p := range w.problems {
		items = append(items, page.Item{Level: "error", Name: "error", Subject: "Not judged", Text: p})
	}
	if w.more > 0 {
		items = append(items, page.Item{Level: "error", Name: "error", Subject: "Not judged", Text: wording.Counted(w.more, "more problem")})
	}
	for _, g := range groups {
		d := about[g.rule]
		items = append(items, page.Item{Level: g.severity.String(), Name: g.severity.String(), Subject: g.rule, Grid: "findings-table", Filter: g.rule,
			Text: fmt.Sprintf("%s in %s. %s", wording.Counted(g.findings, "finding"), wording.Counted(g.files, "document"), d.Title), Detail: d.Fix})
	}
	return items
}

func rulesGrid(groups []*group, about map[string]report.Description) *page.Grid {
	g := &page.Grid{ID: "rules-table", Caption: "Rules, the gravest first", Empty: "Nothing was found.", Shown: 100, Columns: []page.Column{
		{Name: "Rule", Kind: page.Plain, Head: true, About: "runhist explain RULE says more"},
		{Name: "Severity", Kind: page.Level, Choice: true},
		{Name: "Findings", Kind: page.Count}, {Name: "Documents", Kind: page.Count},
		{Name: "What it is about", Kind: page.Long, About: "On demand, why it matters, what to do, and what the specification says"},
		{Name: "Section", Kind: page.Plain, About: "of [MS-UPSMODS]"},
	}}
	for _, of := range groups {
		d := about[of.rule]
		lines := []string{d.Title}
		for _, text := range []string{d.Why, d.Fix} {
			if text != "" {
				lines = append(lines, page.Line(text, 600))
			}
		}
		for i, r := range d.Requirements {
			if i == 5 {
				lines = append(lines, fmt.Sprintf("and %s.", wording.Counted(len(d.Requirements)-i, "more requirement")))
				break
			}
			lines = append(lines, fmt.Sprintf("%s: %s", r.ID, page.Line(r.Text, 300)))
		}
		g.Add(page.Text(of.rule), page.Text(of.severity.String()), page.Number(of.findings), page.Number(of.files), page.Text(strings.Join(lines, "\n")), page.Text(of.section))
	}
	return g.Used()
}

// findingsGrid has the gravest first; within a severity they are in the order
// of the documents.
func (w *writer) findingsGrid(groups []*group) *page.Grid {
	g := &page.Grid{ID: "findings-table", Caption: "Findings, the gravest first", Empty: "Nothing was found.", Shown: 100, Columns: []page.Column{
		{Name: "Place", Kind: page.Code, Head: true, About: "Document, line and column"},
		{Name: "Severity", Kind: page.Level, Choice: true},
		{Name: "Rule", Kind: page.Plain, Choice: true},
		{Name: "What is wrong", Kind: page.Long, About: "On demand, the line, the path and what the specification says"},
	}}
	all := 0
	for _, of := range groups {
		all += of.findings
	}
	for severity := finding.Error; ; severity-- {
		for i := range w.kept[severity] {
			k := &w.kept[severity][i]
			g.Add(page.Text(k.place), page.Text(k.severity.String()), page.Text(k.rule), page.Text(k.said))
		}
		if severity == finding.Off {
			break
		}
	}
	g.Left = all - len(g.Rows)
	return g
}

func (w *writer) documentsGrid() *page.Grid {
	g := &page.Grid{ID: "documents-table", Caption: "Documents, those with the gravest findings first", Empty: "There is no document.", Left: w.unlisted, Columns: []page.Column{
		{Name: "Document", Kind: page.Code, Head: true},
		{Name: "Status", Kind: page.Plain, Choice: true},
		{Name: "Errors", Kind: page.Count}, {Name: "Warnings", Kind: page.Count}, {Name: "Infos", Kind: page.Count},
		{Name: "Runs", Kind: page.Count}, {Name: "Steps", Kind: page.Count},
		{Name: "Profile", Kind: page.Plain, Choice: true}, {Name: "Chosen because", Kind: page.Long},
	}}
	for i := range w.files {
		f := &w.files[i]
		g.Add(page.Text(f.name), page.Text(f.status), page.Number(f.counts[finding.Error]), page.Number(f.counts[finding.Warning]), page.Number(f.counts[finding.Info]),
			page.Number(f.runs), page.Number(f.steps), page.Text(f.profile), page.Text(f.because))
	}
	return g.Used()
}

func statusGrid(rules []report.Rule) *page.Grid {
	g := &page.Grid{ID: "statistics-table", Caption: "What became of each rule", Empty: "No rule was in force.", Columns: []page.Column{
		{Name: "Rule", Kind: page.Plain, Head: true}, {Name: "Status", Kind: page.Plain, Choice: true}, {Name: "Checked", Kind: page.Count},
		{Name: "Findings", Kind: page.Count}, {Name: "What holds", Kind: page.Long}}}
	for _, r := range rules {
		g.Add(page.Text(r.ID), page.Text(r.Status.String()), page.Number(r.Checked), page.Number(r.Findings), page.Text(r.Title))
	}
	return g
}

// about says what the page does not have.
func (w *writer) about(tail *report.Tail) page.Section {
	s := &tail.Summary
	facts := []page.Fact{{Name: "profile", Value: w.head.Profile}, {Name: "fails on", Value: w.head.FailOn.String()}, {Name: "exit status", Value: fmt.Sprint(tail.Exit)}}
	for _, f := range []struct {
		name string
		n    int
	}{{"suppressed", s.Suppressed}, {"not kept", s.Cut}, {"not evaluated", s.NotEvaluated}} {
		if f.n > 0 {
			facts = append(facts, page.Fact{Name: f.name, Value: wording.Digits(f.n)})
		}
	}
	return page.Section{ID: "about", Title: "About this page", Short: "About", Parts: []page.Part{{Facts: facts},
		{Text: fmt.Sprintf("The page has the first %d findings of a rule, and %s of a severity; all are counted. runhist explain RULE says more about a rule.", perRule, wording.Digits(perSeverity))}}}
}
