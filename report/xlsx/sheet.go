package xlsx

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/xuri/excelize/v2"

	"github.com/runhist/runhist/report/tables"
)

// Rows whose widths are known before the first one is written: columns fit
// these, because widths stand before rows.
const (
	heldRows  = 200
	heldBytes = 1 << 20
)

// sheet is a table in a workbook: one sheet, or several where it has more rows
// than a sheet holds.
type sheet struct {
	book  *workbook
	table *tables.Table
	title string
	parts []string // names of its sheets, as far as they are begun

	columns []sheetColumn
	heads   []string
	kind    int // number of the column of that name in the table, or -1
	widths  []int

	rows   int // that were handed over
	inPart int // rows in the sheet under way, the head included
	stream *excelize.StreamWriter
	line   line // used for row after row
	held   []line
	size   int // of what is held, in bytes
	done   bool
}

// sheetColumn is a column of a sheet: one of the table, or one of ours before
// it.
type sheetColumn struct {
	*tables.Column
	from  int // number in the table, -1 for one of ours
	style int
	lead  lead
}

// line is a row of cells; those that are missing are nil.
type line struct {
	cells []excelize.Cell
	row   []any
}

func newLine(n int) line { return line{make([]excelize.Cell, n), make([]any, n)} }

func newSheet(b *workbook, t *tables.Table, title string) *sheet {
	s := &sheet{book: b, table: t, title: title, kind: columnsOf{t}.at("kind")}
	for _, l := range b.links.leads(t) {
		s.columns = append(s.columns, sheetColumn{Column: l.column(), from: -1, style: l.style(&b.styles), lead: l})
	}
	for _, i := range order(t) {
		c := &t.Columns[i]
		s.columns = append(s.columns, sheetColumn{Column: c, from: i, style: b.styles.of(c)})
	}
	for i := range s.columns {
		s.heads = append(s.heads, heading(s.columns[i].Column))
	}
	distinct(s.heads)
	s.line = newLine(len(s.columns))
	return s
}

// place is where a row is.
type place struct {
	sheet *sheet
	index int // of all rows of the table, from 0 on
}

// next is where the next row will be.
func (s *sheet) next() place { return place{s, s.rows} }

// part is the name of the sheet that the row is in.
func (p place) part() string {
	return numbered(p.sheet.title, 1+p.index/(p.sheet.book.maxRows-1))
}

// row is its row in that sheet, from 1 on; the first one is the head.
func (p place) row() int { return 2 + p.index%(p.sheet.book.maxRows-1) }

// cell is the address of the row, for a link.
func (p place) cell() string { return fmt.Sprintf("%s!A%d", quoted(p.part()), p.row()) }

// write writes a row, or holds it until the widths of columns are known.
func (s *sheet) write(row []tables.Value) error {
	into := s.line
	if s.stream == nil {
		into = newLine(len(s.columns))
	}
	for i := range s.columns {
		s.fill(&into, i, row)
	}
	s.book.links.passed(s, row)
	s.rows++
	if s.stream != nil {
		return s.put(into)
	}
	for i := range into.cells {
		if text, ok := into.cells[i].Value.(string); ok {
			into.cells[i].Value = strings.Clone(text)
			s.size += len(text)
		}
	}
	s.held = append(s.held, into)
	if len(s.held) < heldRows && s.size < heldBytes {
		return nil
	}
	return s.begin()
}

// fill fills a cell of a line.
func (s *sheet) fill(into *line, i int, row []tables.Value) {
	c, cell := &s.columns[i], &into.cells[i]
	*cell = excelize.Cell{StyleID: c.style}
	into.row[i] = cell
	if c.from < 0 {
		cell.Formula, cell.Value = s.book.links.lead(s, c.lead)
		return
	}
	v := &row[c.from]
	if !v.Present() {
		into.row[i] = nil
		return
	}
	var asText bool
	if cell.Value, asText = s.book.value(c.Type, v); asText {
		cell.StyleID = s.book.styles.text
		return
	}
	switch c.Type {
	case tables.Word:
		if formula := s.book.links.text(s, c.Column, v.Text()); formula != "" {
			cell.Formula, cell.StyleID = formula, s.book.styles.textLink
		}
	case tables.Int:
		if formula := s.book.links.number(s, c.Column, v.Int()); formula != "" {
			cell.Formula, cell.StyleID = formula, s.book.styles.link
		}
	}
}

// begin finds the widths, and writes the rows that waited for them.
func (s *sheet) begin() error {
	s.widths = make([]int, len(s.columns))
	for i := range s.columns {
		c := &s.columns[i]
		w := minWidth
		for _, held := range s.held {
			if held.row[i] != nil {
				w = max(w, width(held.cells[i].Value, c.Type))
			}
		}
		s.widths[i] = max(min(w+2, widest(c.Type)), headWidth(s.heads[i]))
	}
	held := s.held
	s.held = nil
	for _, l := range held {
		if err := s.put(l); err != nil {
			return err
		}
	}
	return nil
}

// put writes a line of cells, into the next sheet if this one is full.
func (s *sheet) put(l line) error {
	if s.stream == nil || s.inPart >= s.book.maxRows {
		if err := s.close(); err != nil {
			return err
		}
		if err := s.open(); err != nil {
			return fmt.Errorf("sheet %s: %w", s.title, err)
		}
	}
	s.inPart++
	if err := s.stream.SetRow(address(1, s.inPart), l.row); err != nil {
		return fmt.Errorf("sheet %s: %w", s.title, err)
	}
	return nil
}

