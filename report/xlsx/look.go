package xlsx

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// Colours, as RRGGBB: those that spreadsheets use for good, neutral and bad.
const (
	navy   = "1F3864"
	white  = "FFFFFF"
	grey   = "7F7F7F"
	pale   = "F2F2F2"
	hair   = "D9D9D9"
	blue   = "0563C1"
	red    = "9C0006"
	redBg  = "FFC7CE"
	amber  = "7F6000"
	ambBg  = "FFEB9C"
	green  = "006100"
	steel  = "1F4E78"
	stlBg  = "DDEBF7"
	barBg  = "9DC3E6"
	chart1 = "4472C4"
	chart2 = "C00000"
	chart3 = "ED7D31"
	chart4 = "7F7F7F"
	chart5 = "70AD47"
)

// styles are the numbers of the styles of cells and of conditional formats.
type styles struct {
	head, text, count, plain, decimal, time, date, flag, link  int
	textLink, headText, headNumber                             int
	title, subtitle, section, label, figure, bad               int
	item, wrap, itemLink, itemCount, itemDecimal, itemTime     int
	isError, isWarning, isSuccess, isRunning, isBad, isNothing int
}

func ptr[T any](v T) *T { return &v }

// font is the font of the workbook, in another weight, size or colour.
func font(colour string, size float64, bold bool) *excelize.Font {
	return &excelize.Font{Family: "Calibri", Color: colour, Size: size, Bold: bold}
}

func fill(colour string) excelize.Fill {
	return excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{colour}}
}

// newStyles registers the styles.
func newStyles(f *excelize.File) (s styles, err error) {
	const textFormat = 49 // @: stays text when it is edited
	format := func(code string) *excelize.Style { return &excelize.Style{CustomNumFmt: &code} }
	tile := &excelize.Alignment{Horizontal: "left", Indent: 1}
	links := font(blue, 11, false)
	links.Underline = "single"
	// Cells of lists have a line below them, and their text in the middle.
	listed := func(style *excelize.Style) *excelize.Style {
		style.Border = []excelize.Border{{Type: "bottom", Color: hair, Style: 1}}
		if style.Alignment == nil {
			style.Alignment = &excelize.Alignment{}
		} else {
			style.Alignment.Horizontal, style.Alignment.Indent = "left", 1
		}
		style.Alignment.Vertical = "center"
		return style
	}
	for _, one := range []struct {
		to    *int
		style *excelize.Style
	}{
		{&s.head, &excelize.Style{Fill: fill(navy), Font: font(white, 11, true), Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}}},
		{&s.headText, &excelize.Style{Fill: fill(navy), Font: font(white, 11, true), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "left", Indent: 1}}},
		{&s.headNumber, &excelize.Style{Fill: fill(navy), Font: font(white, 11, true), Alignment: &excelize.Alignment{Vertical: "center", Horizontal: "right"}}},
		{&s.text, &excelize.Style{NumFmt: textFormat, Alignment: tile}},
		{&s.count, format("#,##0")},
		{&s.plain, format("0")},
		{&s.decimal, format("#,##0.0")},
		{&s.time, format("yyyy-mm-dd hh:mm:ss")},
		{&s.date, format("yyyy-mm-dd")},
		{&s.flag, &excelize.Style{Alignment: &excelize.Alignment{Horizontal: "left"}}},
		{&s.link, &excelize.Style{CustomNumFmt: ptr("#,##0"), Font: links}},
		{&s.textLink, &excelize.Style{NumFmt: textFormat, Font: links, Alignment: tile}},
		{&s.title, &excelize.Style{Font: font(navy, 20, true)}},
		{&s.subtitle, &excelize.Style{Font: font(grey, 11, false)}},
		{&s.section, &excelize.Style{Font: font(navy, 13, true)}},
		{&s.label, &excelize.Style{Font: font(grey, 10, false), Fill: fill(pale), Alignment: tile}},
		{&s.figure, &excelize.Style{CustomNumFmt: ptr("#,##0"), Font: font(navy, 18, true), Fill: fill(pale), Alignment: tile}},
		{&s.bad, &excelize.Style{CustomNumFmt: ptr("#,##0"), Font: font(red, 18, true), Fill: fill(pale), Alignment: tile}},
		{&s.item, listed(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{}})},
		{&s.wrap, listed(&excelize.Style{NumFmt: textFormat, Alignment: &excelize.Alignment{WrapText: true}})},
		{&s.itemLink, listed(&excelize.Style{NumFmt: textFormat, Font: links, Alignment: &excelize.Alignment{}})},
		{&s.itemCount, listed(format("#,##0"))},
		{&s.itemDecimal, listed(format("#,##0.0"))},
		{&s.itemTime, listed(&excelize.Style{CustomNumFmt: ptr("yyyy-mm-dd hh:mm"), Alignment: &excelize.Alignment{}})},
	} {
		if *one.to, err = f.NewStyle(one.style); err != nil {
			return s, fmt.Errorf("workbook: make a style: %w", err)
		}
	}
	for _, one := range []struct {
		to         *int
		ink, under string
		bold       bool
	}{
		{&s.isError, red, redBg, false}, {&s.isWarning, amber, ambBg, false}, {&s.isSuccess, green, "", false},
		{&s.isRunning, steel, stlBg, false}, {&s.isBad, red, "", true}, {&s.isNothing, "A6A6A6", "", false},
	} {
		style := &excelize.Style{Font: &excelize.Font{Color: one.ink, Bold: one.bold}} // the rest is that of the cell
		if one.under != "" {
			style.Fill = fill(one.under)
		}
		if *one.to, err = f.NewConditionalStyle(style); err != nil {
			return s, fmt.Errorf("workbook: make a conditional format: %w", err)
		}
	}
	return s, nil
}

