package xlsx

import (
	"github.com/xuri/excelize/v2"
)

// charts are drawn beside the lists of the Summary, from top to bottom.
type charts struct {
	page *page
	list []*excelize.Chart
}

// Sizes in pixels of a chart, and the rows of the Summary that it covers.
const (
	chartWidth  = 760
	chartHeight = 300
	chartRows   = 17
	maxBars     = 12
)

// chart is what all charts have.
func chart(kind excelize.ChartType, title string) *excelize.Chart {
	return &excelize.Chart{
		Type:      kind,
		Title:     excelize.ChartTitle{Paragraph: []excelize.RichTextRun{{Text: title, Font: &excelize.Font{Bold: true, Size: 12, Color: navy}}}},
		Dimension: excelize.ChartDimension{Width: chartWidth, Height: chartHeight},
		Legend:    excelize.ChartLegend{Position: "bottom"},
		Format:    excelize.GraphicOptions{AltText: title, PrintObject: ptr(true), Locked: ptr(true)},
		Border:    excelize.LineOptions{Type: excelize.LineSolid, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{hair}}, Width: 0.75},
		XAxis:     excelize.ChartAxis{Font: excelize.Font{Size: 9, Color: "404040"}},
		YAxis:     excelize.ChartAxis{MajorGridLines: true, Font: excelize.Font{Size: 9, Color: "404040"}, NumFmt: excelize.ChartNumFmt{CustomNumFmt: "#,##0"}},
	}
}

// bars adds a chart of a list: a bar for each line, the first on top.
func (c *charts) bars(title, name, sheet string, labels, values int, rows block, colour string) {
	if rows.last < rows.first {
		return
	}
	last := min(rows.last, rows.first+maxBars-1)
	to := chart(excelize.Bar, title)
	to.Legend.Position = "none"
	to.XAxis.ReverseOrder = true
	to.GapWidth = ptr(uint(45))
	to.PlotArea.ShowVal = true
	to.Series = []excelize.ChartSeries{{Name: name, Categories: area(sheet, labels, rows.first, last), Values: area(sheet, values, rows.first, last), Fill: fill(colour)}}
	if name == "Hours" {
		to.PlotArea.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "#,##0.0"}
	}
	c.list = append(c.list, to)
}

// series is a column of the sheet of days.
type series struct{ column, name, colour string }

// daily adds the charts of the sheet of days, before the others.
func (s *summary) daily(c *charts) {
	if s.days == nil || len(s.days.parts) == 0 || s.days.rows < 2 { // a day alone shows nothing that develops
		return
	}
	add := func(kind excelize.ChartType, title string, list []series) *excelize.Chart {
		to := chart(kind, title)
		to.XAxis.NumFmt = excelize.ChartNumFmt{CustomNumFmt: "yyyy-mm-dd"}
		to.XAxis.TickLabelSkip = max(1, s.days.rows/12)
		to.GapWidth = ptr(uint(40))
		to.Overlap = ptr(100)
		for _, one := range list {
			at := s.days.at(s.days.table.Column(one.column))
			if s.days.table.Column(one.column) < 0 || at < 0 {
				continue
			}
			to.Series = append(to.Series, excelize.ChartSeries{Name: one.name, Fill: fill(one.colour),
				Categories: area(s.days.parts[0], 1, 2, s.days.inPart), Values: area(s.days.parts[0], at+1, 2, s.days.inPart)})
		}
		return to
	}
	first := []*excelize.Chart{
		add(excelize.ColStacked, "Errors by day", []series{{"import_errors", "Import", chart2}, {"export_errors", "Export", chart3},
			{"discovery_errors", "Discovery", chart1}, {"retry_errors", "Metaverse retries", chart4}}),
		add(excelize.Col, "Runs by day, and those that failed or met errors", []series{{"runs", "Runs", chart1}, {"failed_runs", "Failed", chart2}}),
	}
	c.list = append(first, c.list...)
}

// write puts the charts on the page.
func (c *charts) write() {
	for i, one := range c.list {
		if len(one.Series) > 0 && c.page.err == nil {
			c.page.check(c.page.book.file.AddChart(c.page.name, address(colCharts, 4+i*chartRows), one))
		}
	}
}
