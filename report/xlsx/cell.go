package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/runhist/runhist/report/tables"
)

// maxText is how many characters a cell holds, in units of UTF-16.
const maxText = 32767

// mark stands at the end of a text that was cut.
func mark(all int) string { return "\u2026 [cut: " + strconv.Itoa(all) + " characters in all]" }

// cut shortens a text that is longer than a cell may be, to whole characters
// with a mark behind them.
func cut(text string) (short string, was bool) {
	if len(text) <= maxText { // bytes are never fewer than units
		return text, false
	}
	all := length16(text)
	if all <= maxText {
		return text, false
	}
	behind := mark(all)
	room := maxText - length16(behind)
	for at, r := range text {
		if room -= width16(r); room < 0 {
			return text[:at] + behind, true
		}
	}
	return text, false
}

func length16(text string) (n int) {
	for _, r := range text {
		n += width16(r)
	}
	return n
}

func width16(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

// Days of a workbook count from 1899-12-30. Those before March 1900 differ
// between programs, and years have four digits.
const (
	epochDays = 25569 // 1970-01-01
	firstDay  = 61    // 1900-03-01
	endDay    = 2958466
	dayMillis = 24 * 60 * 60 * 1000
)

// serial is a point in time as workbooks have it; ok is false where they cannot
// have it.
func serial(localMillis int64) (days float64, ok bool) {
	days = float64(localMillis)/dayMillis + epochDays
	return days, days >= firstDay && days < endDay
}

// maxExact is the greatest whole number of which a workbook keeps all digits.
const maxExact = 999_999_999_999_999

// number is a whole number, or its digits as text where a cell would round it.
func number(n int64) (value any, isText bool) {
	if n > maxExact || n < -maxExact {
		return strconv.FormatInt(n, 10), true
	}
	return n, false
}

// seconds is a length of time in seconds; it has all its milliseconds.
func seconds(millis int64) float64 { return float64(millis) / 1000 }

// value is what a cell has for a value that is there; asText tells that it is
// text although the column is not.
func (b *workbook) value(kind tables.Type, v *tables.Value) (value any, asText bool) {
	switch kind {
	case tables.Int:
		return number(v.Int())
	case tables.Float:
		if f := v.Float(); math.IsNaN(f) || math.IsInf(f, 0) {
			return strconv.FormatFloat(f, 'g', -1, 64), true
		}
		return v.Float(), false
	case tables.Bool:
		return v.Bool(), false
	case tables.Duration:
		return seconds(v.Int()), false
	case tables.Time:
		if days, ok := serial(b.clock.Local(v.Int())); ok {
			return days, false
		}
		return string(b.clock.Append(nil, v.Int(), ' ')), true
	case tables.Date:
		if days := v.Int() + epochDays; days >= firstDay && days < endDay {
			return days, false
		}
		return time.Unix(v.Int()*86400, 0).UTC().Format(time.DateOnly), true
	}
	text, was := cut(v.Text())
	if was {
		b.cuts++
	}
	return text, false
}

// oneLine makes a text fit for a line of the Summary: white space is one blank,
// and it has at most so many characters.
func oneLine(text string, most int) string {
	if len(text) > 4*most { // no more than can be shown
		end := 4 * most
		for end > 0 && !utf8.RuneStart(text[end]) {
			end--
		}
		text = text[:end] + " \u2026"
	}
	text = strings.Join(strings.Fields(text), " ")
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)
	return string(runes[:most-1]) + "\u2026"
}