// of is the style of a column.
func (s *styles) of(c *tables.Column) int {
	switch c.Type {
	case tables.Int:
		if c.Unit == "" { // a number that names something: a run, a line
			return s.plain
		}
		return s.count
	case tables.Float, tables.Duration:
		return s.decimal
	case tables.Time:
		return s.time
	case tables.Date:
		return s.date
	case tables.Bool:
		return s.flag
	}
	return s.text
}

// yellowDays is after how many days an error or a profile is yellow; it is red
// when it is so old that it is grave.
const yellowDays = 7

// formats are the conditional formats of a column whose cells are in area and
// whose first cell is cell, both as "H2" and "H2:H99".
func (s *styles) formats(c *tables.Column, cell string) []excelize.ConditionalFormatOptions {
	absolute := "$" + strings.TrimRight(cell, "0123456789") + strings.TrimLeft(cell, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
	when := func(formula string, style *int) excelize.ConditionalFormatOptions {
		return excelize.ConditionalFormatOptions{Type: "formula", Criteria: fmt.Sprintf(formula, absolute), Format: style}
	}
	graded := func() []excelize.ConditionalFormatOptions {
		return []excelize.ConditionalFormatOptions{when(`%s="error"`, &s.isError), when(`%s="warning"`, &s.isWarning),
			when(`%s="success"`, &s.isSuccess), when(`OR(%[1]s="running",%[1]s="info")`, &s.isRunning)}
	}
	switch {
	case c.Name == "outcome", c.Name == "last_outcome", c.Name == "severity":
		return graded()
	case c.Name == "status":
		return []excelize.ConditionalFormatOptions{
			when(`OR(%[1]s="failed",%[1]s="crashed",%[1]s="not-well-formed",%[1]s="unreadable")`, &s.isError),
			when(`OR(%[1]s="incomplete",%[1]s="not-evaluated")`, &s.isWarning),
			when(`%s="passed"`, &s.isSuccess), when(`%s="not-applicable"`, &s.isNothing)}
	case c.Name == "complete":
		return []excelize.ConditionalFormatOptions{when(`%[1]s=FALSE`, &s.isWarning)}
	case c.Type == tables.Float && c.Unit == "days":
		since := func(days int) string { return "AND(ISNUMBER(%[1]s),%[1]s>=" + strconv.Itoa(days) + ")" }
		return []excelize.ConditionalFormatOptions{when(since(attention.OldDays), &s.isError), when(since(yellowDays), &s.isWarning)}
	case c.Type == tables.Duration && !strings.HasPrefix(c.Name, "gap_"):
		return []excelize.ConditionalFormatOptions{{Type: "data_bar", Criteria: "=", MinType: "num", MinValue: "0", MaxType: "max", BarColor: "#" + barBg}}
	case c.Type == tables.Int && isFailure(c):
		return []excelize.ConditionalFormatOptions{when(`AND(ISNUMBER(%[1]s),%[1]s>0)`, &s.isBad), when(`%s=0`, &s.isNothing)}
	case c.Type == tables.Int && c.Unit == "objects":
		return []excelize.ConditionalFormatOptions{when(`%s=0`, &s.isNothing)}
	}
	return nil
}

// isFailure tells whether a number above 0 is bad news.
func isFailure(c *tables.Column) bool {
	return c.Unit == "errors" && c.Name != "cleared" && c.Name != "new" || strings.Contains(c.Name, "fail") && c.Unit != ""
}

// followed is the column by which another one is coloured too: a result has the
// colour of its outcome.
func followed(t *tables.Table, c *tables.Column) int {
	switch c.Name {
	case "result":
		return t.Column("outcome")
	case "rule":
		return t.Column("severity")
	}
	return -1
}
