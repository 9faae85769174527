package markup

import "strings"

// Inert puts an apostrophe before a text that a spreadsheet would run as a
// formula when it opens a table: one that begins with =, +, -, @, those of full
// width, or white space behind which one could hide. It is for those who ask for
// it: a table for programs has its texts as they are.
func Inert(cell string) string {
	for _, first := range [...]string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		if strings.HasPrefix(cell, first) {
			return "'" + cell
		}
	}
	return cell
}
