package validate_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rules"
)

// A reader is judged by a worker.
func ExampleWorker_Document() {
	v, err := validate.New(validate.DefaultOptions(rules.All()))
	if err != nil {
		fmt.Println(err)
		return
	}
	r := v.Worker().Document("run.xml", strings.NewReader(`<run-history>
 <run-details>
  <ma-name>HR</ma-name>
 </run-details>
</run-history>`))
	for _, f := range r.Findings[:2] {
		fmt.Printf("%s:%d:%d: %s: %s [%s]\n", f.File, f.Line, f.Column, f.Severity, f.Message, f.Rule)
	}
	fmt.Println(r.Status, r.Runs, "run")
	// Output:
	// run.xml:2:2: error: <run-details> lacks <ma-id> [XSD-missing-element]
	// run.xml:2:2: error: <run-details> lacks <run-number>, which belongs after <ma-name> [XSD-missing-element]
	// examined 1 run
}

// Many documents are judged by several workers; the results come in the order
// of the documents, and runs of all of them are compared with each other.
func ExampleValidator_Each() {
	folder := os.DirFS("../samples/histories")
	names, err := fs.Glob(folder, "0*.xml")
	if err != nil {
		fmt.Println(err)
		return
	}
	var inputs []validate.Input
	for _, name := range names {
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return folder.Open(name) }})
	}
	options := validate.DefaultOptions(rules.All())
	options.Profile = validate.Server
	options.Severity = map[string]finding.Severity{"R172": finding.Off}
	v, err := validate.New(options)
	if err != nil {
		fmt.Println(err)
		return
	}
	sum := v.Summary()
	err = v.Each(context.Background(), inputs, 4, func(r validate.Result) error {
		sum.Add(&r)
		return nil
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%d files, %d runs, %d errors, worst: %s\n", sum.Files, sum.Runs, sum.Errors, sum.Worst)
	// Output: 9 files, 9 runs, 0 errors, worst: off
}
