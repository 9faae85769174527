package reconciliation

import (
	"fmt"
	"io"
	"strings"

	pages "github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/schemas/wording"
	"github.com/runhist/runhist/validate/finding"
)

const (
	itemsShown  = 15   // items that are seen at once
	mostItems   = 300  // on the page
	mostRows    = 5000 // of a table
	mostObjects = 20   // of a finding
)

// writeHTML writes one page that works offline: what to look at, then all
// findings, policies and agents, to sort and filter.
func writeHTML(w io.Writer, r *Report, _ bool) error {
	s := &r.Summary
	p := &pages.Page{Version: r.Version, Title: "Reconciliation: " + verdict(s), Lead: headline(s) + "."}
	for _, t := range []struct {
		label string
		n     int
		level finding.Severity
	}{{"Errors", s.Errors, finding.Error}, {"Warnings", s.Warnings, finding.Warning}, {"Infos", s.Infos, finding.Off}} {
		tile := pages.Tile{Label: t.label, Value: wording.Digits(t.n), Section: "findings"}
		if tile.Level = "success"; t.level == finding.Off {
			tile.Level = ""
		} else if t.n > 0 {
			tile.Level = t.level.String()
		}
		p.Tiles = append(p.Tiles, tile)
	}
	p.Tiles = append(p.Tiles, pages.Tile{Label: "Runs", Value: wording.Digits(s.Runs), Note: "of " + wording.Counted(s.Agents, "agent"), Section: "agents"})
	p.Sections = []pages.Section{
		{ID: "attention", Title: "What to look at", Short: "Attention", Parts: []pages.Part{{Items: r.items()}}},
		{ID: "findings", Title: "Findings", Parts: []pages.Part{{Grid: r.findingsGrid()}}},
	}
	if len(r.Resolved) > 0 {
		p.Sections = append(p.Sections, pages.Section{ID: "gone", Title: "Gone since the call before", Short: "Gone", Parts: []pages.Part{{Grid: r.goneGrid()}}})
	}
	if len(r.Policies) > 0 {
		p.Sections = append(p.Sections, pages.Section{ID: "policies", Title: "Policies", Parts: []pages.Part{{Grid: r.policiesGrid()}}})
	}
	p.Sections = append(p.Sections, pages.Section{ID: "agents", Title: "Agents", Parts: []pages.Part{{Grid: r.profilesGrid()}}},
		pages.Section{ID: "about", Title: "About this page", Short: "About", Parts: []pages.Part{{Grid: r.checksGrid()}}})
	return p.Write(w)
}

// items are what kept the tool from its work, and the findings that count.
func (r *Report) items() *pages.Items {
	items := &pages.Items{Shown: itemsShown, Empty: "Nothing: all runs agree with each other."}
	for _, problem := range r.Problems {
		items.All = append(items.All, pages.Item{Level: "error", Name: "error", Subject: "Not finished", Text: problem})
	}
	for _, f := range r.pick(func(*Finding) bool { return true }) {
		detail := f.Certainty
		if run := runOf(f); run != "-" {
			detail += ", run " + run
		}
		items.All = append(items.All, pages.Item{Level: f.Severity.String(), Name: f.Severity.String(), Subject: or(f.Agent, "The archive"), Text: f.Message, Detail: detail,
			Grid: "findings-table", Filter: strings.Join(strings.Fields(f.Rule+" "+f.Agent), " ")})
	}
	return items.Bound(mostItems)
}

// bounded adds rows until there is no more room, and counts the others.
func bounded[T any](g *pages.Grid, list []T, row func(*T) []pages.Value) *pages.Grid {
	for i := range list[:min(len(list), mostRows)] {
		g.Add(row(&list[i])...)
	}
	g.Left = max(0, len(list)-mostRows)
	return g
}

func moment(millis int64) pages.Value {
	if millis == 0 {
		return pages.None
	}
	return pages.Number(millis)
}

func number(n uint32) pages.Value {
	if n == 0 {
		return pages.None
	}
	return pages.Number(n)
}

