package diff_test

import (
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/samples/generate"
	rd "github.com/runhist/runhist/schemas/rundetails"
)

var (
	guidPattern    = regexp.MustCompile(`\{[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\}`)
	instantPattern = regexp.MustCompile(`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{1,3}`)
)

// renamed is another GUID, the same one for the same one.
func renamed(g string) string {
	sum := sha256.Sum256([]byte("salt" + strings.ToUpper(g)))
	return rd.ID(sum[:16]).String()
}

func same(g string) string { return g }

func moved(text string, move func(int64) int64) string {
	at, err := time.Parse(rd.InstantLayout, text)
	if err != nil {
		return text
	}
	instant := rd.NewInstant(move(at.UnixMilli()))
	return instant.Value
}

func by(offset int64) func(int64) int64 { return func(m int64) int64 { return m + offset } }

// report lists the differences, for messages.
func report(t *diff.Tree) string {
	var b strings.Builder
	n := 0
	for path, d := range t.All() {
		if n++; n > 12 {
			b.WriteString("...\n")
			break
		}
		fmt.Fprintf(&b, "%s %s %q %q %s\n", d.Action, diff.Path(path), d.Before, d.After, d.Why)
	}
	return b.String()
}

func wantSame(t testing.TB, what string, tree *diff.Tree) {
	t.Helper()
	if !tree.Same() {
		t.Fatalf("%s: %d differences\n%s", what, tree.Differences(), report(tree))
	}
}

var either = []diff.Options{{}, {Exact: true}, {DurationRatio: 1}, {DurationRatio: 1.5}}

func TestSameWithItself(t *testing.T) {
	for name, h := range samples(t) {
		for _, o := range either {
			wantSame(t, name, diff.Histories(h, clone(t, h), o))
		}
	}
}

func TestOrderOfWhatIsInNone(t *testing.T) {
	for name, h := range samples(t) {
		for seed := range uint64(3) {
			other := clone(t, h)
			permute(rand.New(rand.NewPCG(seed, 1)), other)
			for _, o := range either {
				wantSame(t, name, diff.Histories(h, other, o))
			}
		}
	}
}

// TestNamesAndTimes renames all GUIDs, moves all instants and permutes: no
// difference, but everything is one with Exact.
func TestNamesAndTimes(t *testing.T) {
	for name, h := range samples(t) {
		other := parse(t, rewrite(written(t, h), renamed, by(86_461_001)))
		permute(rand.New(rand.NewPCG(5, 2)), other)
		for _, ratio := range []float64{0, 1, 3} {
			tree := diff.Histories(h, other, diff.Options{DurationRatio: ratio})
			wantSame(t, name, tree)
			if tree.GUIDs.Renamed == 0 {
				t.Errorf("%s: no GUID is renamed", name)
			}
		}
		if diff.Histories(h, other, diff.Options{Exact: true}).Same() {
			t.Errorf("%s: the same by the letter", name)
		}
	}
}

// TestDurations stretches all times from the start of 2019 on: the order stays.
func TestDurations(t *testing.T) {
	told := 0
	for name, h := range samples(t) {
		zero := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).UnixMilli()
		other := parse(t, rewrite(written(t, h), same, func(m int64) int64 { return zero + (m-zero)*2 }))
		tree := diff.Histories(h, other, diff.Options{})
		wantSame(t, name, tree)
		if tree.Times.Longest != 0 && tree.Times.Longest != 2 {
			t.Errorf("%s: durations are %v times as long", name, tree.Times.Longest)
		}
		wantSame(t, name, diff.Histories(h, other, diff.Options{DurationRatio: 2}))
		if diff.Histories(h, other, diff.Options{DurationRatio: 1}).Same() {
			t.Errorf("%s: stretched times have one offset", name)
		}
		if !diff.Histories(h, other, diff.Options{DurationRatio: 1.2}).Same() {
			told++
		}
	}
	if told < 25 { // a second is allowed in any case, and some steps are short
		t.Errorf("in %d histories only is twice as long more than 1.2 times", told)
	}
}

// TestLooseOrder: a coarse clock makes instants one that were several; with
// LooseOrder that is no difference, and what runs against the order still is.
func TestLooseOrder(t *testing.T) {
	for name, h := range samples(t) {
		const second = 1000
		coarse := func(m int64) int64 { return m/second*second + 7*second }
		document := written(t, h)
		b := parse(t, rewrite(document, same, coarse))
		wantSame(t, name, diff.Histories(h, b, diff.Options{LooseOrder: true}))
		wantSame(t, name+" back", diff.Histories(b, h, diff.Options{LooseOrder: true}))
	}
	early := func(m int64) int64 { return m / 2 } // all durations are others
	h := samples(t)["39-ad-nightly-cycle-old-errors.xml"]
	if h == nil {
		t.Fatal("no sample with old errors")
	}
	b := parse(t, rewrite(written(t, h), same, early))
	wantSame(t, "halved", diff.Histories(h, b, diff.Options{LooseOrder: true}))
	for _, s := range b.Runs[0].Steps {
		if len(s.ExportErrors) > 0 {
			s.ExportErrors[0].FirstOccurred = s.End // an error that forgot how old it is
		}
	}
	tree := diff.Histories(h, b, diff.Options{LooseOrder: true})
	if got := report(tree); tree.Changed != 1 || !strings.Contains(got, "first-occurred") {
		t.Errorf("an error that began anew is not noticed: %s", got)
	}
}

