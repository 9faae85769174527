package html

import (
	"strings"

	"github.com/runhist/runhist/report/attention"
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

func (i numberAt) instant(row []tables.Value) attention.Instant {
	n, ok := i.of(row)
	return attention.Instant{Millis: n, Known: ok}
}

// moment is a cell with an instant, as the clock shows it.
func (r *report) moment(t attention.Instant) page.Value {
	if !t.Known {
		return page.None
	}
	return page.Number(r.clock.Local(t.Millis))
}

// minute is an instant in a sentence.
func (r *report) minute(t attention.Instant) string {
	if !t.Known {
		return "an unknown time"
	}
	return string(r.clock.Append(nil, t.Millis, ' ')[:len("2006-01-02 15:04")])
}

// agentColumns are those by which agents are known.
type agentColumns struct{ name, id textAt }

func (c columns) agent() agentColumns { return agentColumns{c.text("ma_name"), c.text("ma_id")} }

// key is by what agents are told from each other.
func (a agentColumns) key(row []tables.Value) string {
	return attention.AgentKey(a.id.of(row), a.name.of(row))
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

const dayMillis = 24 * 60 * 60 * 1000

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
