package xlsx

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/schemas/wording"
)

// summary makes the sheet Summary: what needs attention first, then agents, the
// newest errors and so on, with charts beside them. Each part of it is there
// when the tables are that it is counted from.
type summary struct {
	book      *workbook
	title     string
	runs      *runsWatch
	steps     *sheet
	servers   *serversWatch
	errors    *errorsWatch
	profiles  *profilesWatch
	ageing    *ageingWatch
	trend     *trendWatch
	documents *documentsWatch
	findings  *findingsWatch
	periods   *sheet // days, weeks or months
	// What the caller knows; else it is counted.
	figures []figure
	about   string // below the title
	notes   []item
}

// figure is a number that stands out.
type figure struct {
	label string
	value any
	bad   bool
}

func newSummary(b *workbook, title string) *summary { return &summary{book: b, title: title} }

// watch returns what the Summary counts of a table, nil if it is nothing.
func (s *summary) watch(sheet *sheet) watch {
	t := sheet.table
	switch t.Name {
	case "runs":
		s.runs = newRunsWatch(t)
		return s.runs
	case "steps":
		s.steps, s.servers = sheet, newServersWatch(t)
		return s.servers
	case "errors":
		s.errors = newErrorsWatch(t)
		return s.errors
	case "durations":
		s.profiles = newProfilesWatch(t)
		return s.profiles
	case "ageing":
		s.ageing = newAgeingWatch(t)
		return s.ageing
	case "trend":
		if s.trend = newTrendWatch(t); s.trend != nil {
			return s.trend
		}
	case "documents":
		s.documents = newDocumentsWatch(t)
		return s.documents
	case "findings":
		s.findings = newFindingsWatch(t)
		return s.findings
	}
	return nil
}

// derive adds the sheets that are counted from others.
func (s *summary) derive() (err error) {
	if s.trend != nil {
		s.periods, err = s.trend.write(s.book)
		s.book.periods = s.periods
	}
	return err
}

// Widths of the columns of the Summary; every list keeps to them. Column A is a
// margin, L keeps charts apart.
var summaryWidths = [...]float64{2, 11, 27, 40, 20, 11, 11, 11, 11, 21, 46, 2}

// Columns of the Summary, from 1 on.
const (
	colB = 2 + iota
	colC
	colD
	colE
	colF
	colG
	colH
	colI
	colJ
	colK
	_
	colCharts
)

// write writes the sheet.
func (s *summary) write() error {
	b := s.book
	p := &page{book: b, name: summarySheet, row: 1}
	for i, w := range summaryWidths {
		letter, err := excelize.ColumnNumberToName(i + 1)
		p.check(err)
		p.check(b.file.SetColWidth(summarySheet, letter, letter, w))
	}
	p.check(b.file.SetSheetView(summarySheet, 0, &excelize.ViewOptions{ShowGridLines: ptr(false), ZoomScale: ptr(90.0)}))
	p.check(b.file.SetSheetProps(summarySheet, &excelize.SheetPropsOptions{TabColorRGB: ptr(navy), FitToPage: ptr(true)}))
	p.check(b.file.SetPageLayout(summarySheet, &excelize.PageLayoutOptions{Orientation: ptr("landscape"), FitToWidth: ptr(1), FitToHeight: ptr(0), Size: ptr(9)}))
	p.set(colB, colB, p.row, s.title, b.styles.title)
	p.height(30)
	p.row++
	p.set(colB, colB, p.row, s.subtitle(), b.styles.subtitle)
	p.row += 2
	s.writeFigures(p)
	s.attention(p)
	charts := &charts{page: p}
	s.writeAgents(p, charts)
	s.writeNewest(p)
	s.writeTypes(p, charts)
	s.writeStale(p)
	s.writeFindings(p, charts)
	s.daily(charts)
	charts.write()
	return p.err
}

// subtitle says what the report is about.
func (s *summary) subtitle() string {
	if s.about != "" {
		return s.about
	}
	text := ""
	if r := s.runs; r != nil && r.count > 0 {
		text = fmt.Sprintf("%s of %s", wording.Counted(r.count, "run"), wording.Counted(len(r.agents), "management agent"))
		if r.dated {
			text += fmt.Sprintf(", begun %s to %s %s", s.book.minute(r.first), s.book.minute(r.last), s.book.zone)
		}
		text += ". "
	}
	return text + "What the sheets and their columns are, and how this was made: sheet About."
}

// minute is a time for people, without its seconds.
func (b *workbook) minute(millis int64) string {
	return string(b.clock.Append(nil, millis, ' ')[:len("2026-03-01 06:00")])
}

