package xlsx

import (
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// aboutFact is a fact about how the report was made.
type aboutFact struct{ name, value string }

// aboutRows takes the table of these facts.
type aboutRows struct{ book *workbook }

// maxFacts bounds them; there are as many as flags.
const maxFacts = 1 << 10

// Row keeps a fact.
func (r *aboutRows) Row(row []tables.Value) error {
	var texts []string
	for i := range row {
		if row[i].Present() {
			texts = append(texts, strings.Clone(row[i].Text()))
		}
	}
	if len(texts) > 0 && len(r.book.about) < maxFacts {
		r.book.about = append(r.book.about, aboutFact{texts[0], strings.Join(texts[1:], " ")})
	}
	return nil
}

// reading are the hints on how to read a workbook.
var reading = []aboutFact{
	{"Links", "Blue numbers lead to the step, the run or the errors that belong to a row, also after a sheet was sorted."},
	{"Headings", "Select the head of a column to see what it is; all of them are below."},
	{"Text", "Everything that stands in a document is text here, also where it looks like a formula or a number. A text of more than 32,767 characters is cut and says so."},
	{"Numbers", "Whole numbers of more than 15 digits, and dates before March 1900, are text, because a cell would change them."},
	{"Days", fmt.Sprintf("Errors and profiles are yellow after %d days and red after %d.", yellowDays, attention.OldDays)},
	{"Attention", attention.Limits()},
}

// writeAbout writes the sheet About.
func (b *workbook) writeAbout() error {
	f := b.file
	if _, err := f.NewSheet(aboutSheet); err != nil {
		return err
	}
	p := &page{book: b, name: aboutSheet, row: 1}
	for i, w := range [...]float64{2, 22, 30, 30, 11, 11, 70, 60} {
		letter, err := excelize.ColumnNumberToName(i + 1)
		p.check(err)
		p.check(f.SetColWidth(aboutSheet, letter, letter, w))
	}
	p.check(f.SetSheetView(aboutSheet, 0, &excelize.ViewOptions{ShowGridLines: ptr(false)}))
	p.check(f.SetSheetProps(aboutSheet, &excelize.SheetPropsOptions{TabColorRGB: ptr(grey), FitToPage: ptr(true)}))
	p.check(f.SetPageLayout(aboutSheet, &excelize.PageLayoutOptions{Orientation: ptr("landscape"), FitToWidth: ptr(1), FitToHeight: ptr(0), Size: ptr(9)}))
	p.set(colB, colB, p.row, "About this workbook", b.styles.title)
	p.height(30)
	p.row++
	b.aboutReport(p)
	b.aboutSheets(p)
	b.aboutColumns(p)
	return p.err
}

// aboutReport says how the report was made, and how to read it.
func (b *workbook) aboutReport(p *page) {
	facts := b.about
	if facts == nil {
		facts = []aboutFact{{"tool", "runhist " + b.version}, {"zone", b.zone}}
	}
	p.section("How it was made")
	for _, fact := range facts {
		p.set(colB, colB, p.row, fact.name, b.styles.item)
		p.set(colC, colG, p.row, fact.value, b.styles.wrap)
		p.row++
	}
	p.section("How to read it")
	for _, fact := range reading {
		p.set(colB, colB, p.row, fact.name, b.styles.item)
		p.set(colC, colG, p.row, fact.value, b.styles.wrap)
		p.row++
	}
	if limits := b.limits(); len(limits) > 0 {
		p.section("Limits that were reached")
		for _, limit := range limits {
			p.set(colB, colG, p.row, limit.text, b.styles.wrap)
			p.height(float64(3 + 15*lines(limit.text, 150)))
			p.row++
		}
	}
}

// aboutSheets lists the sheets; tables without rows have none.
func (b *workbook) aboutSheets(p *page) {
	spots := []spot{{colB, colB, "Sheet", 0}, {colC, colC, "Table in other formats", 0}, {colD, colD, "Rows", b.styles.itemCount}, {colE, colG, "What a row is", 0}}
	p.section("Sheets")
	p.heads(spots)
	for _, s := range b.sheets {
		title := s.title
		switch n := len(s.parts); {
		case n == 0:
			title = "(no rows)"
		default:
			p.link(colB, p.row, quoted(s.parts[0])+"!A1")
			if n > 1 {
				title = fmt.Sprintf("%s to %s", s.parts[0], s.parts[n-1])
			}
		}
		p.height(float64(3 + 15*lines(s.table.Doc, 88)))
		name := s.table.Name
		if s == b.periods { // other formats have the table of trends only
			name = ""
		}
		p.list(spots, title, name, int64(s.rows), s.table.Doc)
	}
}

// aboutColumns documents the columns.
func (b *workbook) aboutColumns(p *page) {
	spots := []spot{{colB, colB, "Sheet", 0}, {colC, colC, "Column", 0}, {colD, colD, "Name in other formats", 0}, {colE, colE, "Type", 0}, {colF, colF, "Unit here", 0},
		{colG, colG, "Meaning", 0}, {colH, colH, "Source", 0}}
	p.section("Columns")
	p.heads(spots)
	for _, s := range b.sheets {
		if len(s.parts) == 0 {
			continue
		}
		for i := range s.columns {
			c := &s.columns[i]
			name, unit := c.Name, c.Unit
			if c.from < 0 {
				name = ""
			}
			if c.Type == tables.Duration {
				unit = "s"
			}
			p.height(float64(3 + 15*max(lines(c.Doc, 66), lines(c.Source, 56))))
			p.list(spots, s.title, s.heads[i], name, c.Type.String(), unit, c.Doc, c.Source)
			p.set(colG, colG, p.row-1, nil, b.styles.wrap)
			p.set(colH, colH, p.row-1, nil, b.styles.wrap)
		}
	}
}
