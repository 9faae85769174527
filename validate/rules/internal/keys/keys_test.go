package keys

import (
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
)

func TestFolded(t *testing.T) {
	if Folded("CN=Jörg", "x") != Folded("cn=JÖRG", "X") {
		t.Error("case makes a difference")
	}
	seen := make(map[rundetails.ID][]string)
	for _, texts := range [][]string{{}, {""}, {"", ""}, {"a"}, {"b"}, {"ab"}, {"a", "b"}, {"b", "a"}, {"", "ab"}, {"ab", ""}} {
		key := Folded(texts...)
		if other, ok := seen[key]; ok {
			t.Errorf("%q and %q have one key", texts, other)
		}
		seen[key] = texts
	}
	dn := "CN=Ines Halvorsen,OU=People,DC=woodgrove,DC=example"
	if n := testing.AllocsPerRun(10, func() { Folded("dn", dn) }); n != 0 {
		t.Errorf("a key takes %v allocations", n)
	}
}
