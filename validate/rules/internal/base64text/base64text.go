// Package base64text judges text that must be base64 as RFC 4648 section 4
// defines it: the standard alphabet, padding, no line breaks. It imports
// nothing of this module.
package base64text

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Verdict is what a text is.
type Verdict uint8

// The verdicts.
const (
	Good   Verdict = iota // base64
	Spaced                // base64 but for white space, which RFC 4648 section 3.1 forbids
	Bad                   // not base64
)

// Judge judges a text and says what is wrong with it, as the end of a
// sentence that begins with what the text is; "" when nothing is wrong.
func Judge(text string) (verdict Verdict, fault string) {
	compact := strings.Join(strings.FieldsFunc(text, isSpace), "")
	fault = faultOf(compact)
	switch {
	case fault != "":
		return Bad, fault
	case len(compact) != len(text):
		return Spaced, fmt.Sprintf("has white space among its %d characters of base64", len(compact))
	}
	return Good, ""
}

// isSpace knows the white space of XML, no other.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// faultOf looks for the first fault in a text without white space.
func faultOf(text string) string {
	digits := strings.TrimRight(text, "=")
	padding := len(text) - len(digits)
	position := 0
	for _, r := range digits {
		position++
		switch {
		case r == '=':
			return fmt.Sprintf("has padding (=) at character %d, before its end", position)
		case !isDigit(r):
			return fmt.Sprintf("has the character %q at position %d, which base64 does not have", r, position)
		}
	}
	switch {
	case len(text)%4 != 0:
		return fmt.Sprintf("has %d characters, and base64 has a multiple of 4", len(text))
	case padding > 2:
		return fmt.Sprintf("ends in %d padding characters (=), and base64 has 2 at the most", padding)
	}
	// Length, alphabet and padding are right, so only the bits that the last
	// character does not use are left to go wrong.
	if _, err := base64.StdEncoding.Strict().DecodeString(text); err != nil {
		return "has bits set in its last character that stand for nothing"
	}
	return ""
}

func isDigit(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}
