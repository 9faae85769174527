// Package words phrases values for the messages of rules, so that all of them
// say the same thing in the same way. It imports the model alone.
package words

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
)

// maxQuoted is how many characters of a value a message shows. Documents come
// from unknown hands: a value may have any length.
const maxQuoted = 60

// Quote puts a value in quotation marks and cuts it when it is long.
func Quote(value string) string {
	at := 0
	for range maxQuoted {
		_, size := utf8.DecodeRuneInString(value[at:])
		if at += size; at == len(value) {
			return strconv.Quote(value)
		}
	}
	return strconv.Quote(value[:at]) + "..."
}

// Count writes a number with the noun that it counts: "1 export-error",
// "3 export-errors".
func Count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}

// Gap is the time from one date to a later one, such as "1m2.5s" or "3 days".
func Gap(from, to *rundetails.Instant) string {
	const day = 24 * 60 * 60 * 1000
	millis := to.Millis - from.Millis
	if millis >= 2*day {
		return strconv.FormatInt(millis/day, 10) + " days"
	}
	return (time.Duration(millis) * time.Millisecond).String()
}

// Date writes a date of which only the point in time is kept.
func Date(i *rundetails.Instant) string {
	return rundetails.NewInstant(i.Millis).Value
}
