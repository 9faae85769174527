package xsd

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// addSeeds gives a fuzz target the documents of the tables and some of the
// generator.
func addSeeds(f *testing.F) {
	for _, c := range allCases() {
		f.Add([]byte(c.doc))
	}
	c := newCatalogue(f)
	for n := range uint64(100) {
		if doc := c.specimen(11, n).doc; len(doc) < 12<<10 {
			f.Add(doc)
		}
	}
}

// FuzzMatch reads any bytes: nothing panics, and every violation has an id of
// the list, a place inside the document, a path and words.
func FuzzMatch(f *testing.F) {
	addSeeds(f)
	j := newJudge(compileUPSMODS(f), nil)
	f.Fuzz(func(t *testing.T, doc []byte) {
		got := j.judge(doc)
		lines := uint32(1 + bytes.Count(got.decoded, []byte("\n")) + bytes.Count(got.decoded, []byte("\r")))
		for _, v := range got.violations {
			switch {
			case !slices.Contains(ids(), v.ID):
				t.Errorf("unknown id: %+v", v)
			case v.Pos.Line == 0 || v.Pos.Column == 0 || v.Pos.Line > lines:
				t.Errorf("no place in %d lines: %+v", lines, v)
			case !strings.HasPrefix(v.Path, "/") || !strings.HasPrefix(v.Element, "/"):
				t.Errorf("no path: %+v", v)
			case v.Message == "" || len(v.Message) > 1000 || !utf8.ValidString(v.Message):
				t.Errorf("no message: %+v", v)
			}
		}
	})
}
