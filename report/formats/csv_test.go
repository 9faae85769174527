package formats

import (
	stdcsv "encoding/csv"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/runhist/runhist/report"
	"github.com/runhist/runhist/report/csv"
	"github.com/runhist/runhist/validate/finding"
)

func TestCSV(t *testing.T) {
	for name, files := range corpus() {
		text := write(t, named(t, "csv"), files, report.Options{})
		records, err := stdcsv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		want := [][]string{csv.Columns()}
		for i := range files {
			for j := range files[i].Findings {
				f := &files[i].Findings[j]
				record := []string{f.File, strconv.Itoa(int(f.Line)), strconv.Itoa(int(f.Column)), f.Severity.String(), f.Rule,
					strings.Join(f.Requirements, " "), f.Section, f.Path, f.Message, f.Known, f.Suppressed}
				for k := range record {
					// encoding/csv reads CR LF in a field as LF.
					record[k] = strings.ReplaceAll(strings.ToValidUTF8(record[k], "\uFFFD"), "\r\n", "\n")
				}
				want = append(want, record)
			}
		}
		if !reflect.DeepEqual(records, want) {
			t.Errorf("%s: records %.500q, want %.500q", name, records, want)
		}
	}
}

// TestCSVVerbatim compares bytes, because readers change line ends.
func TestCSVVerbatim(t *testing.T) {
	f := finding.Finding{File: "a,b.xml", Line: 1, Column: 2, Rule: "R1", Severity: finding.Info, Path: "/", Message: "=1+1 \"q\" cr\rlf\ncrlf\r\n.", Requirements: []string{"R1", "R2"}}
	want := "file,line,column,severity,rule,requirements,section,path,message,known,suppressed\r\n" +
		"\"a,b.xml\",1,2,info,R1,R1 R2,,/,\"=1+1 \"\"q\"\" cr\rlf\ncrlf\r\n.\",,\r\n"
	if got := write(t, named(t, "csv"), []report.File{{Findings: []finding.Finding{f}}}, report.Options{}); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
