package rundetails_test

import (
	"fmt"
	"math"
	"os"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Read keeps all of a document.
func ExampleRead() {
	file, err := os.Open("../../samples/histories/05-ad-export-with-errors.xml")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	history, faults, err := rundetails.Read(file, source.DefaultLimits())
	if err != nil || len(faults) > 0 {
		fmt.Println(faults, err)
		return
	}
	for _, run := range history.Runs {
		for _, step := range run.Steps {
			fmt.Printf("%s, step %d: %s, %d export errors\n", run.MAName.Value, step.Number.N, step.Result.Value, len(step.ExportErrors))
		}
	}
	// Output:
	// Corporate AD, step 2: success, 0 export errors
	// Corporate AD, step 1: completed-export-errors, 3 export errors
}

// byType counts errors. It embeds Ignore, which does nothing with all else. Texts
// are cloned: those of a record are there during the call only.
type byType struct {
	rundetails.Ignore
	counts map[string]int
}

func (b *byType) ExportError(e *rundetails.ExportError) { b.counts[strings.Clone(e.Type.Value)]++ }
func (b *byType) ImportError(e *rundetails.ImportError) { b.counts[strings.Clone(e.Type.Value)]++ }

// A Builder holds one record of an error at a time, however long the document
// is.
func ExampleBuilder() {
	file, err := os.Open("../../samples/histories/05-ad-export-with-errors.xml")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer file.Close()
	errors := &byType{counts: map[string]int{}}
	builder := rundetails.NewBuilder(errors, math.MaxInt, func(*rundetails.Place) {})
	builder.Reset()
	reader := source.NewReader(rundetails.Vocabulary(), source.DefaultLimits(), func(f source.Fault) { fmt.Println(f.Message) })
	reader.Reset(file)
	for {
		switch reader.Next() {
		case source.StartElement:
			builder.Start(reader)
			continue
		case source.EndElement:
			builder.End(reader)
			continue
		case source.EndDocument:
			builder.Finish()
			fmt.Println(errors.counts)
		case source.Stop: // a fault, which was told, or the error of the file
			fmt.Println("stopped:", reader.Err())
		}
		break
	}
	// Output: map[cd-error:1 cd-existing-object:1 permission-issue:1]
}
