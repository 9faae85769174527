package page

import (
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/schemas/wording"
)

// Kind is how the values of a column are shown and compared.
type Kind string

// The kinds of columns.
const (
	Plain  Kind = "text"   // text
	Code   Kind = "code"   // text that is no prose: names of objects, places, GUIDs
	Long   Kind = "long"   // text of several lines; the first one is shown, the others on demand
	Level  Kind = "level"  // success, running, info, warning or error; others are shown without a colour
	Strip  Kind = "strip"  // a letter for each of a row of outcomes: s(uccess), w(arning), e(rror), r(unning)
	Count  Kind = "count"  // a whole number
	Order  Kind = "order"  // a whole number that counts nothing: of a run, of a line
	Real   Kind = "real"   // a number, with one digit behind the point
	Moment Kind = "moment" // an instant: milliseconds of a wall clock since 1970
	Date   Kind = "date"   // a day: milliseconds of a wall clock at its beginning
	Span   Kind = "span"   // a length of time, in milliseconds
)

// Numeric tells whether the values are numbers.
func (k Kind) Numeric() bool {
	switch k {
	case Count, Order, Real, Moment, Date, Span:
		return true
	}
	return false
}

// Value is what a cell holds; the zero Value is an empty one.
type Value struct {
	text    string
	number  float64
	present bool
}

// None is an empty cell.
var None = Value{}

// Text is a text; an empty one is an empty cell.
func Text(s string) Value { return Value{text: s, present: s != ""} }

// Number is a number, or the milliseconds of a Moment, Date or Span.
func Number[N ~int | ~int32 | ~int64 | ~uint32 | ~uint64 | ~float64](n N) Value {
	return Value{number: float64(n), present: true}
}

// longest is how many characters of a text are kept.
const (
	longest     = 400
	longestName = 160 // of what is not broken between lines
	longestLong = 4000
)

// clean makes text fit for a page: UTF-8 without what steers or hides, cut with
// a mark. Line ends stay in a Long text.
func (k Kind) clean(s string) string {
	if k == Plain || k == Level {
		return Line(s, longestName)
	}
	if k != Long {
		return Line(s, longest)
	}
	s = strings.ReplaceAll(strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD"), "\r\n", "\n")
	if !strings.Contains(s, "\n") {
		return Line(s, longestLong)
	}
	lines := strings.Split(cut(s, longestLong), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(terminal.Clean(lines[i]), " ")
	}
	return strings.Join(lines, "\n")
}

// Line makes text one line of at most that many characters, fit to be shown.
func Line(s string, most int) string {
	return cut(terminal.Clean(strings.ToValidUTF8(strings.TrimSpace(s), "\uFFFD")), most)
}

func cut(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}

// show is the text of a value.
func (k Kind) show(v Value) string {
	if !v.present {
		return ""
	}
	switch k {
	case Count:
		return wording.Digits(int64(v.number))
	case Order:
		return strconv.FormatInt(int64(v.number), 10)
	case Real:
		return strconv.FormatFloat(v.number, 'f', 1, 64)
	case Moment:
		return string(tables.NewClock(nil).Append(nil, int64(v.number), ' ')[:len("2006-01-02 15:04")])
	case Date:
		return string(tables.NewClock(nil).Append(nil, int64(v.number), ' ')[:len("2006-01-02")])
	case Span:
		return tables.Lasted(int64(v.number))
	}
	return v.text
}

// finite is a number that JSON can have.
func finite(f float64) bool { return !math.IsNaN(f) && !math.IsInf(f, 0) }

// levels are the levels that have a colour.
var levels = map[string]bool{"success": true, "running": true, "info": true, "warning": true, "error": true}

// tone is the name of the class of a level.
func tone(level string) string {
	if levels[level] {
		return level
	}
	return "none"
}

var outcomeNames = map[byte]string{'s': "success", 'w': "warning", 'e': "error", 'r': "running"}

// stripWords says a strip in words.
func stripWords(strip string) string {
	var parts []string
	for _, letter := range []byte("ewrs") {
		if n := strings.Count(strip, string(letter)); n > 0 {
			parts = append(parts, strconv.Itoa(n)+" "+outcomeNames[letter])
		}
	}
	return "the last " + strconv.Itoa(len(strip)) + ": " + strings.Join(parts, ", ")
}
