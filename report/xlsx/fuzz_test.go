package xlsx

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/report/tables"
)

// legal is what XML can have of a text: what it cannot have is U+FFFD.
func legal(text string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF {
			return '\uFFFD'
		}
		return r
	}, text)
}

// FuzzText writes a text into a cell, in the table and in the name of a sheet:
// the workbook stays well-formed, and shows the text.
func FuzzText(f *testing.F) {
	for text := range hostile() {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		table := &tables.Table{Name: "t", Title: text, Doc: text, Columns: []tables.Column{{Name: "a", Type: tables.Text, Doc: text, Source: text}}}
		data := written(t, tables.Options{Version: text}, func(w tables.Writer) {
			rows, err := w.Table(table)
			if err != nil {
				t.Fatal(err)
			}
			if err := rows.Row([]tables.Value{tables.Of(text)}); err != nil {
				t.Fatal(err)
			}
		})
		book := readWorkbook(t, data)
		if len(book.sheets) != 3 {
			t.Fatalf("%d sheets", len(book.sheets))
		}
		if len(text) > maxText || strings.Contains(strings.ToLower(text), "_xd") { // cut; halves of characters are not tested
			return
		}
		if got, want := book.sheets[1].at(1, 2).value, legal(text); got != want {
			t.Errorf("%q is shown as %q", want, got)
		}
	})
}
