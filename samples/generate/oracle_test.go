package generate

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/antchfx/xpath"
)

// row is a requirement with an XPath that selects its violations.
type row struct {
	id, severity, sameAs string
	violations           *xpath.Expr
}

// oracle reads the requirement tables: of each row the XPath of the last
// column where it has one.
func oracle(t *testing.T) []row {
	t.Helper()
	var rows []row
	for _, table := range []struct {
		file                                string
		check, severity, sameAs, correction int
	}{{"document.tsv", 7, 8, 9, 10}, {"consistency.tsv", 3, 4, 8, 9}} {
		raw, err := os.ReadFile(filepath.Join("../../validate/requirements", table.file))
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(strings.TrimSpace(string(raw)), "\n")[1:] {
			cells := strings.Split(line, "\t")
			for len(cells) <= table.correction {
				cells = append(cells, "")
			}
			severity := strings.TrimSpace(cells[table.severity])
			if severity != "error" && severity != "warning" && severity != "info" {
				continue
			}
			text := expression(cells[table.correction])
			if text == "" {
				text = expression(cells[table.check])
			}
			if text == "" {
				continue
			}
			if c := cells[table.correction]; strings.Contains(c, "severity: info") || strings.Contains(c, "; info") {
				severity = "info"
			}
			if strings.Contains(text, "[the 33 characters") { // words inside of the expression
				continue
			}
			e, err := xpath.Compile(text)
			if err != nil {
				t.Errorf("%s: %v\n%s", cells[0], err, text)
				continue
			}
			rows = append(rows, row{cells[0], severity, cells[table.sameAs], e})
		}
	}
	return rows
}

// expression cuts the XPath out of a cell: it ends where a note begins, in
// brackets behind a blank or behind a semicolon.
func expression(cell string) string {
	_, text, found := strings.Cut(cell, "violations (XPath 1.0): ")
	if !found {
		return ""
	}
	depth, quote := 0, byte(0)
	for i := range len(text) {
		c := text[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
			continue
		case c == '\'' || c == '"':
			quote = c
			continue
		case depth == 0 && (c == ';' || i > 0 && text[i-1] == ' ' && (c == '[' || c == '(')):
			return strings.TrimSpace(text[:i])
		case c == '[' || c == '(':
			depth++
		case c == ']' || c == ')':
			depth--
		}
	}
	return strings.TrimSpace(text)
}

// selected evaluates the rows on a document, by libxml2 where it is there: how
// many nodes each selects.
func selected(t *testing.T, rows []row, document []byte) map[string]int {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err == nil {
		return viaXmllint(t, rows, document)
	}
	return viaXPath(t, rows, document)
}

// misread are rows that package xpath reads wrong: it compares a number with
// the first node of a set only, and takes the wrong last() of a filtered set.
const misread = " R066 C004 C068 "

func viaXPath(t *testing.T, rows []row, document []byte) map[string]int {
	t.Helper()
	root := parse(t, document)
	counts := map[string]int{}
	for _, r := range rows {
		if strings.Contains(misread, " "+r.id+" ") {
			continue
		}
		at := &navigator{root: root, at: root, attr: -1}
		for nodes := r.violations.Select(at); nodes.MoveNext(); {
			counts[r.id]++
		}
	}
	return counts
}

// viaXmllint evaluates the rows with libxml2: many at a time, because each
// process takes longer than all the work in it.
func viaXmllint(t *testing.T, rows []row, document []byte) map[string]int {
	t.Helper()
	file := t.TempDir() + "/document.xml"
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	counts := map[string]int{}
	for from := 0; from < len(rows); from += 40 {
		part := rows[from:min(from+40, len(rows))]
		var e strings.Builder
		e.WriteString("concat(''")
		for _, r := range part {
			fmt.Fprintf(&e, ",count(%s),' '", r.violations)
		}
		e.WriteString(")")
		out, err := exec.Command("xmllint", "--xpath", e.String(), file).Output()
		if err != nil {
			t.Fatal(err)
		}
		for i, n := range strings.Fields(string(out)) {
			if n != "0" {
				counts[part[i].id], _ = strconv.Atoi(n)
			}
		}
	}
	return counts
}
