package junit

import (
	"encoding/xml"
	"strings"
)

// Suite is a testsuite element.
type Suite struct {
	XMLName  xml.Name `xml:"testsuite"`
	Name     string   `xml:"name,attr"`
	Tests    int      `xml:"tests,attr"`
	Failures int      `xml:"failures,attr"`
	Errors   int      `xml:"errors,attr"`
	Skipped  int      `xml:"skipped,attr"`
	File     string   `xml:"file,attr,omitempty"`
	Cases    []Case
}

// Case is a testcase element.
type Case struct {
	XMLName xml.Name `xml:"testcase"`
	Name    string   `xml:"name,attr"`
	Class   string   `xml:"classname,attr"`
	File    string   `xml:"file,attr,omitempty"`
	Line    uint32   `xml:"line,attr,omitempty"`
	Skipped *Outcome `xml:"skipped,omitempty"`
	Failure *Outcome `xml:"failure,omitempty"`
	Error   *Outcome `xml:"error,omitempty"`
	Output  *Output  `xml:"system-out,omitempty"`
}

// Outcome is a skipped, failure or error element. Text is made by Lines.
type Outcome struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr,omitempty"`
	Text    string `xml:",innerxml"`
}

// Output is a system-out element. Text is made by Lines.
type Output struct {
	Text string `xml:",innerxml"`
}

// Lines escapes the markup of text and keeps its lines: encoding/xml would
// write a line end as a reference.
func Lines(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return strings.ReplaceAll(b.String(), "&#xA;", "\n")
}
