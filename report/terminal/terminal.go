// Package terminal knows how text from a document behaves on a terminal: how
// wide it is, how it is coloured, and what must not reach it.
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

// Fold breaks text into lines of at most so many columns, at blanks; a longer
// word is a line of its own. Text without words has no lines.
func Fold(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		switch {
		case line == "":
			line = word
		case Columns(line)+1+Columns(word) <= width:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
