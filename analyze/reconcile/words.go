package reconcile

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// digits writes a number with commas.
func digits(n uint64) string {
	text := strconv.FormatUint(n, 10)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

// counted writes a number and what it counts.
func counted(n uint64, what string) string {
	if n != 1 {
		what += "s"
	}
	return digits(n) + " " + what
}

// are writes a number with its verb.
func are(n uint64) string {
	if n == 1 {
		return "1 is"
	}
	return digits(n) + " are"
}

// quoted shows a text of a document.
func quoted(text string) string { return strconv.QuoteToGraphic(text) }

// at shows an instant to the minute.
func at(millis int64) string {
	if millis == never {
		return "an unknown time"
	}
	return time.UnixMilli(millis).UTC().Format("2006-01-02 15:04")
}

// lasting shows a time in its two largest units.
func lasting(millis int64) string {
	d := max(millis, 0) / 1000
	days, hours, minutes, seconds := d/86400, d/3600%24, d/60%60, d%60
	switch {
	case days > 0 && hours > 0:
		return fmt.Sprintf("%s %s", counted(uint64(days), "day"), counted(uint64(hours), "hour"))
	case days > 0:
		return counted(uint64(days), "day")
	case hours > 0 && minutes > 0:
		return fmt.Sprintf("%d h %d min", hours, minutes)
	case hours > 0:
		return fmt.Sprintf("%d h", hours)
	case minutes > 0:
		return fmt.Sprintf("%d min", minutes)
	}
	return fmt.Sprintf("%d s", seconds)
}

// numbers shows a list of stretches of numbers, the first few of them.
func numbers(stretches [][2]uint32) string {
	const most = 5
	var parts []string
	for i, s := range stretches {
		if i == most {
			parts = append(parts, fmt.Sprintf("and %d more stretches", len(stretches)-most))
			break
		}
		if s[0] == s[1] {
			parts = append(parts, strconv.Itoa(int(s[0])))
		} else {
			parts = append(parts, fmt.Sprintf("%d to %d", s[0], s[1]))
		}
	}
	return strings.Join(parts, ", ")
}
