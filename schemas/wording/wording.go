// Package wording shows numbers, times and lengths of time in sentences, so that
// all commands and formats write them alike. It imports nothing of this module.
package wording

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"
)

// Whole is a type of whole numbers.
type Whole interface {
	~int | ~int64 | ~uint32 | ~uint64
}

// Digits shows a number with commas between thousands.
func Digits[N Whole](n N) string {
	if n < 0 {
		return commas(strconv.FormatInt(int64(n), 10))
	}
	return commas(strconv.FormatUint(uint64(n), 10))
}

// Number is Digits for a number that may have a fraction, of which one digit is
// shown.
func Number(x float64) string {
	whole, fraction, _ := strings.Cut(strconv.FormatFloat(math.Round(x*10)/10, 'f', -1, 64), ".")
	if fraction != "" {
		fraction = "." + fraction
	}
	return commas(whole) + fraction
}

func commas(text string) string {
	for i := len(text) - 3; i > 0 && text[i-1] != '-'; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// Counted shows a number and what it counts, whose plural ends in s.
func Counted[N Whole](n N, what string) string {
	if n != 1 {
		what += "s"
	}
	return Digits(n) + " " + what
}

// Lasting shows a time, given in milliseconds, in its two largest units.
func Lasting(millis int64) string {
	d := max(millis, 0) / 1000
	days, hours, minutes, seconds := d/86400, d/3600%24, d/60%60, d%60
	text := ""
	switch {
	case days > 0:
		text = Counted(days, "day")
		if hours > 0 {
			text += fmt.Sprintf(" %d h", hours)
		}
	case hours > 0:
		text = fmt.Sprintf("%d h", hours)
		if minutes > 0 {
			text += fmt.Sprintf(" %d min", minutes)
		}
	case minutes > 0:
		text = fmt.Sprintf("%d min", minutes)
		if seconds > 0 {
			text += fmt.Sprintf(" %d s", seconds)
		}
	default:
		text = fmt.Sprintf("%d s", seconds)
	}
	return text
}

// At shows an instant, in milliseconds since 1970-01-01, to the minute; dates
// of run details are in UTC.
func At(millis int64) string { return time.UnixMilli(millis).UTC().Format("2006-01-02 15:04") }
