package xlsx

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/report/tables"
)

// Names of columns that have a heading of their own, because people call the
// thing so.
var headings = map[string]string{
	"ma_name":        "Agent",
	"ma_id":          "Agent GUID",
	"dn":             "DN",
	"count":          "Count",
	"source_ma_name": "Source agent",
	"source_ma_id":   "Source agent GUID",
	"target_ma_name": "Target agent",
	"target_ma_id":   "Target agent GUID",
}

// Words of names that are written in capitals.
var capitals = map[string]string{"dn": "DN", "guid": "GUID", "id": "ID", "ma": "agent", "mv": "MV", "p95": "95 %", "xpath": "XPath", "percent": "%"}

// heading is what a column is called: its name for people, with the unit where
// the name does not say it.
func heading(c *tables.Column) string {
	name := c.Name
	if c.Type == tables.Duration {
		name = strings.TrimSuffix(name, "_ms")
	}
	title, known := headings[name]
	if !known {
		words := strings.Split(name, "_")
		for i, word := range words {
			if as, ok := capitals[word]; ok {
				words[i] = as
			} else if i == 0 && word != "" {
				words[i] = strings.ToUpper(word[:1]) + word[1:]
			}
		}
		title = strings.Join(words, " ")
	}
	switch {
	case c.Type == tables.Duration:
		title += " (s)"
	case c.Type == tables.Float && c.Unit != "" && !strings.Contains(strings.ToLower(title), c.Unit):
		title += " (" + c.Unit + ")"
	}
	return title
}

// distinct makes headings different from each other, in any case of letters, as
// tables need them.
func distinct(titles []string) {
	taken := map[string]bool{}
	for i, title := range titles {
		for n := 2; taken[strings.ToLower(titles[i])]; n++ {
			titles[i] = title + " " + strconv.Itoa(n)
		}
		taken[strings.ToLower(titles[i])] = true
	}
}

// Widths of columns, in characters.
const (
	minWidth  = 6
	maxWidth  = 70 // of text
	maxWord   = 44
	maxNumber = 18
	headLines = 3
)

// widest is the most that a type of values gets; those of fixed length get
// what they need.
func widest(kind tables.Type) int {
	switch kind {
	case tables.Text:
		return maxWidth
	case tables.Word, tables.GUID:
		return maxWord
	}
	return maxNumber
}

// width is how many characters a value takes in its cell, as far as they are
// shown without wrapping.
func width(value any, kind tables.Type) int {
	switch v := value.(type) {
	case string:
		if end := strings.IndexAny(v, "\r\n"); end >= 0 {
			v = v[:end]
		}
		return utf8.RuneCountInString(v[:min(len(v), 4*maxWidth)])
	case bool:
		return len("FALSE")
	case int64:
		n := len(strconv.FormatInt(v, 10))
		return n + n/3
	case float64:
		switch kind {
		case tables.Time:
			return len("2026-03-01 06:00:00")
		case tables.Duration, tables.Float:
			n := len(strconv.FormatFloat(v, 'f', 1, 64))
			return n + n/4
		}
	}
	return minWidth
}

// headWidth is what a heading needs when it is wrapped into at most so many
// lines; the button of the filter takes room too.
func headWidth(title string) int {
	const button = 3
	least := 0
	for _, word := range strings.Fields(title) {
		least = max(least, utf8.RuneCountInString(word))
	}
	for w := least; ; w++ {
		if lines(title, w) <= headLines {
			return w + button
		}
	}
}

// lines is how many lines a text takes that is wrapped at blanks, and where a
// word is longer than a line.
func lines(text string, width int) int {
	n, used := 1, 0
	for _, word := range strings.Fields(text) {
		length := utf8.RuneCountInString(word)
		switch {
		case used == 0:
			used = length
		case used+1+length <= width:
			used += 1 + length
		default:
			n, used = n+1, length
		}
		for used > max(width, 1) {
			n, used = n+1, used-max(width, 1)
		}
	}
	return n
}
