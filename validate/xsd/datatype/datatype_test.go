package datatype

import (
	"slices"
	"testing"
)

// typeTest lists literals of one type, as they stand in a document.
type typeTest struct {
	name       string
	valid      []string
	malformed  []string
	outOfRange []string
}

var builtinTests = slices.Concat(stringTests, numberTests, calendarTests, otherTests)

var stringTests = []typeTest{
	{name: "anySimpleType", valid: []string{"", " a\n ", "日本"}},
	{name: "string", valid: []string{"", " a\n ", "日本"}},
	{name: "normalizedString", valid: []string{"", " a\n ", "日本"}},
	{name: "token", valid: []string{"", " a\n b ", "日本"}},
	{name: "language",
		valid:     []string{"en", "en-GB", "x-klingon", "i-12345678-a1", "abcdefgh", " de\n", "zh-Hant-TW"},
		malformed: []string{"", "abcdefghi", "en-", "-en", "en--GB", "e1", "en_GB", "en GB", "en-123456789", "dé"}},
	{name: "Name",
		valid:     []string{"a", ":", "_", "a:b:c", "A1.-_", " Ωμ ", "a·", "日本", "x\u0301"},
		malformed: []string{"", "1a", "-a", ".a", "a b", "a/b", "·a", "\u0301x", "😀", "a\u2070"}},
	{name: "NCName",
		valid:     []string{"a", "_", "A1.-_", "\tΩμ\t", "日本"},
		malformed: []string{"", "a:b", ":a", "a:", "1a", "-a", "a b", "·a"}},
	{name: "NMTOKEN",
		valid:     []string{"a", "1", "-", ":", "1:2.3-4_5", " ·a ", "٣"},
		malformed: []string{"", "a b", "a/b", "a,b", "😀"}},
	{name: "NMTOKENS",
		valid:     []string{"a", " 1 2\n3\t4 ", "a\r\nb"},
		malformed: []string{"", "  ", "a /", "a b,c"}},
	{name: "ID", valid: []string{"id1", " id2 "}, malformed: []string{"", "1", "a:b", "a b"}},
	{name: "IDREF", valid: []string{"a", "_1"}, malformed: []string{"", "1", "a:b", "a b"}},
	{name: "IDREFS", valid: []string{"a", " a  b "}, malformed: []string{"", "a 1", "a:b"}},
	{name: "ENTITY", valid: []string{"a"}, malformed: []string{"", "1", "a:b", "a b"}},
	{name: "ENTITIES", valid: []string{"a", "a b"}, malformed: []string{"", "a 1", "a:b"}},
}

