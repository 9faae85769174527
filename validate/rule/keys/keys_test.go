package keys

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/runhist/runhist/schemas/rundetails"
)

func TestFolded(t *testing.T) {
	if Folded("CN=Jörg", "x") != Folded("cn=JÖRG", "X") {
		t.Error("case makes a difference")
	}
	seen := make(map[Key][]string)
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

// TestSpellings holds that a key does not depend on case at any place of a
// text of any length, and does on everything else.
func TestSpellings(t *testing.T) {
	const text = "CN=Zoë Ångström @[`{,OU=Straße,DC=contoso,DC=com and more"
	for n := range len(text) {
		if !utf8.RuneStart(text[n]) {
			continue
		}
		part := text[:n]
		if Folded(part) != Folded(strings.ToLower(part)) {
			t.Errorf("%q and its small letters differ", part)
		}
		for i, r := range part {
			changed := part[:i] + "#" + part[i+utf8.RuneLen(r):]
			if r != '#' && Folded(part) == Folded(changed) {
				t.Errorf("%q and %q have one key", part, changed)
			}
		}
	}
	if Folded("@[`{") == Folded("`{@[") || Folded("@") == Folded("`") || Folded("[") == Folded("{") {
		t.Error("characters beside the letters are folded")
	}
	if Folded("\u212a") != Folded("k") {
		t.Error("the small letter of the Kelvin sign is k")
	}
}

// TestOf holds that GUIDs are bytes and no text.
func TestOf(t *testing.T) {
	seen := map[Key]bool{}
	for i := range 16 {
		for b := range 256 {
			var id rundetails.ID
			id[i] = byte(b)
			seen[Of(id).Text("x")] = true
		}
	}
	if len(seen) != 16*255+1 {
		t.Errorf("%d keys of %d GUIDs", len(seen), 16*255+1)
	}
}

// TestExact holds that case and the border of texts make a difference.
func TestExact(t *testing.T) {
	seen := map[Key]string{}
	for _, texts := range [][]string{{}, {""}, {"a"}, {"A"}, {"a", ""}, {"", "a"}, {"YWJjZGVmZ2g="}, {"ywjjzgvmz2g="}, {"YWJj", "ZGVmZ2g="}, {"12345678"}, {"12345678", ""}} {
		k := New()
		for _, text := range texts {
			k = k.Exact(text)
		}
		if other, known := seen[k]; known {
			t.Errorf("%q has the key of %s", texts, other)
		}
		seen[k] = strings.Join(texts, "|")
	}
}

func BenchmarkFolded(b *testing.B) {
	const dn = "CN=Ines Halvorsen,OU=People,DC=woodgrove,DC=example"
	b.SetBytes(int64(len(dn)))
	for b.Loop() {
		Folded(dn)
	}
}