// open begins a sheet: what stands before its rows, and the head.
func (s *sheet) open() error {
	f := s.book.file
	name := numbered(s.title, len(s.parts)+1)
	if len(s.parts) > 0 { // the first name is taken already
		s.book.names[strings.ToLower(name)] = true
	}
	s.parts = append(s.parts, name)
	if _, err := f.NewSheet(name); err != nil {
		return err
	}
	props := &excelize.SheetPropsOptions{FitToPage: ptr(true), CustomHeight: ptr(true), DefaultRowHeight: ptr(15.0)}
	if colour := tabs[s.table.Name]; colour != "" {
		props.TabColorRGB = &colour
	}
	if err := f.SetSheetProps(name, props); err != nil {
		return err
	}
	stream, err := f.NewStreamWriter(name)
	if err != nil {
		return err
	}
	s.stream = stream
	// What a row is about stays in sight: our columns, and the agent.
	across := 0
	if len(s.columns) > 8 {
		for across < 4 && (s.columns[across].from < 0 || s.columns[across].Name == "ma_name") {
			across++
		}
	}
	corner := address(across+1, 2)
	pane := map[bool]string{true: "bottomLeft", false: "bottomRight"}[across == 0]
	if err := stream.SetPanes(&excelize.Panes{Freeze: true, XSplit: across, YSplit: 1, TopLeftCell: corner, ActivePane: pane,
		Selection: []excelize.Selection{{SQRef: corner, ActiveCell: corner, Pane: pane}}}); err != nil {
		return err
	}
	tall := 1
	row := make([]any, len(s.heads))
	for i, title := range s.heads {
		if err := stream.SetColWidth(i+1, i+1, float64(s.widths[i])); err != nil {
			return err
		}
		tall = max(tall, lines(title, s.widths[i]-3))
		row[i] = excelize.Cell{StyleID: s.book.styles.head, Value: title}
	}
	s.inPart = 1
	return stream.SetRow("A1", row, excelize.RowOpts{Height: float64(6 + 15*tall)})
}

// close ends the sheet under way: what stands behind its rows.
func (s *sheet) close() error {
	if s.stream == nil {
		return nil
	}
	err := s.dress(s.parts[len(s.parts)-1])
	if err == nil {
		err = s.stream.Flush()
	}
	if err != nil {
		return fmt.Errorf("sheet %s: %w", s.title, err)
	}
	return nil
}

// dress adds the filters, colours and explanations of a sheet.
func (s *sheet) dress(name string) error {
	f := s.book.file
	for i := range s.columns {
		c := &s.columns[i]
		by, cell := c.Column, address(i+1, 2)
		if other := followed(s.table, c.Column); other >= 0 {
			by = &s.table.Columns[other]
			cell = address(s.at(other)+1, 2)
		}
		if formats := s.book.styles.formats(by, cell); formats != nil {
			if err := f.SetConditionalFormat(name, address(i+1, 2)+":"+address(i+1, s.inPart), formats); err != nil {
				return err
			}
		}
		if c.Doc == "" {
			continue
		}
		about := excelize.NewDataValidation(true)
		about.SetSqref(address(i+1, 1))
		about.SetInput(oneLine(s.heads[i], 32), oneLine(c.Doc, 250))
		if err := f.AddDataValidation(name, about); err != nil {
			return err
		}
	}
	if err := f.SetPageLayout(name, &excelize.PageLayoutOptions{Orientation: ptr("landscape"), FitToWidth: ptr(1), FitToHeight: ptr(0), Size: ptr(9)}); err != nil {
		return err
	}
	if err := f.SetHeaderFooter(name, &excelize.HeaderFooterOptions{OddFooter: "&L&A&RPage &P of &N"}); err != nil {
		return err
	}
	return s.stream.AddTable(&excelize.Table{Range: "A1:" + address(len(s.columns), s.inPart), Name: tableName(name), StyleName: "TableStyleLight1"})
}

// at is the column of the sheet that shows a column of the table, from 0 on.
func (s *sheet) at(column int) int {
	for i := range s.columns {
		if s.columns[i].from == column {
			return i
		}
	}
	return -1
}

// finish ends the last sheet.
func (s *sheet) finish() error {
	if s.done {
		return nil
	}
	s.done = true
	if s.stream == nil && len(s.held) > 0 {
		if err := s.begin(); err != nil {
			return err
		}
	}
	return s.close()
}

// address is the address of a cell; columns and rows count from 1.
func address(column, row int) string {
	cell, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return "A1" // outside of what a sheet has: its writer says so
	}
	return cell
}

// tableName is a name for a table in formulas: letters, digits and _ only, and
// nothing that is the address of a cell.
func tableName(sheet string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, sheet)
	if name[0] >= '0' && name[0] <= '9' {
		name = "_" + name
	}
	if len(name) < 4 || strings.ContainsAny(name, "0123456789") {
		name += "_"
	}
	return name
}

func escape(w io.Writer, text string) error { return xml.EscapeText(w, []byte(text)) }
