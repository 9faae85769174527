package tables

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"
)

// Description is the documentation of a table, in a form for programs.
type Description struct {
	Name    string              `json:"name"`
	Title   string              `json:"title"`
	Doc     string              `json:"doc"`
	Derived bool                `json:"derived"`
	Columns []ColumnDescription `json:"columns"`
}

// ColumnDescription is the documentation of a column.
type ColumnDescription struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Unit   string `json:"unit,omitempty"`
	Doc    string `json:"doc"`
	Source string `json:"source"`
}

// Describe returns the documentation of a table.
func Describe(t *Table) Description {
	d := Description{Name: t.Name, Title: t.Title, Doc: t.Doc, Derived: t.Derived}
	for i := range t.Columns {
		c := &t.Columns[i]
		d.Columns = append(d.Columns, ColumnDescription{Name: c.Name, Type: c.Type.String(), Unit: c.Unit, Doc: c.Doc, Source: c.Source})
	}
	return d
}

// DescribeJSON writes the documentation of tables for programs.
func DescribeJSON(w io.Writer, all []*Table) error {
	list := []Description{}
	for _, t := range all {
		list = append(list, Describe(t))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(struct {
		Version int           `json:"version"`
		Tables  []Description `json:"tables"`
	}{1, list})
}

// DescribeText writes the documentation of tables for a terminal.
func DescribeText(w io.Writer, all []*Table) error {
	out := bufio.NewWriter(w)
	for i, t := range all {
		if i > 0 {
			out.WriteString("\n")
		}
		fmt.Fprintf(out, "%s\n    %s\n\n", t.Name, t.Doc)
		width := 0
		for _, c := range t.Columns {
			width = max(width, len(c.Name))
		}
		for _, c := range t.Columns {
			fmt.Fprintf(out, "    %-*s  %-8s  %s\n", width, c.Name, c.Type, c.Doc)
			fmt.Fprintf(out, "    %-*s  %-8s  from %s%s\n", width, "", "", c.Source, unit(&c))
		}
	}
	return out.Flush()
}

// DescribeMarkdown writes the documentation of tables for a page.
func DescribeMarkdown(w io.Writer, all []*Table) error {
	out := bufio.NewWriter(w)
	out.WriteString("# Tables of runhist report\n")
	escape := strings.NewReplacer("|", `\|`, "<", "&lt;", "*", `\*`).Replace
	for _, t := range all {
		fmt.Fprintf(out, "\n## %s\n\n%s\n\n| column | type | unit | meaning | source |\n| --- | --- | --- | --- | --- |\n", t.Name, escape(t.Doc))
		for _, c := range t.Columns {
			fmt.Fprintf(out, "| `%s` | %s | %s | %s | %s |\n", c.Name, c.Type, c.Unit, escape(c.Doc), escape(c.Source))
		}
	}
	return out.Flush()
}

func unit(c *Column) string {
	if c.Unit == "" {
		return ""
	}
	return ", in " + c.Unit
}
