package page

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

//go:embed mail.html
var mailFrame string

// Mail writes the page as a mail can hold it: without script and style sheet,
// in tables with styles of their own, and in at most so many bytes. Charts are
// left out; of items and rows there are fewer the less room there is, and the
// mail says how many it does not have.
func (p *Page) Mail(w io.Writer, most int) error {
	t, err := template.New("mail").Funcs(template.FuncMap{
		"clean": func(s string) string { return Line(s, mailText) },
		"ink":   ink,
		"side": func(k Kind) string {
			if k == Count || k == Order || k == Real || k == Span {
				return "right"
			}
			return "left"
		},
	}).Parse(mailFrame)
	if err != nil {
		return err
	}
	for rows := mailRows; rows >= 0; rows = rows*2/3 - 1 {
		var out bytes.Buffer
		if err := t.Execute(&out, p.limited(rows)); err != nil {
			return err
		}
		if out.Len() <= most {
			_, err := w.Write(out.Bytes())
			return err
		}
	}
	return fmt.Errorf("write mail: the headings alone are more than %d bytes", most)
}

const (
	mailRows = 30  // of a table at first, and items
	mailText = 300 // characters of a text
)

// limited is the page with so many items and rows at most.
func (p *Page) limited(rows int) *Page {
	q := *p
	q.Sections = nil
	for _, s := range p.Sections {
		parts := s.Parts
		s.Parts = nil
		for _, part := range parts {
			if part.Items != nil {
				items := *part.Items
				items.Shown = max(1, rows)
				part.Items = &items
			}
			if part.Grid != nil {
				grid := *part.Grid
				grid.Shown = max(1, rows)
				part.Grid = &grid
			}
			s.Parts = append(s.Parts, part)
		}
		q.Sections = append(q.Sections, s)
	}
	return &q
}

// MailRows are the rows that a mail has: long texts by their first line, strips
// as signs.
func (g *Grid) MailRows() [][]cell {
	rows := g.StaticRows()
	for _, row := range rows {
		for i := range row {
			c := &row[i]
			if c.Rects != nil {
				var signs strings.Builder
				for _, r := range c.Rects[max(0, len(c.Rects)-10):] {
					signs.WriteString(map[string]string{"success": "✓", "warning": "!", "error": "✗", "running": "…"}[r.Tone])
				}
				c.Text = signs.String()
			}
			c.Text = cut(c.Text, mailText)
		}
	}
	return rows
}

// NoWrap tells whether the text stays on one line.
func (c cell) NoWrap() bool { return c.Column.Kind == Moment || c.Column.Kind == Date }

// NotMailed is how many rows a mail does not have.
func (g *Grid) NotMailed() string {
	n := len(g.Rows) + g.Left - g.shown()
	if n == 0 {
		return ""
	}
	return wording.Digits(n)
}

// NotMailed is how many items a mail does not have.
func (i *Items) NotMailed() string {
	n := len(i.More()) + i.Left
	if n == 0 {
		return ""
	}
	return wording.Digits(n)
}

// ink is the colour of a level.
func ink(level string) string {
	switch level {
	case "error":
		return "#b42318"
	case "warning":
		return "#8a5300"
	case "success":
		return "#1a7f37"
	case "running":
		return "#0969da"
	}
	return "#1b1f24"
}
