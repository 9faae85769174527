package html

import (
	"strconv"
	"strings"

	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

// otherWatch shows a table as it is: its first rows, columns without a value
// left out.
type otherWatch struct {
	table *tables.Table
	clock *tables.Clock
	grid  *page.Grid
}

// kinds are how types of columns are shown.
var kinds = [...]page.Kind{tables.Text: page.Long, tables.Word: page.Plain, tables.GUID: page.Code, tables.Int: page.Count, tables.Float: page.Real,
	tables.Bool: page.Plain, tables.Time: page.Moment, tables.Duration: page.Span, tables.Date: page.Date}

func newOther(t *tables.Table, clock *tables.Clock) *otherWatch {
	g := &page.Grid{ID: id(t.Name), Caption: t.Title, Lead: t.Doc, Empty: "There is none.", Shown: 40}
	for i := range t.Columns {
		c := &t.Columns[i]
		kind := kinds[c.Type]
		if c.Type == tables.Int && c.Unit == "" {
			kind = page.Order
		}
		g.Columns = append(g.Columns, page.Column{Name: heading(c.Name), Kind: kind, About: c.Doc, Head: i == 0 && c.Type.Textual(),
			Choice: c.Type == tables.Word && strings.HasSuffix(c.Name, "ma_name")})
	}
	return &otherWatch{table: t, clock: clock, grid: g}
}

// id makes the id of an element from the name of a table.
func id(name string) string {
	return strings.Map(func(c rune) rune {
		if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
			return c
		}
		return '-'
	}, name) + "-table"
}

// heading makes the name of a column for people: source_ma_name is Source
// agent.
func heading(name string) string {
	name = strings.TrimSuffix(strings.ReplaceAll(strings.ReplaceAll(name, "ma_name", "agent"), "ma_id", "agent GUID"), "_ms")
	name = strings.ReplaceAll(name, "_", " ")
	if name == "" {
		return name
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

func (w *otherWatch) row(row []tables.Value) {
	if len(w.grid.Rows) >= maxRows {
		w.grid.Left++
		return
	}
	cells := make([]page.Value, len(row))
	for i := range row {
		if v := &row[i]; v.Present() {
			cells[i] = w.cell(w.table.Columns[i].Type, v)
		}
	}
	w.grid.Add(cells...)
}

func (w *otherWatch) cell(kind tables.Type, v *tables.Value) page.Value {
	switch kind {
	case tables.Int, tables.Duration:
		return page.Number(v.Int())
	case tables.Float:
		return page.Number(v.Float())
	case tables.Bool:
		return page.Text(map[bool]string{true: "yes", false: "no"}[v.Bool()])
	case tables.Time:
		return page.Number(w.clock.Local(v.Int()))
	case tables.Date:
		return page.Number(v.Int() * dayMillis)
	}
	text := v.Text()
	if kind == tables.Text {
		return page.Text(strings.Clone(strings.ToValidUTF8(text[:min(len(text), 1000)], "\uFFFD")))
	}
	return page.Text(strings.Clone(page.Line(text, 300)))
}

// place is where something stands in a document.
func place(file string, line, column int64) string {
	return file + ":" + strconv.FormatInt(line, 10) + ":" + strconv.FormatInt(column, 10)
}
