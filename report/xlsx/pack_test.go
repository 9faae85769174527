package xlsx

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/runhist/runhist/report/derived"
	"github.com/runhist/runhist/report/facts"
	"github.com/runhist/runhist/report/tables"
)

// TestSameBytes writes the same rows several times, in memory and through
// temporary files: the library keeps sheets in a map.
func TestSameBytes(t *testing.T) {
	documents := histories(t)
	var first []byte
	for range 4 {
		data := written(t, tables.Options{Version: "1"}, func(w tables.Writer) { fillTables(t, w.Table, nil, documents) })
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Fatal("the same rows gave other bytes")
		}
	}
	book := readWorkbook(t, first)
	if book.order[0] != "[Content_Types].xml" {
		t.Errorf("the archive begins with %s", book.order[0])
	}
	if core := book.parts["docProps/core.xml"]; strings.Contains(core, "created") || strings.Contains(core, "modified") {
		t.Errorf("there is a time in %s", core)
	}
}

// large writes three sheets of more than the library keeps in memory.
func large(t *testing.T, o tables.Options) []byte {
	return written(t, o, func(w tables.Writer) {
		var all []tables.Rows
		for i := range 3 {
			rows, err := w.Table(&tables.Table{Name: fmt.Sprint("t", i), Title: fmt.Sprint("Table ", i), Columns: []tables.Column{{Name: "text", Type: tables.Text}}})
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, rows)
		}
		for n := range 18_000 {
			for i, rows := range all {
				if err := rows.Row([]tables.Value{tables.Of(strings.Repeat(fmt.Sprint(n, " ", i, " "), 120))}); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestTemporaryFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 60 MB")
	}
	folder := t.TempDir()
	asked := 0
	o := tables.Options{Folder: func() (string, error) { asked++; return folder, nil }}
	first := large(t, o)
	if asked != 1 {
		t.Errorf("the folder was asked for %d times", asked)
	}
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("what is left: %v %v", left, err)
	}
	if !bytes.Equal(first, large(t, o)) {
		t.Error("the same rows gave other bytes")
	}
	book := readWorkbook(t, first)
	for i := range 3 {
		s := book.sheet(t, fmt.Sprint("Table ", i))
		if c := s.at(1, 18_001); s.rows != 18_001 || !strings.HasPrefix(c.value, fmt.Sprint("17999 ", i, " ")) {
			t.Errorf("%s: %d rows, the last is %.20q", s.name, s.rows, c.value)
		}
	}
}

func TestEmpty(t *testing.T) {
	for name, fill := range map[string]func(tables.Writer){
		"nothing": func(tables.Writer) {},
		"tables without rows": func(w tables.Writer) {
			for _, table := range append(facts.Tables(), derived.Tables()...) {
				if _, err := w.Table(table); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		book := readWorkbook(t, written(t, tables.Options{}, fill))
		if len(book.sheets) != 2 || book.sheets[0].name != summarySheet || book.sheets[1].name != aboutSheet {
			t.Errorf("%s: %d sheets", name, len(book.sheets))
		}
	}
}

type failing struct{ room int }

func (f *failing) Write(p []byte) (int, error) {
	if f.room -= len(p); f.room < 0 {
		return 0, errors.New("the disk is full")
	}
	return len(p), nil
}

func TestFailingOutput(t *testing.T) {
	for _, room := range []int{0, 100, 5000} {
		w := New(&failing{room}, tables.Options{})
		rows, err := w.Table(&tables.Table{Name: "t", Title: "T", Columns: []tables.Column{{Name: "n", Type: tables.Int}}})
		if err == nil {
			err = rows.Row([]tables.Value{tables.Num(1)})
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err == nil || !strings.Contains(err.Error(), "the disk is full") {
			t.Errorf("room for %d bytes: %v", room, err)
		}
	}
}
