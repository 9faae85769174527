package xlsx

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/tables"
)

// TestGoesOn has tables go on in a further sheet, and the Summary say so.
func TestGoesOn(t *testing.T) {
	table := &tables.Table{Name: "things", Title: "Things", Columns: []tables.Column{{Name: "n", Type: tables.Int}}}
	for rows, want := range map[int][]string{9: {"Things"}, 10: {"Things", "Things 2"}, 19: {"Things", "Things 2", "Things 3"}} {
		var out bytes.Buffer
		w := &writer{out: &out, title: "Things"}
		if err := w.begin(); err != nil {
			t.Fatal(err)
		}
		w.book.maxRows = 10
		to, err := w.Table(table)
		if err != nil {
			t.Fatal(err)
		}
		for n := range rows {
			if err := to.Row([]tables.Value{tables.Num(n)}); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		book := readWorkbook(t, out.Bytes())
		var names []string
		n := 0
		for _, s := range book.sheets[1 : len(book.sheets)-1] {
			names = append(names, s.name)
			for row := 2; row <= s.rows; row++ {
				if got := s.at(1, row).value; got != strconv.Itoa(n) {
					t.Errorf("%s, row %d is %s, not %d", s.name, row, got, n)
				}
				n++
			}
		}
		if !slices.Equal(names, want) || n != rows {
			t.Errorf("%d rows are in %q, %d of them", rows, names, n)
		}
		said := strings.Contains(book.parts["xl/sharedStrings.xml"], "Sheet Things goes on in")
		if said != (rows > 9) {
			t.Errorf("%d rows: the Summary says that the sheet goes on: %v", rows, said)
		}
	}
}