// random returns two histories that have much in common.
func random(t *rapid.T, tb testing.TB) (a, b *rd.History) {
	a = generated(tb, generate.Options{Seed: rapid.Uint64Range(0, 50).Draw(t, "seed"), Runs: rapid.IntRange(1, 3).Draw(t, "runs"),
		Steps: rapid.IntRange(1, 5).Draw(t, "steps"), Errors: rapid.IntRange(1, 25).Draw(t, "errors")})
	b = clone(tb, a)
	for range rapid.IntRange(0, 6).Draw(t, "edits") {
		edit(t, b)
	}
	if rapid.Bool().Draw(t, "permute") {
		permute(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "order"), 0)), b)
	}
	return a, b
}

func TestApply(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := random(rt, t)
		o := diff.Options{Exact: true, Context: rapid.IntRange(0, 2).Draw(rt, "context")}
		tree := diff.Histories(a, b, o)
		got, err := diff.Apply(a.Runs, tree)
		if err != nil {
			rt.Fatal(err)
		}
		if want := canonical(t, b); canonical(t, got) != want {
			rt.Fatalf("apply gives\n%s\nwant\n%s\nby\n%s", canonical(t, got), want, report(tree))
		}
		if tree.Same() != (canonical(t, a) == canonical(t, b)) {
			rt.Fatal("same, and yet it is not")
		}
		back, err := diff.Apply(b.Runs, diff.Invert(tree))
		if err != nil {
			rt.Fatal(err)
		}
		if canonical(t, back) != canonical(t, a) {
			rt.Fatalf("the inverse does not lead back\n%s", report(tree))
		}
	})
}

// TestUnderstood compares with names and times that differ too: B of the
// differences is the same as B, and the way back has as many.
func TestUnderstood(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		a, b := random(rt, t)
		plain := diff.Histories(a, b, diff.Options{})
		if plain.Same() != (canonical(t, a) == canonical(t, b)) { // the edits are none that may be
			rt.Fatalf("same is %v\n%s", plain.Same(), report(plain))
		}
		other := parse(t, rewrite(written(t, b), renamed, by(3_600_000)))
		tree := diff.Histories(a, other, diff.Options{})
		if plain.Same() != tree.Same() {
			rt.Fatalf("without renaming:\n%swith:\n%s", report(plain), report(tree))
		}
		back := diff.Histories(other, a, diff.Options{})
		if back.Differences() != tree.Differences() || back.Changed != tree.Changed || back.Added != tree.Removed {
			rt.Fatalf("forth:\n%sback:\n%s", report(tree), report(back))
		}
		if twice := diff.Invert(diff.Invert(tree)); report(twice) != report(tree) {
			rt.Fatal("the inverse of the inverse is another one")
		}
	})
}

// edit makes one change somewhere.
func edit(t *rapid.T, h *rd.History) {
	if len(h.Runs) == 0 {
		return
	}
	run := rapid.SampledFrom(h.Runs).Draw(t, "run")
	if len(run.Steps) == 0 {
		return
	}
	s := rapid.SampledFrom(run.Steps).Draw(t, "step")
	switch rapid.IntRange(0, 11).Draw(t, "edit") {
	case 0:
		s.Staging.Set(rd.NameStageAdd, rapid.Uint64Range(0, 5).Draw(t, "adds"))
	case 1:
		drop(t, &s.ImportErrors)
	case 2:
		drop(t, &s.ExportErrors)
	case 3:
		drop(t, &s.RetryErrors)
	case 4:
		drop(t, &s.ObjectErrors)
	case 5:
		drop(t, &run.Steps)
	case 6:
		drop(t, &s.Incidents)
	case 7:
		drop(t, &s.Outbound)
	case 8:
		for _, e := range s.ImportErrors {
			if rapid.Bool().Draw(t, "this") {
				e.RetryCount = rd.NewNumber(e.RetryCount.N + 1)
				drop(t, &e.Change.Delta.Attributes)
				drop(t, &e.Change.Entry.ObjectClasses)
				break
			}
		}
	case 9:
		if n := len(s.ImportErrors); n > 0 { // the same once more: equal keys
			twin := *s.ImportErrors[rapid.IntRange(0, n-1).Draw(t, "twin")]
			twin.Type = rd.NewText(rapid.SampledFrom([]string{twin.Type.Value, "join-object-type-mismatch"}).Draw(t, "type"))
			s.ImportErrors = append(s.ImportErrors, &twin)
		}
	case 10:
		if len(h.Runs) > 1 {
			drop(t, &h.Runs)
		}
	case 11:
		s.Description = rd.Description{Block: rd.Block{Present: true}, Root: &rd.Any{Tag: "step-description", Children: []rd.AnyChild{
			{Element: &rd.Any{Tag: "step-type", Attributes: []rd.AnyAttribute{{Name: "type", Value: rapid.SampledFrom([]string{"export", "full-import"}).Draw(t, "step type")}}}}}}}
	}
}

func drop[T any](t *rapid.T, list *[]T) {
	if n := len(*list); n > 0 {
		i := rapid.IntRange(0, n-1).Draw(t, "dropped")
		*list = append((*list)[:i:i], (*list)[i+1:]...)
	}
}
