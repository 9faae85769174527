// Package terminal knows how text from a document behaves on a terminal: how
// wide it is, and what must not reach it.
package terminal

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Clean replaces what could steer a terminal or break a line: control
// characters and marks that turn the direction of text. A tab or a line end
// becomes a space.
func Clean(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == '\t' || c == '\n' || c == '\r':
			return ' '
		case unicode.IsControl(c) || unicode.Is(unicode.Bidi_Control, c) || c == '\u2028' || c == '\u2029':
			return unicode.ReplacementChar
		}
		return c
	}, text)
}

// Columns is the width of text in columns.
func Columns(text string) int {
	n := 0
	for _, c := range text {
		n += RuneColumns(c)
	}
	return n
}

// RuneColumns is the width of a character in columns: 0, 1 or 2.
func RuneColumns(c rune) int {
	switch {
	case c < 0x300:
		return 1
	case unicode.In(c, unicode.Mn, unicode.Me, unicode.Cf):
		return 0
	}
	switch width.LookupRune(c).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}
