package text

import (
	"strings"

	"github.com/runhist/runhist/report/terminal"
)

// shownWidth is how much of a long line a snippet shows, in columns.
const shownWidth = 100

// excerpt cuts the part of a line around a column out of it: the text, the
// columns before the mark, and the width of the mark. Control characters are
// replaced, so that a document cannot steer a terminal.
func excerpt(line string, column int) (text string, before, mark int) {
	chars := []rune(terminal.Clean(strings.TrimRight(line, "\r\n")))
	at := min(max(column-1, 0), len(chars))
	length := max(span(chars[at:]), 1)
	start := 0
	if len(chars) > shownWidth && at > shownWidth/3 {
		start = at - shownWidth/3
	}
	// Indentation tells nothing.
	for start < at && chars[start] == ' ' && at-start > 8 {
		start++
	}
	end := min(len(chars), start+shownWidth)
	length = min(length, max(end-at, 1))
	text = string(chars[start:end])
	if start > 0 && strings.TrimSpace(string(chars[:start])) != "" {
		text = "…" + text
		before = 1
	}
	if end < len(chars) {
		text += "…"
	}
	return text, before + terminal.Columns(string(chars[start:at])), terminal.Columns(string(chars[at:min(at+length, len(chars))])) + boolInt(at == len(chars))
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// span is the length of the tag, attribute or text that begins here.
func span(chars []rune) int {
	text := string(chars)
	end := len(text)
	switch {
	case strings.HasPrefix(text, "<"):
		if i := strings.IndexAny(text, " >/\t"); i == 1 { // an end tag
			if j := strings.IndexByte(text, '>'); j > 0 {
				end = j + 1
			}
		} else if i > 0 {
			end = i
			if text[i] == '>' {
				end++
			}
		}
	case strings.Contains(text, `="`) && strings.IndexByte(text, '"') < indexOr(text, ' '):
		i := strings.IndexByte(text, '"')
		if j := strings.IndexByte(text[i+1:], '"'); j >= 0 {
			end = i + j + 2
		}
	default:
		if i := strings.IndexAny(text, `<"'`); i > 0 {
			end = i
		}
	}
	return len([]rune(text[:end]))
}

func indexOr(text string, c byte) int {
	if i := strings.IndexByte(text, c); i >= 0 {
		return i
	}
	return len(text)
}
