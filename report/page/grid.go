package page

import (
	"encoding/json"
	"html/template"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

// Grid is a table of the page. Its first rows stand in the page; with script
// all of them can be sorted, filtered and leafed through.
type Grid struct {
	ID      string // of the element, unique on the page
	Caption string
	Lead    string // a sentence above it
	Empty   string // what is said when there is no row
	Columns []Column
	// Rows are in the order in which they matter: those first that are seen
	// without script.
	Rows [][]Value
	// Left is how many more rows there were that the page does not have.
	Left int
	// Folded hides the table until it is asked for.
	Folded bool
	// Shown is how many rows are seen without script; 0 is DefaultShown.
	Shown int
}

// DefaultShown is how many rows of a table are seen without script.
const DefaultShown = 60

// Column is a column of a Grid.
type Column struct {
	Name   string
	Kind   Kind
	About  string // what it is, for those who ask
	Head   bool   // it names the row
	Choice bool   // it has few values: people can choose one

	longest int // length of its longest text
}

// Width is the class of a column that is not to be squeezed, by the length of
// its texts.
func (c *Column) Width() string {
	switch {
	case c.Kind != Plain || c.longest < 9:
		return ""
	case c.longest < 14:
		return "w-word"
	case c.longest < 26:
		return "w-name"
	}
	return "w-text"
}

// Add adds a row; missing values at its end are empty.
func (g *Grid) Add(row ...Value) {
	for len(row) < len(g.Columns) {
		row = append(row, None)
	}
	for i := range row {
		if row[i].present && !g.Columns[i].Kind.Numeric() {
			row[i].text = g.Columns[i].Kind.clean(row[i].text)
			row[i].present = row[i].text != ""
			g.Columns[i].longest = max(g.Columns[i].longest, len(row[i].text))
		}
		if row[i].present && !finite(row[i].number) {
			row[i] = None
		}
		if g.Columns[i].Kind == Real { // the script shows halves as the template does
			row[i].number = math.Round(row[i].number*10) / 10
		}
	}
	g.Rows = append(g.Rows, row)
}

// All is how many rows there were.
func (g *Grid) All() string { return wording.Digits(len(g.Rows) + g.Left) }

// Used drops columns in which no row has a value, but for the first two.
func (g *Grid) Used() *Grid {
	keep := make([]bool, len(g.Columns))
	for i := range keep {
		keep[i] = i < 2
		for _, row := range g.Rows {
			keep[i] = keep[i] || row[i].present
		}
	}
	for r := range g.Rows {
		g.Rows[r] = picked(g.Rows[r], func(i int) bool { return keep[i] })
	}
	g.Columns = picked(g.Columns, func(i int) bool { return keep[i] })
	return g
}

// Pick keeps the columns of these names.
func (g *Grid) Pick(names ...string) *Grid {
	keep := func(i int) bool { return slices.Contains(names, g.Columns[i].Name) }
	for r := range g.Rows {
		g.Rows[r] = picked(g.Rows[r], keep)
	}
	g.Columns = picked(g.Columns, keep)
	return g
}

func picked[T any](list []T, pick func(int) bool) []T {
	var some []T
	for i := range list {
		if pick(i) {
			some = append(some, list[i])
		}
	}
	return some
}

func (g *Grid) shown() int {
	most := g.Shown
	if most == 0 {
		most = DefaultShown
	}
	return min(len(g.Rows), most)
}

// Here says what is not seen without script.
func (g *Grid) Here() string {
	if n := len(g.Rows) - g.shown(); n > 0 {
		return "These are the first " + wording.Digits(g.shown()) + " rows. A browser with script shows " + wording.Digits(n) + " more that are in this page."
	}
	return ""
}

// Gone says what is not on the page at all.
func (g *Grid) Gone() string {
	if g.Left == 0 {
		return ""
	}
	return "The page has " + wording.Digits(len(g.Rows)) + " of " + g.All() + " rows; " + wording.Digits(g.Left) + " that matter less are left out. The other formats have them all."
}

// cell is a cell as the template shows it.
type cell struct {
	Column *Column
	Text   string
	More   string // what is shown on demand
	Tone   string
	Rects  []rect
}

// rect is one outcome of a strip.
type rect struct {
	X    int
	Tone string
}

// StaticRows are the rows that are seen without script.
func (g *Grid) StaticRows() [][]cell {
	rows := make([][]cell, g.shown())
	for r := range rows {
		rows[r] = make([]cell, len(g.Columns))
		for c := range g.Columns {
			rows[r][c] = g.cell(c, g.Rows[r][c])
		}
	}
	return rows
}

// folding is the length of a line from which on a Long text is folded.
const folding = 110

func (g *Grid) cell(c int, v Value) cell {
	column := &g.Columns[c]
	s := cell{Column: column, Text: column.Kind.show(v)}
	switch column.Kind {
	case Level:
		s.Tone = tone(s.Text)
	case Long:
		first, rest, _ := strings.Cut(s.Text, "\n")
		if rest != "" || len([]rune(first)) > folding {
			s.More, s.Text = s.Text, cut(first, folding-10)
		}
	case Strip:
		for i, letter := range []byte(s.Text) {
			s.Rects = append(s.Rects, rect{i * stripStep, outcomeNames[letter]})
		}
		if s.Text != "" {
			s.Text = stripWords(s.Text)
		}
	}
	return s
}

const stripStep = 6

// Width is the width of a strip.
func (c cell) Width() int { return max(1, len(c.Rects)) * stripStep }

// data are the rows for the script: a list of texts, and for each column its
// values, texts by their number in the list.
func (g *Grid) data() (template.JS, error) {
	numbers := map[string]int{}
	var texts []string
	out := []byte(`{"n":` + strconv.Itoa(len(g.Rows)) + `,"k":[`)
	for c := range g.Columns {
		out = comma(out, c)
		out = strconv.AppendQuote(out, string(g.Columns[c].Kind))
	}
	out = append(out, `],"c":[`...)
	for c := range g.Columns {
		out = append(comma(out, c), '[')
		for r, row := range g.Rows {
			out = comma(out, r)
			switch v := row[c]; {
			case !v.present:
				out = append(out, '0')
				if g.Columns[c].Kind.Numeric() {
					out = append(out[:len(out)-1], "null"...)
				}
			case g.Columns[c].Kind.Numeric():
				out = strconv.AppendFloat(out, v.number, 'f', -1, 64)
			default:
				n, ok := numbers[v.text]
				if !ok {
					texts = append(texts, v.text)
					n = len(texts)
					numbers[v.text] = n
				}
				out = strconv.AppendInt(out, int64(n), 10)
			}
		}
		out = append(out, ']')
	}
	list, err := json.Marshal(append([]string{""}, texts...)) // "<", ">" and "&" are escaped: it ends no element
	if err != nil {
		return "", err
	}
	out = append(append(append(out, `],"t":`...), list...), '}')
	return template.JS(out), nil
}

func comma(out []byte, i int) []byte {
	if i > 0 {
		return append(out, ',')
	}
	return out
}