// writeFigures writes the numbers that stand out.
func (s *summary) writeFigures(p *page) {
	list := s.figures
	if list == nil {
		list = s.counted()
	}
	spots := [][2]int{{colB, colC}, {colD, colD}, {colE, colE}, {colF, colG}, {colH, colI}, {colJ, colJ}, {colK, colK}}
	for len(list) > 0 {
		now := list[:min(len(list), len(spots))]
		list = list[len(now):]
		for i, f := range now {
			p.set(spots[i][0], spots[i][1], p.row, f.label, s.book.styles.label)
			style := s.book.styles.figure
			if f.bad {
				style = s.book.styles.bad
			}
			p.set(spots[i][0], spots[i][1], p.row+1, f.value, style)
		}
		p.row++
		p.height(28)
		p.row += 2
	}
}

func (s *summary) counted() []figure {
	var list []figure
	add := func(label string, n int64, bad bool) { list = append(list, figure{label, n, bad && n > 0}) }
	if s.runs != nil {
		add("Runs", s.runs.count, false)
		add("Runs that failed or met errors", s.runs.failed, true)
	}
	if s.steps != nil {
		add("Steps", int64(s.steps.rows), false)
	}
	if s.errors != nil {
		add("Errors in all runs", s.errors.count, true)
	}
	if s.ageing != nil {
		add("Open errors, each once", s.ageing.fresh+s.ageing.persistent, true)
		add("Errors that cleared", s.ageing.cleared, false)
	}
	if s.documents != nil {
		if s.documents.broken > 0 {
			add("Documents not read to their end", s.documents.broken, true)
		} else {
			add("Documents", s.documents.count, false)
		}
	}
	return list
}

// writeAgents lists the agents.
func (s *summary) writeAgents(p *page, c *charts) {
	if s.runs == nil || len(s.runs.agents) == 0 {
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "Last run", 0}, {colC, colC, "Agent", 0}, {colD, colD, "Run profile", styles.itemLink}, {colE, colE, "Begun", styles.itemTime},
		{colF, colF, "Runs", styles.itemCount}, {colG, colG, "Failed", styles.itemCount}, {colH, colH, "Errors", styles.itemCount}, {colI, colI, "Hours", styles.itemDecimal},
		{colJ, colK, "Result of the last run", 0}}
	p.section("Management agents")
	p.heads(spots)
	rows := block{first: p.row}
	all := s.runs.list()
	for _, a := range all[:min(len(all), maxAgentLines)] {
		p.link(colD, p.row, a.last.at.cell())
		result := a.last.Result
		if a.last.Meaning != "" && result != "success" {
			result += ": " + a.last.Meaning
		}
		p.height(s.tall(result, colJ, colK))
		p.list(spots, a.last.Outcome, a.name, a.last.profile, s.moment(a.last.Start), a.runs, a.failed, a.errors,
			float64(a.millis)/(60*60*1000), result)
	}
	rows.last = p.row - 1
	p.more(len(all), maxAgentLines, "agents", "Runs")
	p.colour(colB, rows, styles.formats(&tables.Column{Name: "outcome"}, address(colB, rows.first)))
	p.colour(colG, rows, styles.formats(&tables.Column{Name: "failed", Type: tables.Int, Unit: "runs"}, address(colG, rows.first)))
	p.colour(colH, rows, styles.formats(&tables.Column{Name: "errors", Type: tables.Int, Unit: "errors"}, address(colH, rows.first)))
	c.bars("Hours of runs, by agent", summarySheet, colC, colI, rows, chart1, "#,##0.0")
}

const (
	maxAgentLines = 30
	maxTypeLines  = 15
	maxStaleLines = 20
)

// more says that a list is longer.
func (p *page) more(all, shown int, what, where string) {
	if all > shown {
		p.set(colB, colB, p.row, fmt.Sprintf("and %d more %s: see sheet %s", all-shown, what, where), p.book.styles.subtitle)
		p.row++
	}
}

// tall is the height of a row whose text is wrapped in columns that became one.
func (s *summary) tall(text string, from, to int) float64 {
	width := 0.0
	for i := from; i <= to; i++ {
		width += summaryWidths[i-1]
	}
	return float64(3 + 15*lines(text, int(width*1.05)))
}

// moment is a point in time as a cell has it; nil where there is none.
func (s *summary) moment(t attention.Instant) any {
	if !t.Known {
		return nil
	}
	v := tables.Num(t.Millis)
	at, _ := s.book.value(tables.Time, &v)
	return at
}

