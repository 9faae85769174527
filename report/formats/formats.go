// Package formats lists the formats of reports.
//
// The package is stable: the README says what that means.
package formats

import (
	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/csv"
	"github.com/runhist/runhist/report/github"
	"github.com/runhist/runhist/report/html"
	"github.com/runhist/runhist/report/json"
	"github.com/runhist/runhist/report/jsonl"
	"github.com/runhist/runhist/report/junit"
	"github.com/runhist/runhist/report/markdown"
	"github.com/runhist/runhist/report/sarif"
	"github.com/runhist/runhist/report/text"
	"github.com/runhist/runhist/report/xlsx"
	"github.com/runhist/runhist/schemas/spelling"
)

// All returns the formats in the order of help texts; the first is the
// default.
func All() []report.Format {
	return []report.Format{
		{Name: "text", About: "for people: each finding with the line it is about", People: true, New: text.New},
		{Name: "json", About: "for programs: one document, version 1, see report/json/schema.json", New: json.New},
		{Name: "jsonl", About: "for programs: one object a line, while documents are judged", New: jsonl.New},
		{Name: "sarif", About: "SARIF 2.1.0 for code scanning and editors", New: sarif.New},
		{Name: "junit", About: "JUnit XML for build servers: a suite a document, a case a rule", New: junit.New},
		{Name: "github", About: "workflow commands: annotations of GitHub Actions", New: github.New},
		{Name: "markdown", About: "for a comment of a pull request: a table and the findings by rule", People: true, New: markdown.New},
		{Name: "html", About: "one page for people: by rule, to sort and filter; works offline", People: true, New: html.New},
		{Name: "csv", About: "RFC 4180: one record a finding, verbatim", New: csv.New},
		{Name: "xlsx", About: "a workbook: a summary, the findings, the documents and the rules", Binary: true, New: xlsx.Findings},
	}
}

// Find returns the format of that name; the error lists the known ones.
func Find(name string) (report.Format, error) {
	return spelling.Find("format", name, All(), func(f report.Format) string { return f.Name })
}
