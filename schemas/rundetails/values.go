package rundetails

import (
	"bytes"
	"encoding/hex"
	"strconv"
	"time"
)

// Text is the value of an element or attribute that is text. A value of white
// space only and an empty one are both present.
type Text struct {
	Place
	Value   string
	Present bool
}

// NewText returns a value that a program made.
func NewText(value string) Text { return Text{Value: value, Present: true} }

// Number is a value that should be an unsigned integer.
type Number struct {
	Text
	N     uint64 // 0 to 4294967295 where Valid
	Valid bool
}

// NewNumber returns a number that a program made.
func NewNumber(n uint64) Number {
	return Number{Text: NewText(strconv.FormatUint(n, 10)), N: n, Valid: true}
}

// Is tells whether the number is present, readable and n.
func (n *Number) Is(want uint64) bool { return n.Valid && n.N == want }

// Above tells whether the number is present, readable and above limit.
func (n *Number) Above(limit uint64) bool { return n.Valid && n.N > limit }

// Instant is a value that should be a date and time, "yyyy-mm-dd
// hh:mm:ss.fff", with one to three digits behind the dot.
type Instant struct {
	Text
	Millis int64 // since 1970-01-01 00:00:00, where Valid; the zone is not said
	Shaped bool  // it has the form, though perhaps month 13
	Valid  bool  // it is a day of the calendar and a time of day
}

// InstantLayout is the form of dates in run details, for package time.
const InstantLayout = "2006-01-02 15:04:05.000"

// NewInstant returns a date that a program made, in milliseconds since
// 1970-01-01.
func NewInstant(millis int64) Instant {
	text := time.UnixMilli(millis).UTC().Format(InstantLayout)
	return Instant{Text: NewText(text), Millis: millis, Shaped: true, Valid: true}
}

// Before tells whether both dates are known and i is earlier than other by
// more than tolerance milliseconds.
func (i *Instant) Before(other *Instant, tolerance int64) bool {
	return i.Valid && other.Valid && i.Millis+tolerance < other.Millis
}

// point keeps the point in time of a date, and its line: the text may live only
// as long as its record.
func (i *Instant) point() Instant {
	p := *i
	p.Text = Text{Place: Place{Line: i.Line, Column: i.Column}, Present: i.Present}
	return p
}

// ID is a GUID without its spelling, so that two spellings compare equal.
type ID [16]byte

// GUID is a value that should be a GUID in braces.
type GUID struct {
	Text
	ID    ID
	Valid bool
}

// NewGUID returns a GUID that a program made.
func NewGUID(id ID) GUID {
	return GUID{Text: NewText(id.String()), ID: id, Valid: true}
}

// String writes the GUID in braces and capitals, as servers do.
func (id ID) String() string {
	out := make([]byte, 0, 38)
	out = append(out, '{')
	for i, b := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = hex.AppendEncode(out, []byte{b})
	}
	return string(bytes.ToUpper(append(out, '}')))
}

// ParseGUID reads a GUID in braces, in either case.
func ParseGUID(text string) (ID, bool) {
	var id ID
	if len(text) != 38 || text[0] != '{' || text[37] != '}' {
		return id, false
	}
	at := 1
	for i := range id {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			if text[at] != '-' {
				return ID{}, false
			}
			at++
		}
		hi, lo := hexDigit[text[at]], hexDigit[text[at+1]]
		if hi|lo > 15 {
			return ID{}, false
		}
		id[i] = hi<<4 | lo
		at += 2
	}
	return id, true
}

// Masked tells a GUID that was put in the place of others: those who publish
// histories overwrite its beginning with 12345678, or all of it with one
// digit. The equality of such GUIDs says nothing.
func (id ID) Masked() bool {
	if [4]byte(id[:4]) == [4]byte{0x12, 0x34, 0x56, 0x78} {
		return true
	}
	for _, b := range id {
		if b != id[0] {
			return false
		}
	}
	return id[0]>>4 == id[0]&15
}

// hexDigit is the value of a hexadecimal digit, 255 for what is none.
var hexDigit = func() (t [256]byte) {
	for c := range t {
		t[c] = 255
	}
	for i, c := range []byte("0123456789abcdef") {
		t[c], t[bytes.ToUpper([]byte{c})[0]] = byte(i), byte(i)
	}
	return t
}()

// parseNumber reads an xs:unsignedInt: white space around it and leading zeros
// are legal, a sign is not.
func parseNumber(text string) (uint64, bool) {
	start, end := 0, len(text)
	for start < end && isSpace(text[start]) {
		start++
	}
	for end > start && isSpace(text[end-1]) {
		end--
	}
	if start == end {
		return 0, false
	}
	n := uint64(0)
	for _, c := range []byte(text[start:end]) {
		if c < '0' || c > '9' {
			return 0, false
		}
		if n = n*10 + uint64(c-'0'); n > 1<<32-1 {
			return 0, false
		}
	}
	return n, true
}

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' }

// IsInstant tells whether a text is a date and time of the form that dates in
// run details have, and a day of the calendar.
func IsInstant(text string) bool {
	_, _, valid := parseInstant(text)
	return valid
}

// parseInstant reads a date of the form that dateTimeNoT wants.
func parseInstant(t string) (millis int64, shaped, valid bool) {
	const form = "0000-00-00 00:00:00."
	if len(t) <= len(form) || len(t) > len(form)+3 {
		return 0, false, false
	}
	for i := range t {
		digit := t[i] >= '0' && t[i] <= '9'
		if i < len(form) && form[i] != '0' {
			if t[i] != form[i] {
				return 0, false, false
			}
		} else if !digit {
			return 0, false, false
		}
	}
	two := func(i int) int { return int(t[i]-'0')*10 + int(t[i+1]-'0') }
	year, month, day := two(0)*100+two(2), two(5), two(8)
	hour, minute, second := two(11), two(14), two(17)
	fraction, unit := 0, 100
	for i := len(form); i < len(t); i++ {
		fraction += int(t[i]-'0') * unit
		unit /= 10
	}
	if month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59 {
		return 0, true, false
	}
	days := daysBefore(year, month) + day - 1
	return (int64(days)*86400+int64(hour*3600+minute*60+second))*1000 + int64(fraction), true, true
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// daysBefore counts the days from 1970-01-01 to the first of the month, by
// the usual arithmetic on years that begin in March.
func daysBefore(year, month int) int {
	if month <= 2 {
		year--
		month += 12
	}
	cycle := year / 400
	if year < 0 {
		cycle = -1
	}
	inCycle := year - cycle*400
	dayOfYear := (153*(month-3) + 2) / 5
	return cycle*146097 + inCycle*365 + inCycle/4 - inCycle/100 + dayOfYear - 719468
}
