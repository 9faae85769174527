package html

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/report/page"
	"github.com/runhist/runhist/report/tables"
)

// columns finds columns of a table by name and type. A column that the table
// does not have reads as missing.
type columns struct{ table *tables.Table }

// A place of a column in a row, -1 where there is none.
type (
	textAt   int
	numberAt int
	realAt   int
)

func (c columns) text(name string) textAt {
	if i := c.table.Column(name); i >= 0 && c.table.Columns[i].Type.Textual() {
		return textAt(i)
	}
	return -1
}

func (c columns) number(name string) numberAt {
	if i := c.table.Column(name); i >= 0 && !c.table.Columns[i].Type.Textual() && c.table.Columns[i].Type != tables.Float {
		return numberAt(i)
	}
	return -1
}

func (c columns) real(name string) realAt {
	if i := c.table.Column(name); i >= 0 && c.table.Columns[i].Type == tables.Float {
		return realAt(i)
	}
	return -1
}

// of is the text, as long as the row lives.
func (i textAt) of(row []tables.Value) string {
	if i < 0 || !row[i].Present() {
		return ""
	}
	return row[i].Text()
}

// keep is the text in memory of its own, one line of at most that many
// characters.
func (i textAt) keep(row []tables.Value, most int) string {
	return strings.Clone(page.Line(i.of(row), most))
}

func (i numberAt) of(row []tables.Value) (int64, bool) {
	if i < 0 || !row[i].Present() {
		return 0, false
	}
	return row[i].Int(), true
}

// count is the number, 0 where there is none.
func (i numberAt) count(row []tables.Value) int64 {
	n, _ := i.of(row)
	return n
}

func (i realAt) of(row []tables.Value) (float64, bool) {
	if i < 0 || !row[i].Present() {
		return 0, false
	}
	return row[i].Float(), true
}

// instant is a point in time, or none.
type instant struct {
	millis int64
	known  bool
}

func (i numberAt) instant(row []tables.Value) instant {
	n, ok := i.of(row)
	return instant{n, ok}
}

// after orders instants; an unknown one is before all others.
func (t instant) after(o instant) bool {
	return t.known && (!o.known || t.millis > o.millis)
}

// compare orders instants, the latest first and unknown ones last.
func (t instant) compare(o instant) int {
	switch {
	case t.after(o):
		return -1
	case o.after(t):
		return 1
	}
	return 0
}

// moment is a cell with an instant, as the clock shows it.
func (r *report) moment(t instant) page.Value {
	if !t.known {
		return page.None
	}
	return page.Number(r.clock.Local(t.millis))
}

// minute is an instant in a sentence.
func (r *report) minute(t instant) string {
	if !t.known {
		return "an unknown time"
	}
	return string(r.clock.Append(nil, t.millis, ' ')[:len("2006-01-02 15:04")])
}

// agentColumns are those by which agents are known.
type agentColumns struct{ name, id textAt }

func (c columns) agent() agentColumns { return agentColumns{c.text("ma_name"), c.text("ma_id")} }

// key is by what agents are told from each other: their GUID, else their name.
func (a agentColumns) key(row []tables.Value) string {
	if id := strings.Trim(strings.TrimSpace(a.id.of(row)), "{}"); id != "" {
		return strings.ToLower(id)
	}
	return a.name.of(row)
}

// call is what an agent is called.
func (a agentColumns) call(row []tables.Value) string {
	if name := a.name.keep(row, nameLength); name != "" {
		return name
	}
	return a.id.keep(row, nameLength)
}

// nameLength is how many characters are kept of names.
const nameLength = 120

const (
	dayMillis = 24 * 60 * 60 * 1000
	hour      = 60 * 60 * 1000
)

// waited is a length of time in a sentence.
func waited(millis int64) string {
	switch {
	case millis >= 2*dayMillis:
		return fmt.Sprintf("%d days", millis/dayMillis)
	case millis >= 2*hour:
		return fmt.Sprintf("%d hours", millis/hour)
	}
	return fmt.Sprintf("%d minutes", max(0, millis)/60_000)
}

// count is a cell that is empty for 0: what matters stands out.
func count(n int64) page.Value {
	if n == 0 {
		return page.None
	}
	return page.Number(n)
}

// hash is FNV-1a over texts that are kept apart.
type hash uint64

func newHash() hash { return 14695981039346656037 }

func (h hash) text(s string) hash {
	for i := 0; i < len(s); i++ {
		h = (h ^ hash(s[i])) * 1099511628211
	}
	return (h ^ 0xFF) * 1099511628211 // a byte that UTF-8 does not have
}
