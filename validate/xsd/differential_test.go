//go:build libxml2 && cgo

package xsd

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strconv"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate/xsd/libxml2"
)

// The number of documents that TestDifferential makes, and their seed.
const (
	documentsVariable = "RUNHIST_DIFFERENTIAL_DOCUMENTS"
	seedVariable      = "RUNHIST_DIFFERENTIAL_SEED"
)

// pair judges by both engines.
type pair struct {
	judge  *judge
	schema *libxml2.Schema
}

func newPair(t testing.TB) *pair { return pairOf(t, schemas.UPSMODS) }

func pairOf(t testing.TB, xsd []byte) *pair {
	t.Helper()
	s, err := libxml2.Compile(xsd)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return &pair{judge: newJudge(compiled(t, xsd), nil), schema: s}
}

// outcome is what the engines say about one document.
type outcome struct {
	ours    judgement
	theirs  libxml2.Verdict
	failure error // libxml2 has no verdict
	skipped bool  // there is nothing to compare
}

// unread tells that there is no verdict.
func (j *judgement) unread() bool {
	for _, f := range j.faults {
		if f.Unread {
			return true
		}
	}
	return false
}

// both judges a document by both engines. libxml2 gets the decoded text; where
// our reading ended early that is the bytes, if they are UTF-8.
func (p *pair) both(doc []byte) outcome {
	o := outcome{ours: p.judge.judge(doc)}
	text := o.ours.decoded
	if o.ours.end != source.EndDocument {
		if !utf8.Valid(doc) || !bytes.HasPrefix(doc, text) {
			o.skipped = true
			return o
		}
		text = doc
	}
	if o.ours.unread() {
		o.skipped = true
		return o
	}
	o.theirs, o.failure = p.schema.Validate(bytes.NewReader(text))
	return o
}

// difference is a disagreement beyond the table of known divergences: kind is
// what must stay while a document shrinks, "" for none.
type difference struct{ kind, detail string }

func (o *outcome) difference(doc []byte) difference {
	switch {
	case o.skipped:
	case o.failure != nil:
		if !slices.ContainsFunc(divergences(), func(d divergence) bool { return d.failure != nil && d.failure(doc, o) }) {
			return difference{"libxml2 fails", o.failure.Error()}
		}
	case o.ours.valid() && !o.theirs.Valid:
		if e := unexplained(divergences(), doc, o.theirs.Errors); e != nil {
			_, typeName := quotedValue(e)
			return difference{fmt.Sprintf("only libxml2 objects: %s %d %s", e.ID, e.Code, typeName), fmt.Sprintf("%+v", *e)}
		}
	case !o.ours.valid() && o.theirs.Valid:
		for i := range o.ours.violations {
			v := &o.ours.violations[i]
			if !slices.ContainsFunc(divergences(), func(d divergence) bool { return d.ours != nil && d.ours(doc, v) }) {
				return difference{"only we object: " + v.ID + " " + v.Type, fmt.Sprintf("%+v", *v)}
			}
		}
		for _, f := range o.ours.faults {
			if f.ID != source.SRCLabel {
				return difference{"only we object: " + f.ID, fmt.Sprintf("%+v", f)}
			}
		}
	}
	return difference{}
}

// TestDifferential compares the verdicts on documents by the thousand.
func TestDifferential(t *testing.T) {
	for name, xsd := range schemaFiles() {
		t.Run(name, func(t *testing.T) {
			count := number(t, documentsVariable, 2000)
			differential(t, catalogueOf(t, xsd), pairOf(t, xsd), count, number(t, seedVariable, 1))
		})
	}
}

func differential(t *testing.T, c *catalogue, p *pair, count, seed uint64) {
	var valid, invalid, skipped, known int
	differences := map[string]int{}
	for n := range count {
		s := c.specimen(seed, n)
		o := p.both(s.doc)
		d := o.difference(s.doc)
		if d.kind == "" {
			d = o.misplaced(s.doc)
		}
		if d.kind != "" {
			differences[d.kind]++
			if differences[d.kind] == 1 && len(differences) <= 5 {
				p.explain(t, s, d)
			}
			t.Errorf("seed %d, document %d: %s", seed, n, d.kind)
		}
		switch {
		case o.skipped:
			skipped++
		case o.ours.valid() != o.theirs.Valid:
			known++
		case o.theirs.Valid:
			valid++
		default:
			invalid++
		}
	}
	t.Logf("seed %d, %d documents: both accept %d, both object to %d, known divergences %d, without verdict %d", seed, count, valid, invalid, known, skipped)
	if valid < int(count)/20 || invalid < int(count)/4 {
		t.Errorf("the documents are too much alike: %d valid, %d invalid of %d", valid, invalid, count)
	}
}

// TestDifferentialCases compares the verdicts on the documents of the tables.
func TestDifferentialCases(t *testing.T) {
	p := newPair(t)
	for _, c := range allCases() {
		o := p.both([]byte(c.doc))
		if d := o.difference([]byte(c.doc)); d.kind != "" {
			t.Errorf("%s: %s: %s", c.name, d.kind, d.detail)
		}
	}
}

// explain prints the smallest document that shows a difference.
func (p *pair) explain(t *testing.T, s specimen, d difference) {
	t.Helper()
	least := minimise(s.doc, func(doc []byte) bool {
		o := p.both(doc)
		return o.difference(doc).kind == d.kind || o.misplaced(doc).kind == d.kind
	})
	o := p.both(least)
	t.Errorf("%v\n%s: %s\n%s\nours: %+v %+v\ntheirs: %+v", s.changes, d.kind, d.detail, least, o.ours.faults, o.ours.violations, o.theirs.Errors)
}

// number is the value of an environment variable, or a default.
func number(t *testing.T, variable string, fallback uint64) uint64 {
	t.Helper()
	text := os.Getenv(variable)
	if text == "" {
		return fallback
	}
	n, err := strconv.ParseUint(text, 10, 64)
	if err != nil {
		t.Fatalf("%s: %v", variable, err)
	}
	return n
}
