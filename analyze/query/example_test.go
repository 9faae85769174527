package query_test

import (
	"context"
	"fmt"
	"os"

	"github.com/runhist/runhist/analyze/query"
	"github.com/runhist/runhist/schemas/source"
)

// A query is compiled once and asked of any number of readers.
func ExampleReader() {
	q, err := query.Compile("//export-error[error-type='permission-issue']/@dn",
		query.Column{Name: "agent", XPath: "/run-history/run-details/ma-name"})
	if err != nil {
		fmt.Println(err) // a *query.SyntaxError, which has the place of the mistake
		return
	}
	r := query.NewReader(q, source.DefaultLimits(), 100<<20, func(r *query.Result) error {
		fmt.Printf("line %d, %s: %s\n", r.Line, r.Columns[0], r.Value)
		return nil
	})
	file, err := os.Open("../../samples/histories/05-ad-export-with-errors.xml")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	outcome, err := r.Input(context.Background(), file)
	fmt.Println(outcome.Runs, "run", err)
	// Output:
	// line 116, Corporate AD: CN=O'Brien\, Maeve,OU=Seattle,OU=Staff,DC=corp,DC=adatum,DC=example
	// 1 run <nil>
}
