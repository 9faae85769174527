package tables

import (
	"math"
	"strconv"
	"time"
)

// Clock writes instants as people in a zone read them. It is not safe for
// concurrent use.
type Clock struct {
	zone       *time.Location
	from, to   int64 // seconds for which offset holds
	offset     int64
	offsetText string
}

// NewClock returns a clock of the zone; nil is UTC.
func NewClock(zone *time.Location) *Clock {
	if zone == time.UTC {
		zone = nil
	}
	return &Clock{zone: zone, offsetText: "Z", from: math.MinInt64, to: math.MaxInt64}
}

// Local is the instant, in milliseconds since 1970-01-01 UTC, as milliseconds
// since midnight of 1970-01-01 in the zone: what a wall clock shows.
func (c *Clock) Local(millis int64) int64 {
	if c.zone == nil {
		return millis
	}
	seconds := floorDiv(millis, 1000)
	if c.offsetText == "Z" || seconds < c.from || seconds >= c.to {
		at := time.Unix(seconds, 0).In(c.zone)
		_, offset := at.Zone()
		c.offset = int64(offset) * 1000
		c.offsetText = at.Format("-07:00")
		start, end := at.ZoneBounds()
		c.from, c.to = math.MinInt64, math.MaxInt64
		if !start.IsZero() {
			c.from = start.Unix()
		}
		if !end.IsZero() {
			c.to = end.Unix()
		}
	}
	return millis + c.offset
}

// Append writes the wall clock's time: 2026-03-01 06:00:00.000 with sep in the
// place of the blank.
func (c *Clock) Append(to []byte, millis int64, sep byte) []byte {
	local := c.Local(millis)
	days := floorDiv(local, 24*60*60*1000)
	ms := int(local - days*24*60*60*1000)
	year, month, day := civil(days)
	to = pad(to, year, 4)
	to = pad(append(to, '-'), month, 2)
	to = pad(append(to, '-'), day, 2)
	to = pad(append(to, sep), ms/3_600_000, 2)
	to = pad(append(to, ':'), ms/60_000%60, 2)
	to = pad(append(to, ':'), ms/1000%60, 2)
	return pad(append(to, '.'), ms%1000, 3)
}

// AppendRFC3339 writes the instant with its offset from UTC.
func (c *Clock) AppendRFC3339(to []byte, millis int64) []byte {
	to = c.Append(to, millis, 'T')
	return append(to, c.offsetText...)
}

// Day is the day on which the instant is, in days since 1970-01-01.
func (c *Clock) Day(millis int64) int64 { return floorDiv(c.Local(millis), 24*60*60*1000) }

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// civil is the date of a day, by the usual arithmetic on years that begin in
// March.
func civil(days int64) (year, month, day int) {
	days += 719468
	era := floorDiv(days, 146097)
	of := days - era*146097
	y := (of - of/1460 + of/36524 - of/146096) / 365
	inYear := of - (365*y + y/4 - y/100)
	m := (5*inYear + 2) / 153
	day = int(inYear - (153*m+2)/5 + 1)
	month = int(m) + 3
	year = int(y + era*400)
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, month, day
}

// pad writes a number that is not negative with zeros before it.
func pad(to []byte, n, digits int) []byte {
	for limit := 10; digits > 1; digits-- {
		if n < limit {
			to = append(to, zeros[:digits-1]...)
			break
		}
		limit *= 10
	}
	return strconv.AppendInt(to, int64(n), 10)
}

const zeros = "000"

// AppendFloat writes a number in the shortest form that reads back the same,
// without an exponent for those of everyday size.
func AppendFloat(to []byte, f float64) []byte {
	if a := math.Abs(f); a != 0 && (a < 1e-6 || a >= 1e21) {
		return strconv.AppendFloat(to, f, 'e', -1, 64)
	}
	return strconv.AppendFloat(to, f, 'f', -1, 64)
}

// Lasted is a length of time for people: "1d 02:03:04", "02:03:04", and
// "0.250 s" below a minute.
func Lasted(millis int64) string {
	if millis < 0 {
		return "-" + Lasted(-max(millis, -math.MaxInt64))
	}
	var to []byte
	if millis < 60_000 {
		to = append(strconv.AppendInt(to, millis/1000, 10), '.')
		return string(append(pad(to, int(millis%1000), 3), " s"...))
	}
	if days := millis / 86_400_000; days > 0 {
		to = append(strconv.AppendInt(to, days, 10), "d "...)
	}
	of := int(millis % 86_400_000)
	to = append(pad(to, of/3_600_000, 2), ':')
	to = append(pad(to, of/60_000%60, 2), ':')
	to = pad(to, of/1000%60, 2)
	return string(to)
}