// writeNewest lists the newest error of each agent and type.
func (s *summary) writeNewest(p *page) {
	if s.errors == nil || len(s.errors.groups) == 0 {
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "Kind", 0}, {colC, colC, "Agent", 0}, {colD, colD, "Error type", styles.itemLink}, {colE, colE, "Newest", styles.itemTime},
		{colF, colF, "Errors", styles.itemCount}, {colG, colG, "Days open", styles.itemDecimal}, {colH, colJ, "Object of the newest", 0}, {colK, colK, "Message", styles.wrap}}
	p.section("Newest errors, one for each agent and type")
	p.heads(spots)
	rows := block{first: p.row}
	all := s.errors.newest()
	for _, e := range all[:min(len(all), maxTypeLines)] {
		p.link(colD, p.row, e.at.cell())
		var days any
		if e.aged {
			days = e.days
		}
		p.height(max(s.tall(e.object, colH, colJ), s.tall(e.message, colK, colK)))
		p.list(spots, e.kind, e.agent, e.name, s.moment(e.when), e.count, days, e.object, e.message)
	}
	rows.last = p.row - 1
	p.more(len(all), maxTypeLines, "of them", "Errors")
	p.colour(colG, rows, styles.formats(&tables.Column{Type: tables.Float, Unit: "days"}, address(colG, rows.first)))
}

// writeTypes lists the types of errors, the most frequent first.
func (s *summary) writeTypes(p *page, c *charts) {
	if s.errors == nil || len(s.errors.types) == 0 {
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "Kind", 0}, {colC, colD, "Error type", 0}, {colE, colE, "Agents", styles.itemCount}, {colF, colF, "Errors", styles.itemCount},
		{colG, colG, "% of all", styles.itemDecimal}, {colH, colK, "What it means", 0}}
	p.section("Errors by type")
	p.heads(spots)
	rows := block{first: p.row}
	all := frequent(s.errors.types)
	for _, t := range all[:min(len(all), maxTypeLines)] {
		p.height(s.tall(t.meaning, colH, colK))
		p.list(spots, t.kind, t.name, t.agents, t.count, 100*float64(t.count)/float64(s.errors.count), t.meaning)
	}
	rows.last = p.row - 1
	p.more(len(all), maxTypeLines, "types", "Errors")
	c.bars("Errors by type", summarySheet, colC, colF, rows, chart2, "#,##0")
}

// writeStale lists the profiles without a recent success.
func (s *summary) writeStale(p *page) {
	if s.profiles == nil {
		return
	}
	all := s.profiles.stales()
	if len(all) == 0 {
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "Last run", 0}, {colC, colC, "Agent", 0}, {colD, colD, "Run profile", styles.itemLink}, {colE, colE, "Last success", styles.itemTime},
		{colF, colF, "Days since", styles.itemDecimal}, {colG, colG, "Runs since", styles.itemCount}, {colH, colH, "Runs", styles.itemCount},
		{colI, colI, "Usual gap h", styles.itemDecimal}, {colJ, colJ, "Last run begun", styles.itemTime}}
	p.section("Run profiles without a recent success")
	p.heads(spots)
	rows := block{first: p.row}
	for _, x := range all[:min(len(all), maxStaleLines)] {
		p.link(colD, p.row, x.at.cell())
		var success, days, gap any = "never", nil, nil
		if waited, _ := x.Stale(s.profiles.now); x.Success.Known {
			success, days = s.moment(x.Success), float64(waited)/dayMillis
		}
		if x.Gap.Known {
			gap = float64(x.Gap.Millis) / float64(time.Hour/time.Millisecond)
		}
		p.list(spots, x.Last.Outcome, x.Agent, x.Name, success, days, x.Since, x.Runs, gap, s.moment(x.Last.Start))
	}
	rows.last = p.row - 1
	p.more(len(all), maxStaleLines, "profiles", "Durations")
	p.colour(colB, rows, styles.formats(&tables.Column{Name: "outcome"}, address(colB, rows.first)))
	p.colour(colF, rows, styles.formats(&tables.Column{Type: tables.Float, Unit: "days"}, address(colF, rows.first)))
}

// writeFindings lists the rules with findings, the most frequent first.
func (s *summary) writeFindings(p *page, c *charts) {
	if s.findings == nil || s.findings.count == 0 {
		return
	}
	styles := &s.book.styles
	spots := []spot{{colB, colB, "Severity", 0}, {colC, colC, "Rule", 0}, {colD, colD, "Findings", styles.itemCount}, {colE, colK, "The first of them says", 0}}
	p.section("Findings by rule")
	p.heads(spots)
	rows := block{first: p.row}
	all := frequent(s.findings.rules)
	slices.SortStableFunc(all, func(a, b *kindCount) int { return cmp.Compare(attention.Rank(a.kind), attention.Rank(b.kind)) })
	for _, t := range all[:min(len(all), maxTypeLines)] {
		p.height(s.tall(t.meaning, colE, colK))
		p.list(spots, t.kind, t.name, t.count, t.meaning)
	}
	rows.last = p.row - 1
	p.more(len(all), maxTypeLines, "rules", "Findings")
	p.colour(colB, rows, styles.formats(&tables.Column{Name: "severity"}, address(colB, rows.first)))
	c.bars("Findings by rule", summarySheet, colC, colD, rows, chart2, "#,##0")
}
