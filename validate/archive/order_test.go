package archive

import (
	"cmp"
	"math/rand"
	"slices"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
)

// TestOrder inserts runs in several orders and compares the neighbours with
// those in a plain sorted list.
func TestOrder(t *testing.T) {
	random := rand.New(rand.NewSource(7))
	const n = 3000
	for name, start := range map[string]func(i int) int{
		"rising":  func(i int) int { return i },
		"falling": func(i int) int { return n - i },
		"random":  func(int) int { return random.Intn(n / 3) }, // with ties
	} {
		starts := make([]int, n)
		compare := func(a, b uint32) int { return cmp.Compare(starts[a], starts[b]) }
		var o order
		var plain []uint32
		for i := range uint32(n) {
			starts[i] = start(int(i))
			before, after := o.insert(i, compare)
			at := len(plain)
			for at > 0 && compare(plain[at-1], i) > 0 {
				at--
			}
			wantBefore, wantAfter := none, none
			if at > 0 {
				wantBefore = plain[at-1]
			}
			if at < len(plain) {
				wantAfter = plain[at]
			}
			if before != wantBefore || after != wantAfter {
				t.Fatalf("%s: run %d is between %d and %d, want %d and %d", name, i, before, after, wantBefore, wantAfter)
			}
			plain = slices.Insert(plain, at, i)
		}
		if !slices.Equal(slices.Concat(o.pieces...), plain) {
			t.Errorf("%s: the list is not in order", name)
		}
	}
}

func TestSlab(t *testing.T) {
	var s slab[int]
	var pointers []*int
	for i := range 1000 {
		pointers = append(pointers, s.add(i))
	}
	r := reader[int]{slab: &s}
	for i := range 1000 {
		if got := r.nextTo(600 + i/600*400); got == nil || *got != i || got != pointers[i] {
			t.Fatalf("item %d is %v", i, got)
		}
		if i == 599 && r.nextTo(600) != nil {
			t.Fatal("there is more than was asked for")
		}
	}
	if r.next() != nil {
		t.Fatal("there is more than was added")
	}
}

func TestDigest(t *testing.T) {
	seen := map[rundetails.ID]string{}
	texts := []string{"", "a", "b", "aa", "a\x00", "12345678", "123456789", "12345678\x00"}
	for _, first := range texts {
		for _, second := range texts {
			var d digest
			d.text(first)
			d.text(second)
			if before, twice := seen[d.sum()]; twice {
				t.Errorf("%q and %q: as %s", first, second, before)
			}
			seen[d.sum()] = first + "|" + second
		}
	}
}
