package html

import (
	"cmp"
	"slices"
	"strings"

	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

const (
	maxPeriods = 400     // on the page
	maxViews   = 20      // agents of whom there are charts
	maxPoints  = 1 << 17 // periods of agents that are held
)

// figures are the columns of the trend that the page shows.
var figures = []struct{ column, name string }{
	{"runs", "Runs"}, {"failed_runs", "Failed runs"},
	{"discovery_errors", "Discovery errors"}, {"import_errors", "Import errors"}, {"export_errors", "Export errors"}, {"retry_errors", "Retry errors"},
	{"staged_adds", "Staged adds"}, {"staged_updates", "Staged updates"}, {"staged_deletes", "Staged deletes"},
	{"exported_adds", "Exported adds"}, {"exported_updates", "Exported updates"}, {"exported_deletes", "Exported deletes"}, {"exported_failures", "Exports failed"},
	{"projections", "Projections"}, {"joins", "Joins"}, {"metaverse_deletes", "Metaverse deletes"},
}

// Numbers of figures that are asked for.
const (
	runsFigure = iota
	failedFigure
	firstError
	_
	_
	lastError
	_
	_
	stagedDeletes
	_
	_
	exportedDeletes
)

// trendWatch keeps the periods of the agents.
type trendWatch struct {
	periods map[string]map[int64]*sums // by the unit: all agents together, by the first day
	agents  map[string]*agentTrend
	held    int
	left    int

	agent   agentColumns
	period  textAt
	from    numberAt
	figures []numberAt
}

type sums [16]int64

// agentTrend is the periods of an agent.
type agentTrend struct {
	name    string
	runs    int64
	order   int
	periods map[string]map[int64]*sums
}

func newTrend(c columns) *trendWatch {
	w := &trendWatch{periods: map[string]map[int64]*sums{}, agents: map[string]*agentTrend{}, agent: c.agent(), period: c.text("period"), from: c.number("period_start")}
	for _, f := range figures {
		w.figures = append(w.figures, c.number(f.column))
	}
	return w
}

func (w *trendWatch) row(row []tables.Value) {
	from, dated := w.from.of(row)
	unit := w.period.of(row)
	if !dated || unit != "day" && unit != "week" && unit != "month" {
		return
	}
	var s sums
	for i, at := range w.figures {
		s[i] = at.count(row)
	}
	add(w.periods, unit, from, &s)
	key := w.agent.key(row)
	a := w.agents[key]
	if w.held >= maxPoints || a == nil && len(w.agents) >= maxProfiles {
		w.left++
		return
	}
	w.held++
	if a == nil {
		a = &agentTrend{order: len(w.agents), name: w.agent.call(row), periods: map[string]map[int64]*sums{}}
		w.agents[strings.Clone(key)] = a
	}
	if unit == "month" {
		a.runs += s[runsFigure]
	}
	add(a.periods, unit, from, &s)
}

func add(to map[string]map[int64]*sums, unit string, from int64, s *sums) {
	byTime := to[unit]
	if byTime == nil {
		byTime = map[int64]*sums{}
		to[strings.Clone(unit)] = byTime
	}
	all := byTime[from]
	if all == nil {
		all = &sums{}
		byTime[from] = all
	}
	for i := range s {
		all[i] += s[i]
	}
}

// unit is the finest that the page has room for.
func (w *trendWatch) unit() string {
	for _, unit := range []string{"day", "week"} {
		if n := len(w.periods[unit]); n <= maxPeriods {
			return unit
		}
	}
	return "month"
}

// axis are the first days of the periods, the latest that there is room for;
// days without a run stand between, unless they are many.
func (w *trendWatch) axis(unit string) []int64 {
	var days []int64
	for day := range w.periods[unit] {
		days = append(days, day)
	}
	slices.Sort(days)
	days = days[max(0, len(days)-maxPeriods):]
	step := map[string]int64{"day": 1, "week": 7}[unit]
	if n := len(days); n == 0 || step == 0 || (days[n-1]-days[0])/step >= maxPeriods {
		return days
	}
	var all []int64
	for day := days[0]; day <= days[len(days)-1]; day += step {
		all = append(all, day)
	}
	return all
}

// busiest are the agents with the most runs.
func (w *trendWatch) busiest() []*agentTrend {
	var list []*agentTrend
	for _, a := range w.agents {
		list = append(list, a)
	}
	slices.SortFunc(list, func(a, b *agentTrend) int {
		return cmp.Or(cmp.Compare(b.runs, a.runs), cmp.Compare(a.order, b.order))
	})
	list = list[:min(len(list), maxViews)]
	slices.SortFunc(list, func(a, b *agentTrend) int {
		return cmp.Or(strings.Compare(a.name, b.name), cmp.Compare(a.order, b.order))
	})
	return list
}

// chart is the chart of the figures.
func (w *trendWatch) chart() *page.Chart {
	unit := w.unit()
	axis := w.axis(unit)
	c := &page.Chart{ID: "trend-chart", Title: "Figures by " + unit, Kind: page.Count, Bars: true, ViewLabel: "Agent",
		About: "A bar for each " + unit + ": runs that succeeded or met warnings, and runs that failed. The table has the figures.",
		Groups: []page.Group{
			{Name: "Runs", Series: []page.Series{{Name: "Failed", Tone: "error"}, {Name: "Other runs", Tone: "success"}}},
			{Name: "Errors", Series: []page.Series{{Name: "Discovery", Tone: "a"}, {Name: "Import", Tone: "b"}, {Name: "Export", Tone: "c"}, {Name: "Retry", Tone: "d"}}},
			{Name: "Staged changes", Series: []page.Series{{Name: "Deletes", Tone: "c"}, {Name: "Adds", Tone: "d"}, {Name: "Updates", Tone: "a"}}},
			{Name: "Exported changes", Series: []page.Series{{Name: "Failed", Tone: "error"}, {Name: "Deletes", Tone: "c"}, {Name: "Adds", Tone: "d"}, {Name: "Updates", Tone: "a"}}},
			{Name: "Metaverse", Series: []page.Series{{Name: "Deletes", Tone: "c"}, {Name: "Projections", Tone: "d"}, {Name: "Joins", Tone: "a"}}},
		}}
	for _, day := range axis {
		c.X = append(c.X, day*86400)
	}
	c.Views = append(c.Views, page.View{Name: "All agents", Values: series(w.periods[unit], axis)})
	if list := w.busiest(); len(list) > 1 {
		for _, a := range list {
			c.Views = append(c.Views, page.View{Name: a.name, Values: series(a.periods[unit], axis)})
		}
	}
	return c
}

// series are the figures in the order of the groups of the chart.
func series(byTime map[int64]*sums, axis []int64) [][]float64 {
	order := []int{failedFigure, runsFigure, 2, 3, 4, 5, 8, 6, 7, 12, 11, 9, 10, 15, 13, 14}
	all := make([][]float64, len(order))
	for i, figure := range order {
		list := make([]float64, len(axis))
		for at, day := range axis {
			if s := byTime[day]; s != nil {
				list[at] = float64(s[figure])
				if figure == runsFigure { // the failed ones stand below them
					list[at] -= float64(s[failedFigure])
				}
			}
		}
		all[i] = list
	}
	return all
}

// trendGrid is the table of figures of all agents together, the latest first.
func (r *report) trendGrid() *page.Grid {
	w := r.trend
	unit := w.unit()
	g := &page.Grid{ID: "trend-table", Caption: "Figures of all agents by " + unit + ", the latest first", Empty: "No run has a date.", Shown: 31,
		Columns: []page.Column{{Name: "From", Kind: page.Date, Head: true}}}
	for _, f := range figures {
		g.Columns = append(g.Columns, page.Column{Name: f.name, Kind: page.Count})
	}
	var days []int64
	for day := range w.periods[unit] {
		days = append(days, day)
	}
	slices.Sort(days)
	slices.Reverse(days)
	g.Left = max(0, len(days)-maxPeriods)
	for _, day := range days[:min(len(days), maxPeriods)] {
		row := []page.Value{page.Number(day * dayMillis)}
		for _, n := range w.periods[unit][day] {
			row = append(row, count(n))
		}
		g.Add(row...)
	}
	return g.Used()
}
