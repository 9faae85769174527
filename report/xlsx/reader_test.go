package xlsx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// The reader of the tests knows nothing of the writer: it reads the parts of
// the archive as ECMA-376 has them.

type readCell struct {
	kind    string // of its value: "" is a number
	value   string
	formula string
	style   int
}

type readSheet struct {
	name  string
	part  string
	cells map[string]readCell // by address
	rows  int                 // the last one
	xml   string
}

type readBook struct {
	sheets []*readSheet
	parts  map[string]string
	order  []string
}

func (b *readBook) sheet(t *testing.T, name string) *readSheet {
	t.Helper()
	for _, s := range b.sheets {
		if s.name == name {
			return s
		}
	}
	t.Fatalf("there is no sheet %s", name)
	return nil
}

func (s *readSheet) at(column, row int) readCell { return s.cells[address(column, row)] }

// column finds a column by its head.
func (s *readSheet) column(t *testing.T, head string) int {
	t.Helper()
	for i := 1; ; i++ {
		c, ok := s.cells[address(i, 1)]
		if !ok {
			t.Fatalf("sheet %s has no column %q", s.name, head)
		}
		if c.value == head {
			return i
		}
	}
}

var escaped = regexp.MustCompile(`_x([0-9A-Fa-f]{4})_`)

// unescape reads the escapes of characters that XML cannot have (22.4.2.4).
func unescape(s string) string {
	return escaped.ReplaceAllStringFunc(s, func(m string) string {
		n, _ := strconv.ParseUint(m[2:6], 16, 32)
		return string(rune(n))
	})
}

type xmlText struct {
	T    string `xml:"t"`
	Runs []struct {
		T string `xml:"t"`
	} `xml:"r"`
}

func (x *xmlText) text() string {
	text := x.T
	for _, r := range x.Runs {
		text += r.T
	}
	return unescape(text)
}

func parse(t *testing.T, part string, into any) {
	t.Helper()
	if err := xml.Unmarshal([]byte(part), into); err != nil {
		t.Fatal(err)
	}
}

// readWorkbook reads a workbook, and fails the test if a part of it is not
// well-formed.
func readWorkbook(t *testing.T, data []byte) *readBook {
	t.Helper()
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	b := &readBook{parts: map[string]string{}}
	for _, f := range archive.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if _, twice := b.parts[f.Name]; twice {
			t.Errorf("part %s is there twice", f.Name)
		}
		b.parts[f.Name], b.order = string(content), append(b.order, f.Name)
		wellFormed(t, f.Name, content)
	}
	var strs struct {
		SI []xmlText `xml:"si"`
	}
	if part, ok := b.parts["xl/sharedStrings.xml"]; ok {
		parse(t, part, &strs)
	}
	targets := relations(t, b.parts["xl/_rels/workbook.xml.rels"])
	var book struct {
		Sheets []struct {
			Name string `xml:"name,attr"`
			ID   string `xml:"http://schemas.openxmlformats.org/officeDocument/2006/relationships id,attr"`
		} `xml:"sheets>sheet"`
	}
	parse(t, b.parts["xl/workbook.xml"], &book)
	for _, s := range book.Sheets {
		part := path.Join("xl", targets[s.ID])
		if strings.HasPrefix(targets[s.ID], "/") {
			part = targets[s.ID][1:]
		}
		sheet := &readSheet{name: s.Name, part: part, cells: map[string]readCell{}, xml: b.parts[part]}
		var strings []string
		for i := range strs.SI {
			strings = append(strings, strs.SI[i].text())
		}
		sheet.read(t, b.parts[part], strings)
		b.sheets = append(b.sheets, sheet)
	}
	return b
}

func relations(t *testing.T, part string) map[string]string {
	t.Helper()
	var list struct {
		R []struct {
			ID     string `xml:"Id,attr"`
			Target string `xml:"Target,attr"`
		} `xml:"Relationship"`
	}
	parse(t, part, &list)
	targets := map[string]string{}
	for _, r := range list.R {
		targets[r.ID] = r.Target
	}
	return targets
}

func wellFormed(t *testing.T, name string, content []byte) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(content))
	for {
		_, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
}

func (s *readSheet) read(t *testing.T, part string, shared []string) {
	t.Helper()
	var sheet struct {
		Rows []struct {
			R int `xml:"r,attr"`
			C []struct {
				R  string   `xml:"r,attr"`
				S  int      `xml:"s,attr"`
				T  string   `xml:"t,attr"`
				F  string   `xml:"f"`
				V  string   `xml:"v"`
				IS *xmlText `xml:"is"`
			} `xml:"c"`
		} `xml:"sheetData>row"`
	}
	parse(t, part, &sheet)
	for _, row := range sheet.Rows {
		if row.R <= s.rows {
			t.Errorf("sheet %s: row %d behind row %d", s.name, row.R, s.rows)
		}
		s.rows = row.R
		for _, c := range row.C {
			cell := readCell{kind: c.T, value: c.V, formula: c.F, style: c.S}
			switch c.T {
			case "s":
				n, err := strconv.Atoi(c.V)
				if err != nil {
					t.Fatal(err)
				}
				cell.kind, cell.value = "text", shared[n]
			case "inlineStr":
				cell.kind, cell.value = "text", c.IS.text()
			case "str":
				cell.kind, cell.value = "text", unescape(c.V)
			}
			s.cells[c.R] = cell
		}
	}
}
