package datatype

import (
	"strings"
	"testing"
)

var matchTests = []struct {
	expr    string
	match   []string
	noMatch []string
}{
	{``, []string{""}, []string{"a", " "}},
	{`abc`, []string{"abc"}, []string{"", "ab", "abcd", "xabc", "ABC"}},
	{`a|bc|`, []string{"a", "bc", ""}, []string{"abc", "b", "c"}},
	{`(a|b)c`, []string{"ac", "bc"}, []string{"a", "b", "c", "abc"}},
	{`()`, []string{""}, []string{"a"}},
	{`(|a)+`, []string{"", "a", "aa"}, []string{"b"}},
	{`(a*)*`, []string{"", "aaa"}, []string{"b", "aab"}},
	{`a?`, []string{"", "a"}, []string{"aa"}},
	{`a*b+`, []string{"b", "aab", "abbb"}, []string{"", "a", "ba"}},
	{`a{3}`, []string{"aaa"}, []string{"", "aa", "aaaa"}},
	{`a{0}`, []string{""}, []string{"a"}},
	{`a{2,}`, []string{"aa", "aaa"}, []string{"", "a"}},
	{`a{0,}`, []string{"", "aaa"}, []string{"b"}},
	{`a{2,4}`, []string{"aa", "aaa", "aaaa"}, []string{"a", "aaaaa"}},
	{`(ab?){2}`, []string{"aa", "aba", "abab"}, []string{"a", "ab", "ababab"}},
	{`.`, []string{"a", "é", "\t", "\U0001F600", "\u2028", "\u0085"}, []string{"", "\n", "\r", "ab"}},
	// No anchors.
	{`^a$`, []string{"^a$"}, []string{"a"}},
	{`a-b`, []string{"a-b"}, []string{"ab"}},
	{`a,b:c"d'e/f`, []string{`a,b:c"d'e/f`}, nil},
	{`\n\r\t\\\|\.\-\^\?\*\+\{\}\(\)\[\]`, []string{"\n\r\t\\|.-^?*+{}()[]"}, nil},
	{`\s*`, []string{" \t\n\r", ""}, []string{"\u00a0", "a"}},
	{`\S`, []string{"a", "\u00a0"}, []string{" ", "\n"}},
	{`\d`, []string{"7", "٣", "𝟘"}, []string{"a", "²", "½"}},
	{`\D`, []string{"a", "²"}, []string{"7", "٣"}},
	{`\w*`, []string{"aé1+$€´"}, []string{"a b", "a.b", "a_b", "-", "\u00ad"}},
	{`\W*`, []string{"_- .\n", "\uffff"}, []string{"a", "+"}},
	{`\i\c*`, []string{"a", "_1", ":x", "é·", "a-b.c"}, []string{"", "1a", "-", "a b", "·"}},
	{`\I\C`, []string{"1 ", "-\n", "  "}, []string{"a ", "11"}},
	{`[abc]`, []string{"a", "b", "c"}, []string{"", "d", "ab"}},
	{`[a-cx-z]+`, []string{"abcxyz"}, []string{"d", "-"}},
	{`[^a-c]`, []string{"d", "\n", "é", "^"}, []string{"a", "b", ""}},
	{`[a^]`, []string{"a", "^"}, []string{"b"}},
	{`[^^]`, []string{"a"}, []string{"^"}},
	{`[-a]+`, []string{"-a"}, []string{"b"}},
	{`[a-]+`, []string{"-a"}, []string{"b"}},
	{`[^-a]`, []string{"b"}, []string{"-", "a"}},
	{`[-]`, []string{"-"}, []string{"a"}},
	{`[.*+?(){}|$,]+`, []string{".*+?(){}|$,"}, []string{"a", "\\"}},
	{`[\-\]\[\\\^]+`, []string{`-][\^`}, []string{"a"}},
	{`[\n-\r]`, []string{"\n", "\v", "\r"}, []string{"\t", "n"}},
	{`[+-\.]+`, []string{"+,-."}, []string{"/", "*"}},
	{`[\d\-x]+`, []string{"1-x٣"}, []string{"y"}},
	{`[\s\S]*`, []string{"", "a\nb"}, nil},
	{`[a-z-[aeiou]]+`, []string{"bcd"}, []string{"a", "be", "-"}},
	{`[^a-z-[0-9]]`, []string{"A", "-"}, []string{"a", "5"}},
	{`[a-z-[b-y-[m]]]+`, []string{"amz"}, []string{"b", "n"}},
	{`[a--[b]]+`, []string{"a-"}, []string{"b"}},
	{`[a-[a]]`, nil, []string{"", "a", "b", "é"}},
	{`[\p{Zl}-]+`, []string{"\u2028-"}, []string{"a"}},
	{`[\w-[\d_]]+`, []string{"abc"}, []string{"1", "_"}},
	{`\p{Lu}\p{Ll}*`, []string{"Éa", "Ωμ"}, []string{"a", "AA"}},
	{`\P{L}`, []string{"1", " "}, []string{"a", "é"}},
	{`[\p{L}\p{N}]+`, []string{"aé1Ⅷ"}, []string{"-"}},
	{`\p{Sc}`, []string{"$", "€"}, []string{"+"}},
	{`\p{C}`, []string{"\x01", "\u0378", "\ue000", "\u00ad"}, []string{"a", " "}},
	{`\p{Cn}`, []string{"\u0378", "\uffff"}, []string{"\x01", "\ue000", "a"}},
	{`é{2}`, []string{"éé"}, []string{"é", "e"}},
	{`.{3}`, []string{"日本語"}, []string{"日本", "日本語!"}},
	{`(.é|x.)*`, []string{"aéxx日é"}, []string{"aa", "é"}},
	{"[\u0400-\u04ff-[\u0410]]+", []string{"Иван"}, []string{"А", "I"}},
}

