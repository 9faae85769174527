package diff_test

import (
	"bytes"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/runhist/runhist/analyze/diff"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// leadsTo checks that the differences applied to a are b, and the inverse ones
// applied to b are a; and that without Exact nothing is left of them.
func leadsTo(t *testing.T, what string, a, b *rd.History) {
	t.Helper()
	tree := diff.Histories(a, b, diff.Options{Exact: true})
	got, err := diff.Apply(a.Runs, tree)
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if canonical(t, got) != canonical(t, b) {
		t.Fatalf("%s: apply leads to\n%s\nnot to\n%s\nby\n%s", what, canonical(t, got), canonical(t, b), report(tree))
	}
	back, err := diff.Apply(b.Runs, diff.Invert(tree))
	if err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if canonical(t, back) != canonical(t, a) {
		t.Fatalf("%s: the inverse does not lead back", what)
	}
	loose := diff.Histories(a, b, diff.Options{})
	if _, err := diff.Apply(a.Runs, loose); err != nil {
		t.Fatalf("%s: %v", what, err)
	}
	if forth, back := loose.Differences(), diff.Histories(b, a, diff.Options{}).Differences(); forth != back {
		t.Errorf("%s: %d differences forth, %d back", what, forth, back)
	}
}

// TestPairs compares histories that have little in common.
func TestPairs(t *testing.T) {
	all := samples(t)
	names := slices.Sorted(maps.Keys(all))
	for i, a := range names {
		for _, step := range []int{1, 5, 18} {
			b := names[(i+step)%len(names)]
			leadsTo(t, a+" "+b, all[a], all[b])
		}
	}
}

// TestBroken compares histories of which lines are lost, doubled or swapped.
func TestBroken(t *testing.T) {
	all := samples(t)
	names := slices.Sorted(maps.Keys(all))
	r := rand.New(rand.NewPCG(3, 4))
	for range 150 {
		name := names[r.IntN(len(names))]
		lines := bytes.SplitAfter(written(t, all[name]), []byte("\n"))
		for range 1 + r.IntN(6) {
			i, j := r.IntN(len(lines)), r.IntN(len(lines))
			switch r.IntN(3) {
			case 0:
				lines = slices.Delete(lines, i, i+1)
			case 1:
				lines = slices.Insert(lines, i, lines[j])
			default:
				lines[i], lines[j] = lines[j], lines[i]
			}
		}
		b, _, err := rd.Read(bytes.NewReader(bytes.Join(lines, nil)), source.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		leadsTo(t, name, all[name], b)
	}
}

// TestEntryOfAnotherType: a record of a file is known by its number, whatever
// was wrong with it, and an error without number and name goes by its type.
func TestEntryOfAnotherType(t *testing.T) {
	history := func(first, second string) *rd.History {
		return parse(t, []byte(`<run-history><run-details><ma-name>HR</ma-name><step-details step-number="1"><ma-discovery-errors>`+
			`<ma-object-error><error-type>`+first+`</error-type><entry-number>2</entry-number><line-number>3</line-number></ma-object-error>`+
			`<ma-object-error><error-type>`+second+`</error-type></ma-object-error>`+
			`</ma-discovery-errors></step-details></run-details></run-history>`))
	}
	before := history("parse-error", "missing-dn")
	for _, c := range []struct {
		name          string
		after         *rd.History
		changed, only int
	}{
		{"numbered", history("read-error", "missing-dn"), 1, 0},
		{"unnamed", history("parse-error", "missing-object-class"), 0, 2},
	} {
		s := diff.Histories(before, c.after, diff.Options{})
		if s.Changed != c.changed || s.Added+s.Removed != c.only {
			t.Errorf("%s: %d changed, %d without partner, want %d and %d", c.name, s.Changed, s.Added+s.Removed, c.changed, c.only)
		}
	}
}
