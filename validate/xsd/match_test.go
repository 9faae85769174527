package xsd

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func compileUPSMODS(t testing.TB) *Schema {
	t.Helper()
	s, err := Compile(schemas.UPSMODS, rundetails.Vocabulary(), func(string) string { return "" })
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func judge(s *Schema, doc []byte) string {
	var out strings.Builder
	m := s.NewMatcher(func(v Violation) {
		fmt.Fprintf(&out, "%d:%d %s %s [%s|%s|%s|%s] %s\n", v.Pos.Line, v.Pos.Column, v.ID, v.Path, v.Element, v.Attribute, v.Child, v.Type, v.Message)
	}, nil)
	r := source.NewReader(s.Vocabulary(), source.DefaultLimits(), func(f source.Fault) {
		fmt.Fprintf(&out, "%d:%d %s %s %s\n", f.Pos.Line, f.Pos.Column, f.ID, f.Path, f.Message)
	})
	r.Reset(bytes.NewReader(doc))
	for {
		switch r.Next() {
		case source.StartElement:
			m.Start(r)
		case source.EndElement:
			m.End(r)
		default:
			return out.String()
		}
	}
}

func TestScratch(t *testing.T) {
	s := compileUPSMODS(t)
	for _, f := range []string{"../../../shared/real/sharepoint-ups-run2590-export-errors.xml", "../../../shared/real/sharepoint-ups-run1882-delta-sync-success.xml", "../../../shared/schema/minimal.xml", "../../../shared/schema/maximal.xml"} {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Skip(err)
		}
		fmt.Println(f)
		fmt.Print(judge(s, data))
	}
	min, _ := os.ReadFile("../../../shared/schema/minimal.xml")
	for _, sub := range [][2]string{
		{"<end-date>2016-07-15 10:00:01.000</end-date>", ""},
		{"<start-date>2016-07-15 10:00:00.000</start-date><end-date>2016-07-15 10:00:01.000</end-date>", "<end-date>2016-07-15 10:00:01.000</end-date><start-date>2016-07-15 10:00:00.000</start-date>"},
		{"end-date>", "ende-date>"}, {"<mv-retry-errors></mv-retry-errors>", ""}, {"<step-result>success", "<step-result>sucess"},
		{"detail=\"true\">0</export-add", "detal=\"true\">-1</export-add"}, {"<step-description/>", "<step-description><run-history/><x xmlns:i='http://www.w3.org/2001/XMLSchema-instance' xmlns:s='http://www.w3.org/2001/XMLSchema' i:type='s:int'>a</x></step-description>"},
		{"run-history>", "execution-histories>"}, {"<ma-connection>", "<ma-connection>text"}, {"<ma-name>HR", "<ma-name><b/>HR"}, {"</run-details>", "<foo/></run-details><run-details/>"},
	} {
		fmt.Println("---", sub)
		fmt.Print(judge(s, bytes.ReplaceAll(min, []byte(sub[0]), []byte(sub[1]))))
	}
}

func BenchmarkCompile(b *testing.B) {
	for b.Loop() {
		compileUPSMODS(b)
	}
}

func BenchmarkMatch(b *testing.B) {
	data, err := os.ReadFile("/tmp/bench.xml")
	if err != nil {
		b.Skip(err)
	}
	s := compileUPSMODS(b)
	m := s.NewMatcher(func(v Violation) { b.Fatal(v) }, nil)
	r := source.NewReader(s.Vocabulary(), source.DefaultLimits(), func(f source.Fault) { b.Fatal(f) })
	build := rundetails.NewBuilder(rundetails.Ignore{}, 64<<20, nil)
	for _, mode := range []string{"read", "match", "build", "both"} {
		b.Run(mode, func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			for b.Loop() {
				r.Reset(bytes.NewReader(data))
				m.Reset()
				build.Reset()
				for {
					k := r.Next()
					if k == source.StartElement {
						if mode == "match" || mode == "both" {
							m.Start(r)
						}
						if mode == "build" || mode == "both" {
							build.Start(r)
						}
					} else if k == source.EndElement {
						if mode == "match" || mode == "both" {
							m.End(r)
						}
						if mode == "build" || mode == "both" {
							build.End(r)
						}
					} else {
						break
					}
				}
			}
		})
	}
}
