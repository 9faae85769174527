package operations

import (
	"bufio"
	"fmt"
	"strings"
	"time"

	"github.com/runhist/runhist/report/terminal"
)

// paint colours text, or does not.
type paint bool

func (p paint) wrap(code, text string) string {
	return terminal.Paint(bool(p), code, text)
}

func (p paint) bold(text string) string  { return p.wrap("1", text) }
func (p paint) faint(text string) string { return p.wrap("2", text) }

func (p paint) level(l Level, text string) string {
	return p.wrap([...]string{Success: "32", Running: "36", Warning: "1;33", Error: "1;31"}[l], text)
}

// head is the longest beginning of text that is not wider than room.
func head(text string, room int) string {
	for i, c := range text {
		if room -= terminal.RuneColumns(c); room < 0 {
			return text[:i]
		}
	}
	return text
}

// tail is the longest end of text that is not wider than room.
func tail(text string, room int) string {
	chars := []rune(text)
	from := len(chars)
	for from > 0 && room >= terminal.RuneColumns(chars[from-1]) {
		from--
		room -= terminal.RuneColumns(chars[from])
	}
	return string(chars[from:])
}

// shorten cuts the end of text off to make it fit.
func shorten(text string, room int) string {
	if terminal.Columns(text) <= room {
		return text
	}
	return head(text, room-1) + "…"
}

// squeeze cuts the middle of text out to make it fit: of a distinguished name,
// both ends tell something.
func squeeze(text string, room int) string {
	if terminal.Columns(text) <= room {
		return text
	}
	last := (room - 1) / 2
	return head(text, room-1-last) + "…" + tail(text, last)
}

func pad(text string, room int) string {
	return text + strings.Repeat(" ", max(room-terminal.Columns(text), 0))
}

func padLeft(text string, room int) string {
	return strings.Repeat(" ", max(room-terminal.Columns(text), 0)) + text
}

// column is one column of a table.
type column struct {
	title string
	right bool
	least int  // it may be cut to this width; 0: not at all
	end   bool // it is cut at its end, not in its middle
	close bool // it stands closer to the column before it
	width int
}

// gap is the columns between a column and the one before it.
func (c *column) gap() int {
	if c.close {
		return 1
	}
	return 2
}

// cell is what stands in a column; its colour is that of level, if it has one.
type cell struct {
	text    string
	colored bool
	level   Level
}

// measure widens the columns to the cells.
func measure(cols []column, cells []cell) {
	for i := range cells {
		cols[i].width = max(cols[i].width, terminal.Columns(cells[i].text), len(cols[i].title))
	}
}

// fit narrows the columns that may be cut, the widest first, until a line is
// not wider than room, or nothing more can be cut.
func fit(cols []column, room int) {
	total := -cols[0].gap()
	for i := range cols {
		total += cols[i].gap() + cols[i].width
	}
	for ; total > room; total-- {
		widest := -1
		for i := range cols {
			c := &cols[i]
			if c.least > 0 && c.width > c.least && (widest < 0 || c.width-c.least > cols[widest].width-cols[widest].least) {
				widest = i
			}
		}
		if widest < 0 {
			return
		}
		cols[widest].width--
	}
}

// line writes one line of a table.
func line(w *bufio.Writer, p paint, indent int, cols []column, cells []cell) {
	var b strings.Builder
	blank := indent
	for i, c := range cells {
		col := &cols[i]
		text := c.text
		if col.end {
			text = shorten(text, col.width)
		} else if col.least > 0 {
			text = squeeze(text, col.width)
		}
		before, after := 0, max(col.width-terminal.Columns(text), 0)
		if col.right {
			before, after = after, 0
		}
		if i > 0 {
			before += col.gap()
		}
		// Blanks are written when something follows them.
		if blank += before; text != "" {
			b.WriteString(strings.Repeat(" ", blank))
			blank = 0
		}
		if c.colored {
			text = p.level(c.level, text)
		}
		b.WriteString(text)
		blank += after
	}
	b.WriteByte('\n')
	_, _ = w.WriteString(b.String())
}

// titles writes the heading of a table.
func titles(w *bufio.Writer, p paint, indent int, cols []column) {
	cells := make([]cell, len(cols))
	for i := range cols {
		cells[i].text = cols[i].title
	}
	var b strings.Builder
	plain := bufio.NewWriter(&b)
	line(plain, false, 0, cols, cells)
	_ = plain.Flush() // a Builder takes everything
	fmt.Fprintf(w, "%s%s\n", strings.Repeat(" ", indent), p.bold(strings.TrimRight(b.String(), "\n")))
}

// duration writes a span of milliseconds for people, in at most two units.
func duration(millis int64) string {
	sign := ""
	if millis < 0 {
		sign, millis = "-", -millis
	}
	d := time.Duration(millis) * time.Millisecond
	switch {
	case d < time.Second:
		return fmt.Sprintf("%s%d ms", sign, millis)
	case d < time.Minute-50*time.Millisecond:
		return fmt.Sprintf("%s%.1f s", sign, d.Seconds())
	case d < time.Hour-500*time.Millisecond:
		d = d.Round(time.Second)
		return fmt.Sprintf("%s%d m %d s", sign, d/time.Minute, d%time.Minute/time.Second)
	case d < 24*time.Hour-30*time.Second:
		d = d.Round(time.Minute)
		return fmt.Sprintf("%s%d h %d m", sign, d/time.Hour, d%time.Hour/time.Minute)
	}
	d = d.Round(time.Hour)
	return fmt.Sprintf("%s%d d %d h", sign, d/(24*time.Hour), d%(24*time.Hour)/time.Hour)
}

// took is how long something took that began and ended then.
func took(start, end Moment, running bool) string {
	switch {
	case start.Known && end.Known:
		return duration(end.Millis - start.Millis)
	case running:
		return "running"
	}
	return "?"
}

// wall is the time of a moment, with its date as far as that differs from the
// day of the other moment. What is no date is shown as it is.
func wall(m, day Moment) string {
	switch {
	case m.Known && day.Known && m.Text[:10] == day.Text[:10]:
		return m.Text[11:19]
	case m.Known && day.Known && m.Text[:4] == day.Text[:4]:
		return m.Text[5:19]
	case m.Known:
		return m.Text[:19]
	}
	return or(m.Text, "?")
}