func TestMatch(t *testing.T) {
	for _, test := range matchTests {
		p, err := CompilePattern(test.expr)
		if err != nil {
			t.Errorf("CompilePattern(%q): %v", test.expr, err)
			continue
		}
		if p.String() != test.expr {
			t.Errorf("String() = %q, want %q", p.String(), test.expr)
		}
		for _, value := range test.match {
			if !p.Match([]byte(value)) {
				t.Errorf("%q does not match %q", test.expr, value)
			}
		}
		for _, value := range test.noMatch {
			if p.Match([]byte(value)) {
				t.Errorf("%q matches %q", test.expr, value)
			}
		}
	}
}

func TestSchemaPatterns(t *testing.T) {
	wrong := map[string][]string{
		"guid": {"", "{3F2504E0-4F89-11D3-9A0C-0305E82C330}", "3F2504E0-4F89-11D3-9A0C-0305E82C3301",
			"{3F2504E0-4F89-11D3-9A0C-0305E82C3301} ", "{3F2504E0-4F89-11D3-9A0C-0305E82C330é}"},
		"name":    {"CN=a\nb", "\r"},
		"account": {"a\r"},
		"count":   {"", "1", "1/2/3", "1/b", "-1/2", "٣/1"},
		"time":    {"2024-02-29 23:59:59", "2024-02-29 23:59:59.", "2024-02-29 23:59:59.1234", "2024-02-29T23:59:59.1"},
	}
	right := map[string][]string{
		"name":    {"", "=", ",", "CN=Иванов,", "a"},
		"account": {"", `\`, "..", "日本"},
		"count":   {"/", "1/", "/1"},
		"time":    {"9999-99-99 99:99:99.9"},
	}
	for _, s := range schemaPatterns {
		p, err := CompilePattern(s.expr)
		if err != nil {
			t.Fatal(err)
		}
		for _, value := range append(right[s.name], s.value) {
			if !p.Match([]byte(value)) {
				t.Errorf("%s does not match %q", s.name, value)
			}
		}
		for _, value := range wrong[s.name] {
			if p.Match([]byte(value)) {
				t.Errorf("%s matches %q", s.name, value)
			}
		}
		value := []byte(s.value)
		if n := testing.AllocsPerRun(100, func() { p.Match(value) }); n != 0 {
			t.Errorf("%s: Match allocates %v times", s.name, n)
		}
	}
}

func TestCompilePatternErrors(t *testing.T) {
	for _, test := range []struct{ expr, message string }{
		{`*`, "must be escaped"},
		{`a**`, "must be escaped"},
		{`a+?`, "must be escaped"},
		{`a{1}{2}`, "must be escaped"},
		{`{`, "must be escaped"},
		{`a}`, "must be escaped"},
		{`a]`, "must be escaped"},
		{`(a`, `"(" without ")"`},
		{`a)`, `")" without "("`},
		{`[a`, `"[" without "]"`},
		{`[a-[b]`, `"[" without "]"`},
		{`[]`, "empty class"},
		{`[^]`, "empty class"},
		{`[a[b]]`, "must be escaped"},
		{`[a-b-c]`, "must be escaped"},
		{`[--a]`, "must be escaped"},
		{`[\d-z]`, "must be escaped"},
		{`[a-\d]`, "range without an end"},
		{`[a-`, "range without an end"},
		{`[z-a]`, "backwards"},
		{`a{2,1}`, "backwards"},
		{`a{`, "without a number"},
		{`a{,1}`, "without a number"},
		{`a{1`, `without "}"`},
		{`a{1,2`, `without "}"`},
		{`a{99999999999999999999}`, "exceeds"},
		{`\`, "at the end"},
		{`\q`, "unknown escape"},
		{`\$`, "unknown escape"},
		{`\u0041`, "unknown escape"},
		{`\p`, "without a category"},
		{`\p{L`, "without a category"},
		{`\pL`, "without a category"},
		{`\p{}`, "unknown category"},
		{`\p{Xx}`, "unknown category"},
		{`\p{Cs}`, "unknown category"},
		{`\p{LC}`, "unknown category"},
		{`\p{IsBasicLatin}`, "blocks are not supported"},
		{"a\xff", "not valid UTF-8"},
		{strings.Repeat("(", 2000) + strings.Repeat(")", 2000), "nest deeper"},
		{strings.Repeat("[a-", 2000), "nest deeper"},
		{`(a{1000}){1000}`, "more than 50000 states"},
		{`((((){1000}){1000}){1000}){1000}`, "more than 50000 states"},
		{`(a|b)*a(a|b){20}`, "more than"},
		{`((a{0,100}){0,100}b?){2}`, "too complex"},
	} {
		_, err := CompilePattern(test.expr)
		if err == nil || !strings.Contains(err.Error(), test.message) {
			t.Errorf("CompilePattern(%.40q): %v, want %q", test.expr, err, test.message)
		}
	}
}

// TestLargePatterns makes sure that the bounds do not refuse what schemas use.
func TestLargePatterns(t *testing.T) {
	var words []string
	for _, a := range "abcdefghij" {
		for _, b := range "klmnopqrst" {
			words = append(words, strings.Repeat(string(a)+string(b), 3))
		}
	}
	for _, test := range []struct{ expr, match, noMatch string }{
		{`[a-z]{1,5000}`, strings.Repeat("x", 5000), strings.Repeat("x", 5001)},
		{`.{0,8000}`, strings.Repeat("é", 8000), strings.Repeat("é", 8001)},
		{`(a|b)*a(a|b){10}`, "a" + strings.Repeat("b", 10), strings.Repeat("b", 11)},
		{strings.Join(words, "|"), "ckckck", "ckckcl"},
		{`(\p{L}|\p{N}|\p{P}|[\p{S}-[+]]|\s)+`, "Ab1- €", "+"},
	} {
		p, err := CompilePattern(test.expr)
		if err != nil {
			t.Errorf("CompilePattern(%.40q): %v", test.expr, err)
			continue
		}
		if !p.Match([]byte(test.match)) || p.Match([]byte(test.noMatch)) {
			t.Errorf("%.40q matches wrongly", test.expr)
		}
	}
}

// TestSetIdentity guards against two sets being taken for one.
func TestSetIdentity(t *testing.T) {
	p, err := CompilePattern("[^\u0001-\ud7ff][\ufffd-\U0010ffff]")
	if err != nil {
		t.Fatal(err)
	}
	if !p.Match([]byte("\ue000\ufffe")) || p.Match([]byte("\ue000\ue000")) {
		t.Error("sets with boundaries among the surrogates are confused")
	}
}
