package xlsx

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
)

// daysWatch adds the days of the table of trends up over all agents: charts
// need one row a day.
type daysWatch struct {
	table   *tables.Table // of days
	from    []int         // the columns of the trend that are added up
	days    map[int64][]int64
	left    int // days for which there was no room
	period  int
	startAt int
}

// newDaysWatch returns nil for a table that has no days.
func newDaysWatch(t *tables.Table) *daysWatch {
	c := columnsOf{t}
	w := &daysWatch{days: map[int64][]int64{}, period: c.at("period"), startAt: c.at("period_start", tables.Date)}
	if w.period < 0 || w.startAt < 0 {
		return nil
	}
	w.table = &tables.Table{Name: "days", Title: "Days", Doc: "What happened on each day, to all agents together: the rows of sheet Trend added up, and days without a run between them.",
		Derived: true, Columns: []tables.Column{{Name: "day", Type: tables.Date, Doc: "The day, in the zone of the report.", Source: "trend"}}}
	for i := range t.Columns {
		if c := t.Columns[i]; c.Type == tables.Int || c.Type == tables.Duration {
			c.Doc = strings.TrimSuffix(c.Doc, ".") + ", all agents together."
			w.table.Columns = append(w.table.Columns, c)
			w.from = append(w.from, i)
		}
	}
	return w
}

func (w *daysWatch) row(row []tables.Value, _ place) {
	day, dated := given(row, w.startAt)
	if !dated || text(row, w.period) != "day" {
		return
	}
	sums := w.days[day]
	if sums == nil {
		if len(w.days) >= maxDays {
			w.left++
			return
		}
		sums = make([]int64, len(w.from))
		w.days[day] = sums
	}
	for i, column := range w.from {
		sums[i] += whole(row, column)
	}
}

// maxGap is the longest time without a run whose days are shown.
const maxGap = 62

// write writes the days to a sheet.
func (w *daysWatch) write(b *workbook) (*sheet, error) {
	if len(w.days) == 0 {
		return nil, nil
	}
	var order []int64
	for day := range w.days {
		order = append(order, day)
	}
	slices.Sort(order)
	s := b.sheet(w.table)
	row := make([]tables.Value, len(w.table.Columns))
	none := make([]int64, len(w.from))
	for i, day := range order {
		if i > 0 && day-order[i-1] <= maxGap {
			for idle := order[i-1] + 1; idle < day; idle++ {
				if err := s.write(w.fill(row, idle, none)); err != nil {
					return nil, err
				}
			}
		}
		if err := s.write(w.fill(row, day, w.days[day])); err != nil {
			return nil, err
		}
	}
	return s, nil
}

func (w *daysWatch) fill(row []tables.Value, day int64, sums []int64) []tables.Value {
	row[0] = tables.Num(day)
	for i, n := range sums {
		row[i+1] = tables.Num(n)
	}
	return row
}
