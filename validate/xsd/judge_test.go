package xsd

import (
	"bytes"
	"testing"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// schemaFiles are the schemas of all profiles.
func schemaFiles() map[string][]byte {
	return map[string][]byte{"upsmods": schemas.UPSMODS, "fim": schemas.FIM, "miis2003": schemas.MIIS2003}
}

func compileUPSMODS(t testing.TB) *Schema { return compiled(t, schemas.UPSMODS) }

func compiled(t testing.TB, xsd []byte) *Schema {
	t.Helper()
	s, err := Compile(xsd, rundetails.Vocabulary(), schemas.Form)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// judgement is all that a reader and a matcher say about a document.
type judgement struct {
	violations []Violation
	faults     []source.Fault
	end        source.Kind // the last event
	decoded    []byte
}

// judge is a reader and a matcher that are reused.
type judge struct {
	reader  *source.Reader
	matcher *Matcher
	got     judgement
}

func newJudge(s *Schema, want func(string) bool) *judge {
	j := &judge{}
	j.reader = source.NewReader(s.Vocabulary(), source.DefaultLimits(), func(f source.Fault) { j.got.faults = append(j.got.faults, f) })
	j.reader.CopyTo(func(decoded []byte) { j.got.decoded = append(j.got.decoded, decoded...) })
	j.matcher = s.NewMatcher(func(v Violation) { j.got.violations = append(j.got.violations, v) }, want)
	return j
}

func (j *judge) judge(doc []byte) judgement {
	j.got = judgement{}
	j.reader.Reset(bytes.NewReader(doc))
	j.matcher.Reset()
	for {
		switch kind := j.reader.Next(); kind {
		case source.StartElement:
			j.matcher.Start(j.reader)
		case source.EndElement:
			j.matcher.End(j.reader)
		default:
			j.got.end = kind
			return j.got
		}
	}
}

// valid is the verdict; a label that contradicts the bytes is no fault of the
// document's content.
func (j *judgement) valid() bool {
	for _, f := range j.faults {
		if f.ID != source.SRCLabel {
			return false
		}
	}
	return j.end == source.EndDocument && len(j.violations) == 0
}
