package source

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"testing"
)

var testNames = NewVocabulary("run-history", "run-details", "ma-name", "step-number", "a", "b", "c", "x")

// trace reads a document and writes one line an event and fault.
func trace(in io.Reader, limits Limits) string {
	return traceIn(in, limits, windowSize)
}

// traceIn is trace with a window of the given size.
func traceIn(in io.Reader, limits Limits, window int) string {
	var out strings.Builder
	r := NewReader(testNames, limits, func(f Fault) {
		fmt.Fprintf(&out, "%s %d:%d %s %s\n", f.ID, f.Pos.Line, f.Pos.Column, f.Path, f.Message)
	})
	r.size = window
	r.Reset(in)
	traceOn(r, &out)
	return out.String()
}

// traceOn writes the events of r.
func traceOn(r *Reader, out *strings.Builder) {
	for {
		switch r.Next() {
		case StartElement:
			fmt.Fprintf(out, "< %s %d:%d", r.Path(), r.Pos().Line, r.Pos().Column)
			for _, a := range r.Attrs() {
				fmt.Fprintf(out, " %s=%q@%d:%d", a.Name, a.Value, a.Pos.Line, a.Pos.Column)
				if a.Space != "" {
					fmt.Fprintf(out, "{%s}", a.Space)
				}
			}
		case EndElement:
			fmt.Fprintf(out, "> %s %d:%d", r.Path(), r.TagPos().Line, r.TagPos().Column)
		case EndDocument:
			out.WriteString("end\n")
			return
		case Stop:
			if r.Err() != nil {
				fmt.Fprintf(out, "error %v\n", r.Err())
			}
			return
		}
		if lead := r.Lead(); len(lead) > 0 {
			fmt.Fprintf(out, " %q", lead)
			if !r.LeadBlank() {
				fmt.Fprintf(out, "@%d:%d", r.LeadPos().Line, r.LeadPos().Column)
			}
		}
		if r.Space() != "" {
			fmt.Fprintf(out, " in %s", r.Space())
		}
		out.WriteByte('\n')
	}
}

// faults reads a document and returns its faults, "id line:column path" each,
// and the error of the reader below.
func faults(in io.Reader, limits Limits) ([]string, error) {
	var found []string
	r := NewReader(testNames, limits, func(f Fault) {
		found = append(found, fmt.Sprintf("%s %d:%d %s", f.ID, f.Pos.Line, f.Pos.Column, f.Path))
	})
	r.Reset(in)
	for {
		switch r.Next() {
		case EndDocument:
			return append(found, "end"), r.Err()
		case Stop:
			return found, r.Err()
		}
	}
}

func BenchmarkReader(b *testing.B) {
	const record = `      <import-error cs-guid="{00000065-1A2B-4C3D-8E4F-0000000C344C}" dn="CN=Zoë,OU=People,DC=contoso,DC=com">
        <first-occurred>2016-07-14 10:05:30.000</first-occurred>
        <retry-count>1</retry-count>
        <call-stack>at A.B(C c) &amp;
   at D.E()</call-stack>
      </import-error>
`
	data := []byte("<run-history>\n" + strings.Repeat(record, 20_000) + "</run-history>\n")
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { b.Fatal(f) })
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		r.Reset(bytes.NewReader(data))
		for {
			k := r.Next()
			if k == EndDocument || k == Stop {
				break
			}
		}
	}
}
