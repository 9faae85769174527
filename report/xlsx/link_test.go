package xlsx

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var linkFormula = regexp.MustCompile(`^HYPERLINK\("#('[^']+'|[A-Za-z]+)!A"&IF\(('[^']+'|[A-Za-z]+)!\$([AB])\$(\d+)=(\d+),(\d+),MATCH\((\d+),('[^']+'|[A-Za-z]+)!\$([AB]):\$([AB]),0\)\),(\d+)\)$`)

// follow reads a link: the row that it leads to, and the key by which it is
// found again.
func follow(t *testing.T, book *readBook, c readCell) (sheet *readSheet, row int) {
	t.Helper()
	m := linkFormula.FindStringSubmatch(c.formula)
	if m == nil {
		t.Fatalf("no link: %q", c.formula)
	}
	if m[1] != m[2] || m[1] != m[8] || m[3] != m[9] || m[3] != m[10] || m[5] != m[7] || m[4] != m[6] || m[11] != c.value {
		t.Errorf("the link %s (%s) contradicts itself", c.formula, c.value)
	}
	sheet = book.sheet(t, strings.Trim(m[1], "'"))
	if key := sheet.cells[m[3]+m[4]].value; key != m[5] {
		t.Errorf("%s leads to row %s, whose number is %s", c.formula, m[4], key)
	}
	row, _ = strconv.Atoi(m[4])
	return sheet, row
}

// TestLinks follows the links from errors to their steps, from steps to their
// runs and errors, and from runs to their steps, also where sheets go on.
func TestLinks(t *testing.T) {
	for _, maxRows := range []int{maxRows, 41} {
		t.Run(fmt.Sprint(maxRows), func(t *testing.T) {
			var out bytes.Buffer
			w := &writer{out: &out, title: "Links"}
			if err := w.begin(); err != nil {
				t.Fatal(err)
			}
			w.book.maxRows = maxRows
			fillTables(t, w.Table, nil, histories(t))
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			book := readWorkbook(t, out.Bytes())
			same := func(from *readSheet, row int, to *readSheet, toRow int, heads ...string) {
				t.Helper()
				for _, head := range heads {
					a, b := from.at(from.column(t, head), row), to.at(to.column(t, head), toRow)
					if a.value != b.value {
						t.Errorf("%s, row %d, leads to %s, row %d: %s is %q there, not %q", from.name, row, to.name, toRow, head, b.value, a.value)
					}
				}
			}
			checked := map[string]int{}
			for _, sheet := range book.sheets {
				name, _, _ := strings.Cut(sheet.name, " ")
				for row := 2; row <= sheet.rows; row++ {
					switch name {
					case "Errors", "Connections", "Discovery", "Changes":
						to, at := follow(t, book, sheet.at(1, row))
						same(sheet, row, to, at, "File", "Run index", "Step index", "Step start")
					case "Steps":
						to, at := follow(t, book, sheet.at(2, row))
						same(sheet, row, to, at, "File", "Run index")
						for head, kind := range map[string]string{"Discovery errors": "discovery", "Import errors": "import", "Export errors": "export", "Retry errors": "retry"} {
							c := sheet.at(sheet.column(t, head), row)
							if c.value == "0" {
								continue
							}
							to, at := follow(t, book, c)
							same(sheet, row, to, at, "File", "Run index", "Step index")
							if got := to.at(to.column(t, "Kind"), at).value; got != kind {
								t.Errorf("%s lead to an error of kind %s", head, got)
							}
							checked["back"]++
						}
					case "Runs":
						to, at := follow(t, book, sheet.at(sheet.column(t, "Steps"), row))
						same(sheet, row, to, at, "File", "Run index")
					default:
						continue
					}
					checked[name]++
				}
			}
			for _, name := range []string{"Errors", "Connections", "Discovery", "Changes", "Steps", "Runs", "back"} {
				if checked[name] < 5 {
					t.Errorf("only %d links of %s were followed", checked[name], name)
				}
			}
		})
	}
}
