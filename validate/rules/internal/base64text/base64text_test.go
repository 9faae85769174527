package base64text

import (
	"encoding/base64"
	"strings"
	"testing"
)

func TestJudge(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  Verdict
		fault string
	}{
		{"", Good, ""},
		{"YQ==", Good, ""},
		{"YWI=", Good, ""},
		{"YWJj", Good, ""},
		{" YWJj\n", Spaced, "has white space among its 4 characters of base64"},
		{" ", Spaced, "has white space among its 0 characters of base64"},
		{"YQ", Bad, "has 2 characters, and base64 has a multiple of 4"},
		{"YQ=", Bad, "has 3 characters, and base64 has a multiple of 4"},
		{"Lena Okafor", Bad, "has 10 characters, and base64 has a multiple of 4 (white space not counted)"},
		{"Y===", Bad, "ends in 3 padding characters (=), and base64 has 2 at the most"},
		{"====", Bad, "ends in 4 padding characters (=), and base64 has 2 at the most"},
		{"YQ==YQ==", Bad, "has padding (=) at character 3, before its end"},
		{"YW-j", Bad, "has the character '-' at position 3, which base64 does not have"},
		{"YWü=", Bad, "has the character 'ü' at position 3, which base64 does not have"},
		{"YW\u00a0j", Bad, "has the character '\\u00a0' at position 3, which base64 does not have"},
		{"YR==", Bad, "has bits set in its last character that stand for nothing"},
	} {
		if got, fault := Judge(c.text); got != c.want || fault != c.fault {
			t.Errorf("Judge(%q) = %d, %q; want %d, %q", c.text, got, fault, c.want, c.fault)
		}
	}
}

// TestGoodCostsNothing: every anchor of a document is judged.
func TestGoodCostsNothing(t *testing.T) {
	text := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("anchor", 100) + "!"))
	if n := testing.AllocsPerRun(100, func() { Judge(text) }); n != 0 {
		t.Errorf("%v allocations for a good text", n)
	}
}

// FuzzJudge holds the verdict against the strict decoder of the standard
// library, which takes line breaks and nothing else amiss.
func FuzzJudge(f *testing.F) {
	for _, seed := range []string{"", "YWJj", "YQ==", "YR==", "Y\nQ==", "====", "a b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, fault := Judge(text)
		_, err := base64.StdEncoding.Strict().DecodeString(text)
		want := err == nil && !strings.ContainsAny(text, "\r\n")
		if (got == Good) != want || (fault == "") != want {
			t.Errorf("Judge(%q) = %d, %q; the decoder says %v", text, got, fault, err)
		}
	})
}
