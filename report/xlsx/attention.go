package xlsx

import (
	"fmt"
	"slices"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

// item is something that needs attention.
type item struct {
	level          string // error, warning or info
	agent, profile string
	when           int64
	dated          bool
	text           string
	to             *place // where more about it stands
}

// attention writes what needs attention, the worst first.
func (s *summary) attention(p *page) {
	items := s.items()
	p.section("What needs attention")
	if len(items) == 0 {
		p.set(colB, colK, p.row, s.calm(), s.book.styles.wrap)
		p.row++
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "How bad", 0}, {colC, colC, "Agent", 0}, {colD, colD, "Run profile", 0}, {colE, colE, "When", styles.itemTime},
		{colF, colJ, "What", 0}, {colK, colK, "Look at", styles.itemLink}}
	alone := !slices.ContainsFunc(items, func(i item) bool { return i.agent != "" || i.profile != "" })
	if alone {
		spots = []spot{spots[0], {colC, colJ, "What", 0}, spots[5]}
	}
	p.heads(spots)
	slices.SortStableFunc(items, compareItems)
	rows := block{first: p.row}
	for _, i := range items {
		p.height(s.tall(i.text, spots[len(spots)-2].from, colJ))
		where := any(nil)
		if i.to != nil {
			where = fmt.Sprintf("%s, row %d", i.to.part(), i.to.row())
			p.link(colK, p.row, i.to.cell())
		}
		if alone {
			p.list(spots, i.level, i.text, where)
			continue
		}
		p.list(spots, i.level, i.agent, i.profile, s.moment(i.when, i.dated), i.text, where)
	}
	rows.last = p.row - 1
	p.colour(colB, rows, styles.formats(&tables.Column{Name: "severity"}, address(colB, rows.first)))
}

// calm is what is said when there is nothing to attend to.
func (s *summary) calm() string {
	switch {
	case s.runs != nil && s.runs.count == 0:
		return "There is no run in this report."
	case s.runs != nil:
		return "Nothing: the last run of every profile succeeded, and no error is open."
	}
	if s.findings != nil {
		return "Nothing: no rule that was applied found an error."
	}
	return "Nothing that the tables of this report could show."
}

// How many items of a sort are shown.
const (
	maxProfiles = 12
	maxOld      = 6
)

// most cuts a list of items, the worst first, and says that there are more.
func most(items []item, limit int, what string) []item {
	slices.SortStableFunc(items, compareItems)
	if len(items) <= limit {
		return items
	}
	left := len(items) - limit
	return append(items[:limit:limit], item{level: items[limit].level, text: fmt.Sprintf("And %d more %s.", left, what)})
}

func compareItems(a, b item) int {
	return slices.Index(severities, a.level) - slices.Index(severities, b.level)
}

// items collects what needs attention.
func (s *summary) items() []item {
	items := slices.Clone(s.notes)
	if d := s.documents; d != nil && d.broken > 0 {
		items = append(items, item{level: "error", to: &d.first,
			text: fmt.Sprintf("%s of %d could not be read to the end: figures here are those of what could be read.", wording.Counted(d.broken, "document"), d.count)})
	}
	if s.profiles != nil {
		items = append(items, most(s.ofProfiles(), maxProfiles, "run profiles: see sheet Durations")...)
	} else if s.runs != nil {
		var failures []item
		for _, a := range s.runs.list() {
			if a.last.outcome == "error" || a.last.outcome == "warning" {
				failures = append(failures, failed(&a.last, 0, ""))
			}
		}
		items = append(items, most(failures, maxProfiles, "agents: see sheet Runs")...)
	}
	if s.ageing != nil {
		var old []item
		for _, a := range s.ageing.list() {
			if a.days >= oldDays {
				level := "warning"
				if a.days >= veryOldDays {
					level = "error"
				}
				old = append(old, item{level: level, agent: a.agent, to: &a.at,
					text: fmt.Sprintf("%s open, the oldest for %.0f days.", wording.Counted(a.open, "error"), a.days)})
			}
		}
		items = append(items, most(old, maxOld, "agents with old errors: see sheet Ageing")...)
	}
	if f := s.findings; f != nil && f.severity["error"]+f.severity["warning"] > 0 {
		level := "warning"
		if s.runs == nil && f.severity["error"] > 0 { // the workbook is about them
			level = "error"
		}
		what := "The documents break the specification"
		if f.compared {
			what = "The runs do not add up, or break policies"
		}
		items = append(items, item{level: level, to: &f.first, text: fmt.Sprintf("%s: %s and %s, from %s.", what,
			wording.Counted(f.severity["error"], "error"), wording.Counted(f.severity["warning"], "warning"), wording.Counted(len(f.rules), "rule"))})
	}
	return append(items, s.book.limits()...)
}

// ofProfiles is what is wrong with run profiles.
func (s *summary) ofProfiles() []item {
	var items []item
	w := s.profiles
	for i := range w.list {
		x := &w.list[i]
		var last *lastRun
		if s.runs != nil {
			last = s.runs.profiles[x.key]
		}
		success := "It has never succeeded in these runs."
		if x.succeeded {
			success = fmt.Sprintf("Last success %s, %s since.", s.book.minute(x.success), wording.Counted(x.since, "run"))
		}
		days, stale := w.stale(x)
		switch {
		case x.outcome == "error" || x.outcome == "warning":
			if last == nil {
				last = &lastRun{at: x.at, agent: x.agent, profile: x.name, outcome: x.outcome, start: x.start, dated: x.started}
			}
			items = append(items, failed(last, x.since, success))
		case stale && days >= 0:
			text := fmt.Sprintf("No run for %.1f days, counted to the latest run of all.", days)
			if x.regular {
				text = fmt.Sprintf("No run for %.1f days, counted to the latest run of all; half of its runs come within %.1f hours of the one before.", days, float64(x.gap)/3_600_000)
			}
			items = append(items, item{level: "info", agent: x.agent, profile: x.name, when: x.start, dated: x.started, to: &x.at, text: text})
		}
	}
	return items
}

// failed says that the last run did not succeed.
func failed(r *lastRun, since int64, success string) item {
	text := r.result
	if r.meaning != "" {
		text += ": " + r.meaning
	}
	if text == "" {
		text = "The last run did not succeed."
	}
	if success != "" && since != 1 { // a run that failed once and succeeded before needs no more words
		text += " " + success
	}
	return item{level: r.outcome, agent: r.agent, profile: r.profile, when: r.start, dated: r.dated, to: &r.at, text: text}
}

// limits is where the workbook could not show all as it is.
func (b *workbook) limits() []item {
	var items []item
	for _, s := range b.sheets {
		if n := len(s.parts); n > 1 {
			items = append(items, item{level: "info", text: fmt.Sprintf("Sheet %s goes on in %s: a sheet holds %d rows, and there are %d.", s.title, s.parts[n-1], b.maxRows, s.rows)})
		}
	}
	if b.cuts > 0 {
		items = append(items, item{level: "info", text: fmt.Sprintf("%s longer than a cell holds (%d characters): they end in a mark. The other formats have all of them.", wording.Counted(b.cuts, "text"), maxText)})
	}
	for _, fact := range b.about {
		if fact.name == "note" {
			items = append(items, item{level: "info", text: fact.value})
		}
	}
	return items
}