var numberTests = []typeTest{
	{name: "boolean",
		valid:     []string{"true", "false", "1", "0", " true\n"},
		malformed: []string{"", "TRUE", "True", "yes", "00", "2", "+1", "tr ue"}},
	{name: "decimal",
		valid: []string{"0", "-1.23", "12678967.543233", "+100000.00", "210", ".5", "5.", "-.0", " 1 ",
			"123456789012345678901234567890.123456789012345678901234567890"},
		malformed: []string{"", ".", "+", "-", "+.", "1e5", "1,5", "1 5", "--1", "1.2.3", "INF", "0x1", "٣"}},
	{name: "integer",
		valid:     []string{"0", "-0", "+0", "007", "-12345678901234567890123", "99999999999999999999", "\t1\n"},
		malformed: []string{"", "+", "1.0", "1.", "1e5", "1 2", "a", "--1", "+-1", "1a", "99999999999999999999a"}},
	{name: "nonPositiveInteger",
		valid:      []string{"0", "+0", "-0", "-1", "-99999999999999999999"},
		malformed:  []string{"", "-", "a"},
		outOfRange: []string{"1", "+1", "99999999999999999999"}},
	{name: "negativeInteger",
		valid:      []string{"-1", "-001", "-99999999999999999999"},
		malformed:  []string{"", "-", "-1.0"},
		outOfRange: []string{"0", "-0", "1", "99999999999999999999"}},
	{name: "nonNegativeInteger",
		valid:      []string{"0", "-0", "+1", "99999999999999999999"},
		malformed:  []string{"", "+", "1.5"},
		outOfRange: []string{"-1", "-99999999999999999999"}},
	{name: "positiveInteger",
		valid:      []string{"1", "+1", "01", "99999999999999999999"},
		malformed:  []string{"", "one"},
		outOfRange: []string{"0", "-0", "00", "-1"}},
	{name: "long",
		valid:      []string{"9223372036854775807", "-9223372036854775808", "+009223372036854775807"},
		malformed:  []string{"", "1L"},
		outOfRange: []string{"9223372036854775808", "-9223372036854775809", "18446744073709551616"}},
	{name: "int",
		valid:      []string{"2147483647", "-2147483648", "0"},
		malformed:  []string{"", "0x10"},
		outOfRange: []string{"2147483648", "-2147483649", "99999999999999999999"}},
	{name: "short",
		valid:      []string{"32767", "-32768"},
		malformed:  []string{"", "3 2"},
		outOfRange: []string{"32768", "-32769"}},
	{name: "byte",
		valid:      []string{"127", "-128", "+0127"},
		malformed:  []string{"", "1."},
		outOfRange: []string{"128", "-129", "255"}},
	{name: "unsignedLong",
		valid:      []string{"0", "18446744073709551615", "00018446744073709551615"},
		malformed:  []string{"", "-", "-0", "+1", "1-", "0.0"},
		outOfRange: []string{"18446744073709551616", "-1", "100000000000000000000"}},
	{name: "unsignedInt",
		valid:      []string{"0", "4294967295", " 42\r\n", "0000000000000000000000001"},
		malformed:  []string{"", " ", "1 2", "1,000", "1.0", "abc", "４", "+7", "-0"},
		outOfRange: []string{"4294967296", "-1", "99999999999999999999", " -5 "}},
	{name: "unsignedShort",
		valid:      []string{"65535"},
		malformed:  []string{"", "x"},
		outOfRange: []string{"65536", "-1"}},
	{name: "unsignedByte",
		valid:      []string{"255", "0", "0255"},
		malformed:  []string{"", "0xff", "+255"},
		outOfRange: []string{"256", "-1", "1000"}},
	{name: "float", valid: floatValid, malformed: floatMalformed},
	{name: "double", valid: floatValid, malformed: floatMalformed},
}

var (
	floatValid = []string{"0", "-0", "1E4", "1267.43233E12", "12.78e-2", "12", "INF", "-INF", "NaN", ".5", "5.", "+1.e+5",
		"1e999", "1e-999", " 1\n"}
	floatMalformed = []string{"", ".", "+INF", "inf", "Inf", "nan", "-NaN", "1e", "e5", "1e5.0", "1 e5", "0x1p3", "1f", "--1",
		"INFINITY", ".e5"}
)

var otherTests = []typeTest{
	{name: "hexBinary",
		valid:     []string{"", "0FB7", "0fb7", " 00 "},
		malformed: []string{"0", "0FB", "0G", "00 00", "0x00", "zz"}},
	{name: "base64Binary",
		valid: []string{"", "QUJD", "QUI=", "QQ==", "Q Q = =", "QUJD\nQUJD", " QUJD ", "+/+/", "QU JD", "Q  Q\n=\t="},
		malformed: []string{"Q", "QQ", "QUJ", "QQ=", "QR==", "QUJ=A", "QUJ=QUJD", "====", "=", "QUJD=", "QUK==", "QUF=", "Q-__",
			"QQ==QQ=="}},
	{name: "anyURI",
		valid: []string{"", "http://example.com/a?b#c", "a", "../a", "/a/b;c=1", "#f", "urn:uuid:1", "mailto:a@b", "a b", "é", "{x}",
			"http://", "//host", "?q", "http://[::1]:80/", "a/b:c", "file:///c:/x", "x:?y", "%41", "http://a@[1::2]/",
			`C:\dir`, "http://h/a?b[]", "\u00a0", "http://h:port", "a#%20", ":/"[1:]},
		malformed: []string{"%", "%4", "%zz", "a%", "#a#b", ":a", "1a:b", "a:", "http:", "a[b", "http://[zz]/", "http://[::1",
			"http://[::1]x", "http://[::1%25e]/", "://a", "/a]", "é:b", "http://x[::1]/"}},
	{name: "QName",
		valid:     []string{"a", "a:b", " xs:string ", "é:日"},
		malformed: []string{"", ":", "a:", ":a", "a:b:c", "1:a", "a:1", "a b", "a: b"}},
	{name: "NOTATION",
		valid:     []string{"a", "a:b"},
		malformed: []string{"", "a:b:c", "1"}},
}

