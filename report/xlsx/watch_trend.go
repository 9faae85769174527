package xlsx

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// trendWatch adds the table of trends up over all agents, because charts need
// one row a day: or a week or a month, where there are so many of them that a
// chart would not show days.
type trendWatch struct {
	columns []tables.Column
	from    []int // the columns of the trend that are added up
	sums    [len(units)]map[int64][]int64

	period, begin int
}

// unit is a length of time that a chart has a column for.
type unit struct {
	name, title string
	label       string // how its first day is written below a column
	next        func(day int64) int64
}

// maxColumns is how many columns a chart has at most, if there is a greater
// unit.
const maxColumns = 62

var units = [...]unit{
	{"day", "Days", "01-02", func(day int64) int64 { return day + 1 }},
	{"week", "Weeks", time.DateOnly, func(day int64) int64 { return day + 7 }},
	{"month", "Months", "2006-01", func(day int64) int64 {
		return time.Unix(day*86400, 0).UTC().AddDate(0, 1, 0).Unix() / 86400
	}},
}

// newTrendWatch returns nil for a table that has no periods.
func newTrendWatch(t *tables.Table) *trendWatch {
	c := columnsOf{t}
	w := &trendWatch{period: c.at("period"), begin: c.at("period_start", tables.Date)}
	if w.period < 0 || w.begin < 0 {
		return nil
	}
	for i := range w.sums {
		w.sums[i] = map[int64][]int64{}
	}
	for i := range t.Columns {
		if c := t.Columns[i]; c.Type == tables.Int || c.Type == tables.Duration {
			c.Doc = strings.TrimSuffix(c.Doc, ".") + ", all agents together."
			w.columns = append(w.columns, c)
			w.from = append(w.from, i)
		}
	}
	return w
}

func (w *trendWatch) row(row []tables.Value, _ place) {
	first, dated := given(row, w.begin)
	period := slices.IndexFunc(units[:], func(u unit) bool { return u.name == text(row, w.period) })
	if !dated || period < 0 {
		return
	}
	sums := w.sums[period][first]
	if sums == nil {
		if len(w.sums[period]) >= maxDays {
			return
		}
		sums = make([]int64, len(w.from))
		w.sums[period][first] = sums
	}
	for i, column := range w.from {
		sums[i] += whole(row, column)
	}
}

// deletes are the objects that were deleted, by day.
func (w *trendWatch) deletes() []attention.Day {
	column := func(name string) int {
		return slices.IndexFunc(w.columns, func(c tables.Column) bool { return c.Name == name })
	}
	exported, staged := column("exported_deletes"), column("staged_deletes")
	var days []attention.Day
	for day, sums := range w.sums[0] {
		d := attention.Day{Day: day}
		if exported >= 0 {
			d.Exported = sums[exported]
		}
		if staged >= 0 {
			d.Staged = sums[staged]
		}
		days = append(days, d)
	}
	slices.SortFunc(days, func(a, b attention.Day) int { return cmp.Compare(a.Day, b.Day) })
	return days
}

// chosen is the smallest unit of which a chart can show all.
func (w *trendWatch) chosen() int {
	for i := range units {
		var first, last int64
		for day := range w.sums[i] {
			if first == 0 || day < first {
				first = day
			}
			last = max(last, day)
		}
		n := 0
		for day := first; day <= last && n <= maxColumns; day = units[i].next(day) {
			n++
		}
		if len(w.sums[i]) > 0 && n <= maxColumns {
			return i
		}
	}
	return len(units) - 1
}

func (w *trendWatch) unit() *unit { return &units[w.chosen()] }

// maxGap is the longest time without a run whose periods are shown.
const maxGap = 3 * maxColumns

// write writes the periods to a sheet.
func (w *trendWatch) write(b *workbook) (*sheet, error) {
	chosen, unit := w.sums[w.chosen()], w.unit()
	if len(chosen) == 0 {
		return nil, nil
	}
	t := &tables.Table{Name: strings.ToLower(unit.title), Title: unit.title, Derived: true,
		Doc: "What happened in each " + unit.name + ", to all agents together: the rows of sheet Trend added up. Charts of the Summary show it.",
		Columns: append([]tables.Column{{Name: unit.name, Type: tables.Date, Doc: "The " + unit.name + ": its first day, in the zone of the report.", Source: "trend"},
			{Name: "label", Type: tables.Word, Doc: "The same as text, for charts: they would leave room for the days between dates.", Source: "trend"}}, w.columns...)}
	var order []int64
	for day := range chosen {
		order = append(order, day)
	}
	slices.Sort(order)
	s := b.sheet(t)
	row := make([]tables.Value, len(t.Columns))
	none := make([]int64, len(w.from))
	for i, day := range order {
		if i > 0 {
			idle := unit.next(order[i-1])
			for n := 0; idle < day && n < maxGap; n++ { // so that a chart shows time without runs
				if err := s.write(unit.fill(row, idle, none)); err != nil {
					return nil, err
				}
				idle = unit.next(idle)
			}
		}
		if err := s.write(unit.fill(row, day, chosen[day])); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (u *unit) fill(row []tables.Value, day int64, sums []int64) []tables.Value {
	row[0] = tables.Num(day)
	row[1] = tables.Of(time.Unix(day*86400, 0).UTC().Format(u.label))
	for i, n := range sums {
		row[i+2] = tables.Num(n)
	}
	return row
}
