package xlsx

import (
	"github.com/xuri/excelize/v2"
)

// charts are drawn beside the lists of the Summary, from top to bottom.
type charts struct {
	page *page
	list []*excelize.Chart
}

// Sizes of a chart in pixels, of which there are 4 for 3 points.
const (
	chartWidth  = 760
	chartHeight = 300
	maxBars     = 12
)

// chart is what all charts have.
func chart(kind excelize.ChartType, title string) *excelize.Chart {
	return &excelize.Chart{
		Type:      kind,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Bold: true, Size: 12, Color: navy}}}},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Format:    excelize.GraphicOptions{Positioning: "oneCell", AltText: title, PrintObject: ptr(true), Locked: ptr(true)},
		Border:    excelize.LineOptions{Type: excelize.LineSolid, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hair}}, Width: 0.75},
		XAxis:     excelize.ChartAxis{Font: excelize.Font{Size: 9, Color: "404040"}},
		YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: excelize.Font{Size: 9, Color: "404040"}, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
	}
}

// bars adds a chart of a list: a bar for each line, the first on top.
func (c *charts) bars(title, sheet string, labels, values int, rows block, colour, format string) {
	if rows.last < rows.first {
		return
	}
	last := min(rows.last, rows.first+maxBars-1)
	to := chart(excelize.Bar, title)
	to.Legend.Position = "none"
	to.XAxis.ReverseOrder = true
	to.GapWidth = ptr(uint(45))
	to.PlotArea.ShowVal = true
	to.Series = []excelize.ChartSeries{{Name: area(sheet, values, rows.first-1, rows.first-1), Categories: area(sheet, labels, rows.first, last), Values: area(sheet, values, rows.first, last), Fill: fill(colour)}}
	to.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: format}
	to.YAxis.None = true // the values stand at the bars
	to.YAxis.Minimum = ptr(0.0)
	to.YAxis.MajorGridLines = false
	c.list = append(c.list, to)
}

// series is a column of the sheet of periods.
type series struct{ column, colour string }

// daily adds the charts of days, weeks or months, before the others.
func (s *summary) daily(c *charts) {
	if s.periods == nil || s.periods.rows < 2 { // one alone shows nothing that develops
		return
	}
	unit := s.trend.unit()
	add := func(kind excelize.ChartType, title string, list []series) *excelize.Chart {
		to := chart(kind, title)
		to.XAxis.TickLabelSkip = 1 + s.periods.rows/30
		if s.periods.rows > 12 {
			to.XAxis.Alignment.TextRotation = -90
		}
		to.GapWidth = ptr(uint(40))
		to.Overlap = ptr(100)
		sheet := s.periods.parts[0]
		for _, one := range list {
			column := s.periods.table.Column(one.column)
			if column < 0 {
				continue
			}
			at := s.periods.at(column) + 1
			to.Series = append(to.Series, excelize.ChartSeries{Name: area(sheet, at, 1, 1), Fill: fill(one.colour),
				Categories: area(sheet, 2, 2, s.periods.inPart), Values: area(sheet, at, 2, s.periods.inPart)})
		}
		return to
	}
	first := []*excelize.Chart{
		add(excelize.ColStacked, "Errors by "+unit.name, []series{{"import_errors", chart2}, {"export_errors", chart3}, {"discovery_errors", chart1},
			{"retry_errors", chart4}}),
		add(excelize.Col, "Runs by "+unit.name+", and those that failed or met errors", []series{{"runs", chart1}, {"failed_runs", chart2}}),
	}
	c.list = append(first, c.list...)
}

// write puts the charts on the page.
func (c *charts) write() {
	row := 4
	for _, one := range c.list {
		if len(one.Series) == 0 || c.page.err != nil {
			continue
		}
		c.page.check(c.page.book.file.AddChart(c.page.name, address(colCharts, row), one))
		row = c.page.below(row, chartHeight*0.75+defaultHeight)
	}
}
