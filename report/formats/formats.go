// Package formats lists the formats of reports.
package formats

import (
	"fmt"
	"strings"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/json"
	"github.com/runhist/runhist/report/text"
)

// All returns the formats in the order of help texts; the first is the
// default.
func All() []report.Format {
	return []report.Format{
		{Name: "text", About: "for people: each finding with the line it is about", New: text.New},
		{Name: "json", About: "for programs: version 1, see the JSON Schema in report/json", New: json.New},
	}
}

// Find returns the format of that name; the error lists the known ones.
func Find(name string) (report.Format, error) {
	var known []string
	for _, f := range All() {
		if f.Name == name {
			return f, nil
		}
		known = append(known, f.Name)
	}
	return report.Format{}, fmt.Errorf("unknown format %q: known are %s", name, strings.Join(known, ", "))
}