func TestCheck(t *testing.T) {
	tested := make(map[string]bool)
	for _, test := range builtinTests {
		tested[test.name] = true
		built, ok := Builtin(test.name)
		if !ok {
			t.Errorf("no type %s", test.name)
			continue
		}
		for want, values := range map[Verdict][]string{
			Valid: test.valid, Malformed: test.malformed, OutOfRange: test.outOfRange,
		} {
			for _, value := range values {
				if got := built.Check([]byte(value)); got != want {
					t.Errorf("%s: %q is %v, want %v", test.name, value, got, want)
				}
			}
		}
	}
	for name := range builtins {
		if !tested[name] {
			t.Errorf("%s is not tested", name)
		}
	}
}

func TestCheckDoesNotAllocate(t *testing.T) {
	for _, test := range builtinTests {
		built := builtins[test.name]
		for _, value := range test.valid {
			literal := []byte(value)
			if n := testing.AllocsPerRun(10, func() { built.Check(literal) }); n != 0 {
				t.Errorf("%s: checking %q allocates %v times", test.name, value, n)
			}
		}
	}
}

func TestHierarchy(t *testing.T) {
	if len(builtins) != 45 {
		t.Errorf("%d types, want the 44 of the specification and anySimpleType", len(builtins))
	}
	for _, test := range []struct {
		name       string
		whiteSpace WhiteSpace
		chain      []string
	}{
		{"anySimpleType", Preserve, nil},
		{"string", Preserve, []string{"anySimpleType"}},
		{"normalizedString", Replace, []string{"string", "anySimpleType"}},
		{"token", Collapse, []string{"normalizedString", "string", "anySimpleType"}},
		{"ID", Collapse, []string{"NCName", "Name", "token", "normalizedString", "string", "anySimpleType"}},
		{"NMTOKENS", Collapse, []string{"anySimpleType"}},
		{"boolean", Collapse, []string{"anySimpleType"}},
		{"byte", Collapse, []string{"short", "int", "long", "integer", "decimal", "anySimpleType"}},
		{"negativeInteger", Collapse, []string{"nonPositiveInteger", "integer", "decimal", "anySimpleType"}},
		{"unsignedByte", Collapse, []string{"unsignedShort", "unsignedInt", "unsignedLong", "nonNegativeInteger",
			"integer", "decimal", "anySimpleType"}},
		{"NOTATION", Collapse, []string{"anySimpleType"}},
	} {
		built, _ := Builtin(test.name)
		if built.Name() != test.name || built.String() != test.name || built.WhiteSpace() != test.whiteSpace {
			t.Errorf("%s: name %s, white space %v", test.name, built.Name(), built.WhiteSpace())
		}
		var chain []string
		for b := built.Base(); b != nil; b = b.Base() {
			chain = append(chain, b.Name())
			if !built.DerivesFrom(b) || b.DerivesFrom(built) {
				t.Errorf("%s and %s derive the wrong way round", built, b)
			}
		}
		if !slices.Equal(chain, test.chain) {
			t.Errorf("%s derives from %v, want %v", test.name, chain, test.chain)
		}
	}
	if builtins["int"].DerivesFrom(builtins["unsignedInt"]) || builtins["NMTOKENS"].DerivesFrom(builtins["NMTOKEN"]) {
		t.Error("types derive from what they do not derive from")
	}
	if builtins["IDREFS"].Item() != builtins["IDREF"] || builtins["IDREF"].Item() != nil {
		t.Error("wrong item types")
	}
	for _, name := range []string{"", "anyType", "String", "xs:string", "dayTimeDuration"} {
		if _, ok := Builtin(name); ok {
			t.Errorf("there is a type %q", name)
		}
	}
}
