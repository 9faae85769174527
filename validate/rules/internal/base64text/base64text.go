// Package base64text judges text that must be base64 as RFC 4648 section 4
// defines it: the standard alphabet, padding, no line breaks. It imports
// nothing of this module.
package base64text

import (
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
// sentence that begins with what the text is; "" when nothing is wrong. A good
// text is gone through once, and nothing is allocated for it.
func Judge(text string) (verdict Verdict, fault string) {
	if good(text) {
		return Good, ""
	}
	compact := strings.Join(strings.FieldsFunc(text, isSpace), "")
	switch spaced := len(compact) != len(text); {
	case spaced && good(compact):
		return Spaced, fmt.Sprintf("has white space among its %d characters of base64", len(compact))
	case spaced:
		return Bad, faultOf(compact) + " (white space not counted)"
	}
	return Bad, faultOf(compact)
}

// noDigit is a bit that the value of no digit has.
const noDigit = 0x80

// sixBits is what a digit of base64 stands for, noDigit for what is none.
var sixBits = func() (t [256]byte) {
	for c := range t {
		t[c] = noDigit
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	return t
}()

// good tells whether a text is base64, with its unused bits 0.
func good(text string) bool {
	n := len(text)
	if n%4 != 0 {
		return false
	}
	if n == 0 {
		return true
	}
	unused := byte(0)
	switch {
	case text[n-1] != '=':
	case text[n-2] != '=':
		n, unused = n-1, 0x03
	default:
		n, unused = n-2, 0x0f
	}
	seen := byte(0)
	for i := range n {
		seen |= sixBits[text[i]]
	}
	return seen&noDigit == 0 && sixBits[text[n-1]]&unused == 0
}

// isSpace knows the white space of XML, no other.
func isSpace(r rune) bool { return r == ' ' || r == '\t' || r == '\n' || r == '\r' }

// faultOf looks for the first fault in a text without white space that is not
// good.
func faultOf(text string) string {
	digits := strings.TrimRight(text, "=")
	padding := len(text) - len(digits)
	position := 0
	for _, r := range digits {
		position++
		switch {
		case r == '=':
			return fmt.Sprintf("has padding (=) at character %d, before its end", position)
		case r > 0x7f || sixBits[r] == noDigit:
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
	// character does not use are left to be wrong.
	return "has bits set in its last character that stand for nothing"
}
