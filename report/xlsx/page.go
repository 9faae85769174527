package xlsx

import (
	"fmt"

	"github.com/xuri/excelize/v2"
)

// page writes a sheet that is laid out by hand, from top to bottom. After the
// first error it writes nothing.
type page struct {
	book *workbook
	name string
	row  int             // the next one
	tall map[int]float64 // heights of rows in points, where they were set
	err  error
}

// spot is a column of a list on a page: where it begins and ends, and its head.
type spot struct {
	from, to int // columns, from 1 on
	head     string
	style    int // of its cells, 0 for text
}

// block is where the rows of a list are, for charts and colours.
type block struct{ first, last int }

func (p *page) check(err error) {
	if p.err == nil && err != nil {
		p.err = err
	}
}

// defaultHeight is that of rows whose height was not set, in points.
const defaultHeight = 15

// below is the first row that begins at least so many points below the top of a
// row.
func (p *page) below(row int, points float64) int {
	for ; points > 0; row++ {
		if height, set := p.tall[row]; set {
			points -= height
		} else {
			points -= defaultHeight
		}
	}
	return row
}

// set writes a value, in a cell or in several that become one.
func (p *page) set(from, to, row int, value any, style int) {
	if p.err != nil {
		return
	}
	f, cell, end := p.book.file, address(from, row), address(to, row)
	switch v := value.(type) {
	case nil:
	case string:
		short, _ := cut(v)
		p.check(f.SetCellStr(p.name, cell, short))
	default:
		p.check(f.SetCellValue(p.name, cell, v))
	}
	if to > from {
		p.check(f.MergeCell(p.name, cell, end))
	}
	if style > 0 {
		p.check(f.SetCellStyle(p.name, cell, end, style))
	}
}

// link makes a cell lead to a place in the workbook.
func (p *page) link(column, row int, to string) {
	if p.err == nil && to != "" {
		p.check(p.book.file.SetCellHyperLink(p.name, address(column, row), to, "Location"))
	}
}

// section writes a heading.
func (p *page) section(title string) {
	p.row++
	p.set(2, 2, p.row, title, p.book.styles.section)
	p.height(22)
	p.row++
}

// height sets the height of the row, in points.
func (p *page) height(points float64) {
	if p.tall == nil {
		p.tall = map[int]float64{}
	}
	p.tall[p.row] = min(max(points, defaultHeight), excelize.MaxRowHeight)
	if p.err == nil {
		p.check(p.book.file.SetRowHeight(p.name, p.row, p.tall[p.row]))
	}
}

// heads writes the heads of a list.
func (p *page) heads(spots []spot) {
	for _, s := range spots {
		style := p.book.styles.headText
		if s.style == p.book.styles.itemCount || s.style == p.book.styles.itemDecimal {
			style = p.book.styles.headNumber // above its numbers
		}
		p.set(s.from, s.to, p.row, s.head, style)
	}
	p.height(21)
	p.row++
}

// list writes a line of a list.
func (p *page) list(spots []spot, values ...any) {
	for i, s := range spots {
		style := s.style
		_, isText := values[i].(string)
		if style == 0 || isText && style != p.book.styles.itemLink {
			style = p.book.styles.item
			if s.to > s.from || s.style == p.book.styles.wrap {
				style = p.book.styles.wrap
			}
		}
		p.set(s.from, s.to, p.row, values[i], style)
	}
	p.row++
}

// colour gives cells of a column the colours of outcomes and severities.
func (p *page) colour(column int, b block, formats []excelize.ConditionalFormatOptions) {
	if p.err == nil && b.last >= b.first {
		p.check(p.book.file.SetConditionalFormat(p.name, address(column, b.first)+":"+address(column, b.last), formats))
	}
}

// area is a range of cells of a column, for charts.
func area(sheet string, column, first, last int) string {
	letter, err := excelize.ColumnNumberToName(column)
	if err != nil {
		letter = "A"
	}
	if first == last {
		return fmt.Sprintf("%s!$%s$%d", quoted(sheet), letter, first)
	}
	return fmt.Sprintf("%s!$%s$%d:$%s$%d", quoted(sheet), letter, first, letter, last)
}
