// Package formats lists the formats of tables.
package formats

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/report/tables"
	"github.com/runhist/runhist/report/tables/csv"
	"github.com/runhist/runhist/report/tables/html"
	"github.com/runhist/runhist/report/tables/jsonl"
	"github.com/runhist/runhist/report/tables/markdown"
	"github.com/runhist/runhist/report/tables/parquet"
	"github.com/runhist/runhist/report/xlsx"
	"github.com/runhist/runhist/schemas/spelling"
)

// All returns the formats in the order of help texts.
func All() []tables.Format {
	return []tables.Format{
		{Name: "csv", Extensions: []string{".csv"}, About: "RFC 4180, verbatim; a file for each table", One: true, New: csv.New},
		{Name: "jsonl", Extensions: []string{".jsonl", ".ndjson"}, About: "an object a line; a file for each table", One: true, New: jsonl.New},
		{Name: "parquet", Extensions: []string{".parquet"}, About: "columns with their types; a file for each table", One: true, New: parquet.New},
		{Name: "markdown", Extensions: []string{".md", ".markdown"}, About: "a page with a heading for each table", New: markdown.New},
		{Name: "html", Extensions: []string{".html", ".htm"}, About: "one page for people, with charts; works offline", New: html.New},
		{Name: "xlsx", Extensions: []string{".xlsx"}, About: "a workbook with a summary, a sheet for each table, charts and links", New: xlsx.New},
	}
}

// Find returns the format of that name; the error lists the known ones.
func Find(name string) (tables.Format, error) {
	return spelling.Find("format", name, All(), func(f tables.Format) string { return f.Name })
}

// Of returns the format of files with that extension, dot included.
func Of(extension string) (tables.Format, bool) {
	for _, f := range All() {
		if slices.Contains(f.Extensions, strings.ToLower(extension)) {
			return f, true
		}
	}
	return tables.Format{}, false
}