func (r *Report) findingsGrid() *pages.Grid {
	g := &pages.Grid{ID: "findings-table", Caption: "Findings, the gravest first", Empty: "There is no finding.", Columns: []pages.Column{
		{Name: "Agent", Kind: pages.Plain, Head: true, Choice: true},
		{Name: "Severity", Kind: pages.Level, Choice: true},
		{Name: "Id", Kind: pages.Plain, Choice: true, About: "runhist explain ID says more"},
		{Name: "What", Kind: pages.Long, About: "On demand, objects, place and path"},
		{Name: "Certainty", Kind: pages.Plain, Choice: true},
		{Name: "State", Kind: pages.Plain, Choice: true, About: "known from the call before, or suppressed"},
		{Name: "Run profile", Kind: pages.Plain, Choice: true}, {Name: "Run", Kind: pages.Order}, {Name: "When", Kind: pages.Moment},
	}}
	g = bounded(g, r.Findings, func(f *Finding) []pages.Value {
		state := ""
		switch {
		case f.Suppressed != "":
			state = "suppressed: " + f.Suppressed
		case f.Old:
			state = "known"
		}
		lines := []string{pages.Line(f.Message, 600)}
		for i, object := range f.Objects {
			if i == mostObjects {
				lines = append(lines, "and more")
				break
			}
			lines = append(lines, pages.Line(object, 200))
		}
		if f.File != "" {
			lines = append(lines, fmt.Sprintf("%s:%d:%d", pages.Line(f.File, 200), f.Line, f.Column), pages.Line(f.Path, 200))
		}
		return []pages.Value{pages.Text(or(f.Agent, "(the archive)")), pages.Text(f.Severity.String()), pages.Text(f.Rule), pages.Text(strings.Join(lines, "\n")),
			pages.Text(f.Certainty), pages.Text(state), pages.Text(f.Profile), number(f.Run), moment(f.At)}
	})
	g.Left += r.Summary.Cut
	return g.Used()
}

func (r *Report) goneGrid() *pages.Grid {
	g := &pages.Grid{ID: "gone-table", Caption: "Findings that are gone", Columns: []pages.Column{{Name: "Agent", Kind: pages.Plain, Head: true, Choice: true},
		{Name: "Severity", Kind: pages.Level, Choice: true}, {Name: "What", Kind: pages.Long}}}
	return bounded(g, r.Resolved, func(f *Resolved) []pages.Value {
		return []pages.Value{pages.Text(or(f.Agent, "(the archive)")), pages.Text(f.Severity.String()), pages.Text(f.Message)}
	})
}

func (r *Report) policiesGrid() *pages.Grid {
	g := &pages.Grid{ID: "policies-table", Caption: "What became of the policies", Columns: []pages.Column{{Name: "Policy", Kind: pages.Plain, Head: true, Choice: true},
		{Name: "Outcome", Kind: pages.Plain, Choice: true}, {Name: "Severity", Kind: pages.Level}, {Name: "Agent", Kind: pages.Plain, Choice: true},
		{Name: "Run profile", Kind: pages.Plain}, {Name: "Run", Kind: pages.Order}, {Name: "What", Kind: pages.Long}}}
	return bounded(g, r.Policies, func(v *Verdict) []pages.Value {
		severity := ""
		if v.Outcome == "violated" {
			severity = v.Severity.String()
		}
		return []pages.Value{pages.Text(v.Policy), pages.Text(v.Outcome), pages.Text(severity), pages.Text(v.Agent), pages.Text(v.Profile), number(v.Run), pages.Text(v.Message)}
	}).Used()
}

// profilesGrid has a row for each run profile, and for each agent without one.
func (r *Report) profilesGrid() *pages.Grid {
	g := &pages.Grid{ID: "agents-table", Caption: "Agents and their run profiles", Empty: "There is no agent.", Columns: []pages.Column{
		{Name: "Agent", Kind: pages.Plain, Head: true, Choice: true}, {Name: "Run profile", Kind: pages.Plain}, {Name: "Runs", Kind: pages.Count},
		{Name: "Last run", Kind: pages.Moment}, {Name: "Result", Kind: pages.Plain, Choice: true}, {Name: "Errors", Kind: pages.Count},
		{Name: "Last success", Kind: pages.Moment}, {Name: "Objects", Kind: pages.Count, About: "of the agent, by its last full import"}}}
	type row struct {
		agent   *Agent
		profile *Profile
	}
	var rows []row
	for i := range r.Agents {
		a := &r.Agents[i]
		if len(a.Profiles) == 0 {
			rows = append(rows, row{a, &Profile{Runs: a.Runs}})
		}
		for j := range a.Profiles {
			rows = append(rows, row{a, &a.Profiles[j]})
		}
	}
	return bounded(g, rows, func(of *row) []pages.Value {
		objects := pages.None
		if of.agent.Objects >= 0 {
			objects = pages.Number(of.agent.Objects)
		}
		p := of.profile
		return []pages.Value{pages.Text(or(of.agent.Name, of.agent.ID)), pages.Text(p.Name), pages.Number(p.Runs), moment(p.Start), pages.Text(p.Result), pages.Number(p.Errors),
			moment(p.Success), objects}
	}).Used()
}

func (r *Report) checksGrid() *pages.Grid {
	g := &pages.Grid{ID: "checks-table", Caption: "What reconcile asks", Empty: "Nothing was asked.", Columns: []pages.Column{
		{Name: "Id", Kind: pages.Plain, Head: true, About: "runhist explain ID says more"}, {Name: "What holds", Kind: pages.Long}}}
	return bounded(g, r.Checks, func(c *Check) []pages.Value { return []pages.Value{pages.Text(c.ID), pages.Text(c.Title)} })
}
