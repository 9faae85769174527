package formats_test

import (
	"fmt"
	"os"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/formats"
	"github.com/runhist/runhist/validate/finding"
)

// A report is written document by document, in any of the formats.
func ExampleFind() {
	format, err := formats.Find("text")
	if err != nil {
		fmt.Println(err)
		return
	}
	w := format.New(os.Stdout, report.Head{Version: "1.0", Profile: "upsmods", FailOn: finding.Error}, report.Options{})
	err = w.File(&report.File{Name: "run.xml", Status: "examined", Runs: 1, Findings: []finding.Finding{{
		File: "run.xml", Line: 2, Column: 2, Path: "/run-history[1]/run-details[1]", Rule: "R015", Severity: finding.Error, Section: "2.2.1.1",
		Requirements: []string{"R015"}, Message: "run-details has no ma-id",
	}}})
	if err == nil {
		err = w.Close(&report.Tail{Summary: report.Summary{Files: 1, Runs: 1, Errors: 1}, Exit: 1})
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// run.xml:2:2: error: run-details has no ma-id [R015]
	//   at /run-history[1]/run-details[1]
	//   see [MS-UPSMODS] 2.2.1.1
}
