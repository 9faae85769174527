package redact

import (
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

var update = flag.Bool("update", false, "write the table of README.md anew; read what it wrote")

// TestTable holds that README.md lists every element and attribute of the
// model with its treatment, so that a new one is thought about.
func TestTable(t *testing.T) {
	const begin, end = "<!-- table, written by go test -update -->\n", "<!-- end -->"
	text, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	before, rest, found := strings.Cut(string(text), begin)
	table, after, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatal("README.md has no table")
	}
	if want := markdown(); table != want {
		if *update {
			if err := os.WriteFile("README.md", []byte(before+begin+want+end+after), 0o644); err != nil {
				t.Fatal(err)
			}
			return
		}
		t.Errorf("the table is\n%s\nwant\n%s", table, want)
	}
}

func markdown() string {
	elements, attributes := map[Treatment][]string{}, map[Treatment][]string{}
	inSchema := func(kind, name string) bool {
		return regexp.MustCompile(`<xs:` + kind + ` [^>]*name="` + name + `"`).Match(append(schemas.UPSMODS[:len(schemas.UPSMODS):len(schemas.UPSMODS)], schemas.FIM...))
	}
	vocabulary := rundetails.Vocabulary()
	for sym := source.Sym(1); int(sym) <= vocabulary.Len(); sym++ {
		name := vocabulary.Name(sym)
		if t := ofElement(sym); t != Free || !inSchema("attribute", name) {
			elements[t] = append(elements[t], name)
		}
		if t := ofAttribute(sym); t != Free || inSchema("attribute", name) {
			attributes[t] = append(attributes[t], name)
		}
	}
	var out strings.Builder
	out.WriteString("| treatment | text of elements | attributes |\n| --- | --- | --- |\n")
	for t := Free; t <= Encoded; t++ {
		slices.Sort(elements[t])
		slices.Sort(attributes[t])
		fmt.Fprintf(&out, "| %s | %s | %s |\n", t, strings.Join(elements[t], ", "), strings.Join(attributes[t], ", "))
	}
	return out.String()
}
