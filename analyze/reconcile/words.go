package reconcile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/wording"
)

// are writes a number with its verb.
func are(n uint64) string {
	if n == 1 {
		return "1 is"
	}
	return wording.Digits(n) + " are"
}

// were writes a number, what it counts, and the verb.
func were(n uint64, what string) string {
	if n == 1 {
		return "1 " + what + " was"
	}
	return wording.Counted(n, what) + " were"
}

// retries writes a number of them.
func retries(n uint32) string {
	if n == 1 {
		return "1 retry"
	}
	return wording.Digits(n) + " retries"
}

// quoted shows a text of a document.
func quoted(text string) string { return strconv.QuoteToGraphic(text) }

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
