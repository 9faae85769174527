package html

import (
	"cmp"
	"math"
	"slices"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/page"
)

// durationsGrid is the table of how long runs take.
func (r *report) durationsGrid(list []*profile) *page.Grid {
	g := &page.Grid{ID: "durations-table", Caption: "How long runs take, and the time between them", Empty: "There is no run.", Shown: 40, Columns: []page.Column{
		{Name: "Agent", Kind: page.Plain, Head: true, Choice: true},
		{Name: "Run profile", Kind: page.Plain},
		{Name: "Runs", Kind: page.Count},
		{Name: "Last", Kind: page.Span, About: "How long the last run took"},
		{Name: "Median", Kind: page.Span, About: "Half of the runs took no longer"},
		{Name: "95 of 100", Kind: page.Span, About: "95 of 100 runs took no longer"},
		{Name: "Longest", Kind: page.Span},
		{Name: "Usual gap", Kind: page.Span, About: "From the beginning of a run to that of the next: half are no longer"},
		{Name: "Longest gap", Kind: page.Span},
		{Name: "It began", Kind: page.Moment, About: "When the run before the longest gap began"},
	}}
	slow := slices.Clone(list)
	slices.SortStableFunc(slow, func(a, b *profile) int { return cmp.Compare(b.median.Millis, a.median.Millis) })
	for _, p := range slow {
		last := page.None
		if p.last != nil && p.last.lasted >= 0 {
			last = page.Number(p.last.lasted)
		}
		g.Add(page.Text(p.agent), page.Text(p.name), page.Number(p.runs), last, span(p.median), span(p.p95), span(p.longest), span(p.gapMedian), span(p.gapMax),
			r.moment(p.gapAfter))
	}
	return g
}

func span(length attention.Instant) page.Value {
	if !length.Known {
		return page.None
	}
	return page.Number(length.Millis)
}

// periods of the chart of durations.
var spans = []struct {
	name string
	days int64
}{{"day", 1}, {"week", 7}, {"four weeks", 28}, {"half a year", 182}, {"two years", 730}, {"ten years", 3650}, {"century", 36500}}

// durationsChart shows how long the runs of the profiles took that take
// longest, by periods so that there is room for all.
func (r *report) durationsChart(list []*profile) *page.Chart {
	slow := slices.DeleteFunc(slices.Clone(list), func(p *profile) bool { return len(p.history) < 2 })
	slices.SortStableFunc(slow, func(a, b *profile) int {
		return cmp.Or(cmp.Compare(b.median.Millis, a.median.Millis), cmp.Compare(len(b.history), len(a.history)))
	})
	slow = slow[:min(len(slow), maxViews)]
	if len(slow) == 0 {
		return nil
	}
	first, last := int64(math.MaxInt64), int64(math.MinInt64)
	for _, p := range slow {
		first, last = min(first, r.clock.Day(p.history[0].start)), max(last, r.clock.Day(p.history[len(p.history)-1].start))
	}
	of := spans[0]
	for _, of = range spans {
		if (last-first)/of.days < maxPeriods {
			break
		}
	}
	first = max(first, last-of.days*maxPeriods)
	c := &page.Chart{ID: "durations-chart", Title: "Duration of runs by " + of.name, Kind: page.Span, ViewLabel: "Run profile",
		About:  "For each " + of.name + " the median and the longest duration of the runs of a profile. The table sums them up.",
		Groups: []page.Group{{Name: "Durations", Series: []page.Series{{Name: "Longest", Tone: "c"}, {Name: "Median", Tone: "a"}}}}}
	for day := first; day <= last; day += of.days {
		c.X = append(c.X, day*86400)
	}
	for _, p := range slow {
		c.Views = append(c.Views, page.View{Name: p.agent + " · " + p.name, Values: r.lengths(p.history, first, of.days, len(c.X))})
	}
	return c
}

// lengths are the median and the longest duration of each period.
func (r *report) lengths(runs []ran, first, days int64, periods int) [][]float64 {
	median, longest := make([]float64, periods), make([]float64, periods)
	lists := make([][]int64, periods)
	for _, run := range runs {
		at := r.clock.Day(run.start) - first
		if run.lasted >= 0 && at >= 0 && at/days < int64(periods) {
			lists[at/days] = append(lists[at/days], run.lasted)
		}
	}
	for i, list := range lists {
		median[i], longest[i] = math.NaN(), math.NaN()
		if len(list) > 0 {
			slices.Sort(list)
			median[i], longest[i] = float64(list[(len(list)-1)/2]), float64(list[len(list)-1])
		}
	}
	return [][]float64{longest, median}
}
