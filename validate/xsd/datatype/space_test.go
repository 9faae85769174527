package datatype

import "testing"

func TestNormalize(t *testing.T) {
	for _, test := range []struct{ value, replace, collapse string }{
		{"", "", ""},
		{"a", "a", "a"},
		{" \t\r\n", "    ", ""},
		{" a b ", " a b ", "a b"},
		{"a\tb", "a b", "a b"},
		{"\na  b\r\n c\t", " a  b   c ", "a b c"},
		{"\u00a0a\u2003", "\u00a0a\u2003", "\u00a0a\u2003"},
	} {
		value := []byte(test.value)
		for w, want := range map[WhiteSpace]string{Preserve: test.value, Replace: test.replace, Collapse: test.collapse} {
			if got := string(w.Normalize(nil, value)); got != want {
				t.Errorf("%v: %q becomes %q, want %q", w, test.value, got, want)
			}
		}
		if string(value) != test.value {
			t.Errorf("%q was changed to %q", test.value, value)
		}
	}
	buffer, value := make([]byte, 0, 64), []byte(" a\n\nb ")
	if n := testing.AllocsPerRun(10, func() { buffer = Collapse.Normalize(buffer, value) }); n != 0 {
		t.Errorf("with a buffer there are still %v allocations", n)
	}
}

func TestParseUnsigned(t *testing.T) {
	for _, test := range []struct {
		value   string
		number  uint64
		verdict Verdict
	}{
		{"0", 0, Valid},
		{" 0042\n", 42, Valid},
		{"+0042", 0, Malformed},
		{"-0", 0, Malformed},
		{"-000", 0, Malformed},
		{"9999999999999999999", 9999999999999999999, Valid},
		{"18446744073709551615", 1<<64 - 1, Valid},
		{"000000000000000000000000018446744073709551615", 1<<64 - 1, Valid},
		{"18446744073709551616", 0, OutOfRange},
		{"-1", 0, OutOfRange},
		{"-99999999999999999999", 0, OutOfRange},
		{"", 0, Malformed},
		{"+", 0, Malformed},
		{"1 2", 0, Malformed},
		{"1.0", 0, Malformed},
		{"99999999999999999999x", 0, Malformed},
	} {
		n, v := ParseUnsigned([]byte(test.value))
		if n != test.number || v != test.verdict {
			t.Errorf("ParseUnsigned(%q) = %d, %v, want %d, %v", test.value, n, v, test.number, test.verdict)
		}
	}
}

func TestStrings(t *testing.T) {
	for got, want := range map[string]string{
		Valid.String(): "valid", Malformed.String(): "malformed", OutOfRange.String(): "out of range",
		Verdict(9).String(): "unknown verdict", Preserve.String(): "preserve", Replace.String(): "replace",
		Collapse.String(): "collapse", WhiteSpace(9).String(): "unknown whiteSpace",
	} {
		if got != want {
			t.Errorf("String() = %q, want %q", got, want)
		}
	}
}
