// Package markup keeps text from a document from being Markdown, or a formula.
package markup

import "strings"

// Escape writes one line of text so that no character of it is markup. It is
// for text of this program: names that begin with @, addresses and numbers
// behind # are links on some pages all the same, and only [Fence] hides them.
func Escape(text string) string {
	var b strings.Builder
	for _, c := range text {
		if strings.ContainsRune("\\`*_{}[]<>#+!|~&$", c) {
			b.WriteByte('\\')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// Fence writes lines as a block of code. Whatever they hold, nothing in them
// is markup, a link, or the name of somebody who would get a message.
func Fence(lines []string) string {
	fence := "```"
	for _, line := range lines {
		for strings.Contains(line, fence) {
			fence += "`"
		}
	}
	return fence + "text\n" + strings.Join(lines, "\n") + "\n" + fence + "\n"
}
