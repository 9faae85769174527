package xlsx

import (
	"strings"

	"github.com/runhist/runhist/report/attention"
	"github.com/runhist/runhist/report/tables"
)

// What the Summary keeps is bounded: what comes after that is counted where it
// can be, and left out of lists.
const (
	maxAgents  = 1 << 12
	maxPairs   = 1 << 14 // of agents and run profiles
	maxTypes   = 1 << 10
	maxGroups  = 1 << 13 // of agents and types of errors
	maxDays    = 1 << 14
	maxRules   = 1 << 12
	maxLengths = 1 << 20 // of runs
)

// columnsOf finds columns of a table by name, for reading rows.
type columnsOf struct{ table *tables.Table }

// at is the number of a column, -1 where the table has none of that name and
// type.
func (c columnsOf) at(name string, kinds ...tables.Type) int {
	i := c.table.Column(name)
	if i < 0 {
		return -1
	}
	if len(kinds) == 0 && c.table.Columns[i].Type.Textual() {
		return i
	}
	for _, kind := range kinds {
		if c.table.Columns[i].Type == kind {
			return i
		}
	}
	return -1
}

// text is a text of a row, of this call only.
func text(row []tables.Value, i int) string {
	if i < 0 || !row[i].Present() {
		return ""
	}
	return row[i].Text()
}

// whole is a number of a row, 0 where there is none.
func whole(row []tables.Value, i int) int64 {
	n, _ := given(row, i)
	return n
}

// given is a number of a row, and whether there is one.
func given(row []tables.Value, i int) (int64, bool) {
	if i < 0 || !row[i].Present() {
		return 0, false
	}
	return row[i].Int(), true
}

func fraction(row []tables.Value, i int) (float64, bool) {
	if i < 0 || !row[i].Present() {
		return 0, false
	}
	return row[i].Float(), true
}

// instant is a point in time or a length of a row, or none.
func instant(row []tables.Value, i int) attention.Instant {
	n, ok := given(row, i)
	return attention.Instant{Millis: n, Known: ok}
}

// pairKey joins two texts to a key.
func pairKey(a, b string) string { return a + "\x00" + b }

// keep returns a text that may be kept, cut to what a line of the Summary
// shows.
func keep(text string, most int) string { return strings.Clone(oneLine(text, most)) }
