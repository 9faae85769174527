package datatype

import (
	"math/big"
	"regexp"
	"testing"
	"time"
	"unicode/utf8"
)

func FuzzPattern(f *testing.F) {
	for _, s := range schemaPatterns {
		f.Add(s.expr, s.value)
	}
	for _, test := range matchTests {
		f.Add(test.expr, "aé1")
	}
	f.Add(`(a|b)*a(a|b){20}`, "ab")
	f.Add(`((a{0,100}){0,100}b?){2}`, "ab")
	f.Add(`[^\p{L}-[\i-[a-z]]]{3,}`, "---")
	f.Fuzz(func(t *testing.T, expr, value string) {
		if len(expr) > 1000 {
			return
		}
		started := time.Now()
		p, err := CompilePattern(expr)
		if elapsed := time.Since(started); elapsed > 10*time.Second {
			t.Fatalf("CompilePattern(%q) took %v", expr, elapsed)
		}
		if err != nil {
			return
		}
		if len(p.next) > 2*maxTransitions {
			t.Fatalf("%q has %d transitions", expr, len(p.next))
		}
		first := p.Match([]byte(value))
		if p.Match([]byte(value)) != first {
			t.Fatalf("%q is undecided about %q", expr, value)
		}
	})
}

var integerForm = regexp.MustCompile(`^[ \t\r\n]*([-+]?[0-9]+)[ \t\r\n]*$`)

func FuzzBuiltin(f *testing.F) {
	for _, test := range builtinTests {
		for _, values := range [][]string{test.valid, test.malformed, test.outOfRange} {
			for _, value := range values {
				f.Add([]byte(value))
			}
		}
	}
	f.Fuzz(func(t *testing.T, value []byte) {
		if !utf8.Valid(value) {
			return
		}
		original := string(value)
		for name, built := range builtins {
			v := built.Check(value)
			if base := built.Base(); base != nil && v == Valid && base.Check(value) != Valid {
				t.Errorf("%q is valid for %s but not for its base", value, name)
			}
			if built.WhiteSpace() == Collapse {
				if w := built.Check(Collapse.Normalize(nil, value)); w != v {
					t.Errorf("%s: %q is %v, collapsed it is %v", name, value, v, w)
				}
			}
		}
		if string(value) != original {
			t.Errorf("%q was changed to %q", original, value)
		}
		checkAgainstBig(t, value)
	})
}

// signedForm matches a plus sign, and minus zero: an unsigned number has no sign,
// and only a negative one is called out of range.
var signedForm = regexp.MustCompile(`^[ \t\r\n]*([+]|-0+[ \t\r\n]*$)`)

func checkAgainstBig(t *testing.T, value []byte) {
	n, v := ParseUnsigned(value)
	groups := integerForm.FindSubmatch(value)
	if groups != nil && signedForm.Match(value) {
		if v != Malformed {
			t.Fatalf("ParseUnsigned(%q) is %v, though unsigned numbers have no sign", value, v)
		}
		return
	}
	if (groups == nil) != (v == Malformed) {
		t.Fatalf("ParseUnsigned(%q) is %v", value, v)
	}
	if groups == nil {
		return
	}
	want, ok := new(big.Int).SetString(string(groups[1]), 10)
	if !ok {
		t.Fatalf("math/big does not parse %q", groups[1])
	}
	if want.IsUint64() != (v == Valid) || v == Valid && want.Uint64() != n {
		t.Errorf("ParseUnsigned(%q) = %d, %v", value, n, v)
	}
	long := Valid
	if !want.IsInt64() {
		long = OutOfRange
	}
	if got := builtins["long"].Check(value); got != long {
		t.Errorf("long: %q is %v, want %v", value, got, long)
	}
}
