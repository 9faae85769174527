package xlsx_test

import (
	"bytes"
	"fmt"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/xlsx"
)

// Any command that has a table makes a workbook of it: it declares the columns,
// hands the rows over, and gets widths, filters, colours by column (severity,
// outcome, status, days) and the documentation in sheet About.
func ExampleTitled() {
	differences := &tables.Table{Name: "differences", Title: "Differences", Doc: "What differs: a row for each difference.", Columns: []tables.Column{
		{Name: "path", Type: tables.Text, Doc: "The element.", Source: "diff"},
		{Name: "before", Type: tables.Text, Doc: "Its value in the first history.", Source: "diff"},
		{Name: "after", Type: tables.Text, Doc: "Its value in the second one.", Source: "diff"},
	}}
	var out bytes.Buffer
	w := xlsx.Titled("Differences between two histories")(&out, tables.Options{Version: "1.0"})
	rows, err := w.Table(differences)
	if err == nil {
		err = rows.Row([]tables.Value{tables.Of("step-details[1]/step-result"), tables.Of("success"), tables.Of("stopped-server")})
	}
	if err == nil {
		err = w.Close()
	}
	fmt.Println(err, out.Len() > 0)
	// Output: <nil> true
}
