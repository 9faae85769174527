package xsd

import (
	"strings"

	"github.com/runhist/runhist/schemas/spelling"
)

// nearest returns the candidate that is most like the word, or "" when none
// is alike enough to be what was meant: at most a third of the word may
// differ, and at most most characters, or the case of any. Of equals the first
// wins.
func nearest(word string, candidates []string, most int) string {
	if len(word) > 100 {
		return ""
	}
	best, limit := "", min(len(word)/3, most)+1
	for _, c := range candidates {
		if strings.EqualFold(word, c) {
			return c
		}
		if d := spelling.Distance(word, c, limit); d < limit {
			best, limit = c, d
		}
	}
	return best
}
