package xsd

import (
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestValidDocuments accepts whatever the generator makes.
func TestValidDocuments(t *testing.T) {
	for name, xsd := range schemaFiles() {
		c, j := catalogueOf(t, xsd), newJudge(compiled(t, xsd), nil)
		for n := range uint64(500) {
			rng := rand.New(rand.NewPCG(1, n))
			doc := write(rng, c.generator(rng).document())
			if got := j.judge(doc); !got.valid() {
				t.Fatalf("%s, document %d: %+v %+v\n%s", name, n, got.faults, got.violations, doc)
			}
		}
	}
}

// TestReset judges documents in a row, broken ones among them, by one matcher
// and each by a fresh one.
func TestReset(t *testing.T) {
	c, s := newCatalogue(t), compileUPSMODS(t)
	reused := newJudge(s, nil)
	for n := range uint64(300) {
		doc := c.specimen(2, n).doc
		got, want := reused.judge(doc), newJudge(s, nil).judge(doc)
		if !reflect.DeepEqual(want, got) {
			t.Fatalf("document %d: %s", n, cmp.Diff(want, got, cmp.AllowUnexported(judgement{})))
		}
	}
}

// TestUnwanted reports the same ids without words.
func TestUnwanted(t *testing.T) {
	c, s := newCatalogue(t), compileUPSMODS(t)
	loud, quiet := newJudge(s, nil), newJudge(s, func(string) bool { return false })
	for n := range uint64(300) {
		doc := c.specimen(3, n).doc
		var want []Violation
		for _, v := range loud.judge(doc).violations {
			want = append(want, Violation{ID: v.ID})
		}
		if diff := cmp.Diff(want, quiet.judge(doc).violations); diff != "" {
			t.Fatalf("document %d: %s\n%s", n, diff, doc)
		}
	}
}
