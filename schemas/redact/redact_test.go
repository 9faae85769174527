package redact_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/redact"
	"github.com/runhist/runhist/schemas/source"
)

// single is a target for one run.
type single struct{ bytes.Buffer }

func (s *single) Begin() (io.Writer, error)       { return &s.Buffer, nil }
func (s *single) Complete(convert.Identity) error { return nil }
func (s *single) Abandon() error                  { return nil }

// failer is what ends a test: that of the standard library, or that of rapid.
type failer interface {
	Helper()
	Fatal(args ...any)
}

// redacted converts and redacts a document of one run.
func redacted(t failer, r *redact.Redactor, document string) (string, convert.Outcome) {
	t.Helper()
	s := &single{}
	out, err := convert.New(source.DefaultLimits(), convert.Single, r, s).Document(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	return s.String(), out
}

// pseudonym is a word that stands for another.
var pseudonym = regexp.MustCompile(`(?i)x(?:[bdfghjklmnprstvz][aiou]){3,8}(?:[nrlt]e)*[nrlt]?0?`)

func TestShapes(t *testing.T) {
	for _, c := range []struct{ name, element, want string }{
		{"words of a DN", `<dn>CN=Ines Halvorsen,OU=People,DC=woodgrove,DC=example</dn>`, `<dn>CN=A B,OU=C,DC=D,DC=E</dn>`},
		{"case", `<dn>cn=INES,ou=ines,o=Ines,l=iNES</dn>`, `<dn>cn=A,ou=A,o=A,l=A</dn>`},
		{"escapes", `<dn>CN=Halvorsen\, Ines\2Cx\C3\A9\0ACNF:a</dn>`, `<dn>CN=A\, B\2CC\0ACNF:D</dn>`},
		{"letters in hexadecimal", `<dn>CN=M\C3\BCller+L=Müller</dn>`, `<dn>CN=A+L=A</dn>`},
		{"multi-valued RDN and OID", `<dn>2.5.4.3=a+uid=b;o="c, d"</dn>`, `<dn>2.5.4.3=A+uid=B;o="C, D"</dn>`},
		{"a type that nobody knows", `<dn>woodgroveID=7,CN=woodgroveID</dn>`, `<dn>A=9000000,CN=A</dn>`},
		{"MVID", `<dn>MVID=67d2da90-0c2a-e411-a2e8-0050568e45d6</dn>`, `<dn>MVID=00000001-0000-4000-8000-000000000000</dn>`},
		{"default partition", `<partition>default</partition>`, `<partition>default</partition>`},
		{"server", `<server>dc01.woodgrove.example:389</server>`, `<server>A.B.C:389</server>`},
		{"address of a server", `<server>10.1.2.3:3268</server>`, `<server>240.0.0.1:3268</server>`},
		{"address of version 6", `<server>[fe80::1]:389</server>`, `<server>[2001:db8::1]:389</server>`},
		{"account", `<security-id>WOODGROVE\svc-sync</security-id>`, `<security-id>A\B-C</security-id>`},
		{"SID", `<security-id>S-1-5-21-397955417-626881126-188441444-1010</security-id>`, `<security-id>S-1-5-21-9000000-9000001-9000002-9000003</security-id>`},
		{"file", `<input-file>\\fs01\drop\hr-people.ldif</input-file>`, `<input-file>\\A\B\C-D.ldif</input-file>`},
		{"extension", `<extension-name>Woodgrove.MV.dll</extension-name>`, `<extension-name>A.B.dll</extension-name>`},
		{"schema", `<src-attribute>employeeID</src-attribute>`, `<src-attribute>employeeID</src-attribute>`},
		{"own attribute", `<src-attribute>wgBadge</src-attribute>`, `<src-attribute>A</src-attribute>`},
		{"enumeration", `<error-type>ma-extension-error</error-type>`, `<error-type>ma-extension-error</error-type>`},
		{"wrong enumeration", `<error-type>extension-Ines-error</error-type>`, `<error-type>extension-A-error</error-type>`},
		{"date", `<date>2024-03-12T02:10:01.880Z</date>`, `<date>2024-03-12T02:10:01.880Z</date>`},
		{"wrong number", `<retry-count>7 for Ines</retry-count>`, `<retry-count>9000000 A B</retry-count>`},
		{"code", `<error-code>0x80230703</error-code>`, `<error-code>0x80230703</error-code>`},
		{"wrong code", `<error-code>0x1 of Ines</error-code>`, `<error-code>0x1 of A</error-code>`},
		{"free text", `<error-literal>The object Ines Halvorsen (ines@woodgrove.example) was not found on line 12 of 12345: 0x51</error-literal>`,
			`<error-literal>The object A B (A@C.D) was not found on line 12 of 9000000: 0x51</error-literal>`},
		{"numbers to call", `<error-literal>+47 912 84 377 or (030) 901-8203, not 2024-03-12 02:10:01, 12 of 500, 100 200</error-literal>`,
			`<error-literal>+9000000 9000001 9000002 9000003 or (9000004) 9000005-9000006, not 9000007-03-12 02:10:01, 12 of 500, 100 200</error-literal>`},
		{"address in place of a number", `<retry-count>172.23.94.117</retry-count><stage-add detail="10.1.2.3">1.5</stage-add>`, `<retry-count>240.0.0.1</retry-count><stage-add detail="240.0.0.2">1.5</stage-add>`},
		{"text as a number", `<error-literal>0x48616C766F727365 but 0x0000000080230703</error-literal>`, `<error-literal>A but 0x0000000080230703</error-literal>`},
		{"call stack", "<call-stack>System.FormatException: Bad 'Ines'\n at Woodgrove.Rules.Map(String s)</call-stack>",
			"<call-stack>System.FormatException: Bad 'A'\n at B.Rules.C(String D)</call-stack>"},
		{"no name of code", "<error-literal>System.Ines@woodgrove.example, Microsoft.ines</error-literal>",
			"<error-literal>System.A@B.C, Microsoft.A</error-literal>"},
		{"plain anchor", `<anchor>Ines.Halvorsen</anchor>`, `<anchor>A.B</anchor>`},
		{"anchor that becomes base64", `<anchor>abc</anchor>`, `<anchor>A</anchor>`},
		{"empty anchor", `<anchor encoding="base64"></anchor>`, `<anchor encoding="base64"/>`},
		{"no GUID", `<ma-id>{1234}</ma-id>`, `<ma-id>{9000000}</ma-id>`},
		{"GUIDs", `<ma-id>{1B6C1B2A-0A4E-4C6B-9D3C-7A2E5F3B9C10} 1b6c1b2a0a4e4c6b9d3c7a2e5f3b9c10 {00000000-0000-0000-0000-000000000000} {12345678-0A4E-4C6B-9D3C-7A2E5F3B9C10}</ma-id>`,
			`<ma-id>{00000001-0000-4000-8000-000000000000} 00000001000040008000000000000000 {00000000-0000-0000-0000-000000000000} {12345678-0000-4000-8000-000000000002}</ma-id>`},
		{"unknown markup", `<Ines Halvorsen="ines"><sub-ines/></Ines>`, `<A B="A"><C-A/></A>`},
		{"namespaces", `<p:a xmlns:p="urn:ines"/>`, `<A:B xmlns:A="C:D"/>`},
	} {
		if got := letters(inside(t, c.element)); got != c.want {
			t.Errorf("%s: %s\nis   %s\nwant %s", c.name, c.element, got, c.want)
		}
	}
}

// inside redacts an element and returns what stands for it.
func inside(t testing.TB, element string) string {
	t.Helper()
	text, out := redacted(t, redact.New(nil), "<run-history><run-details><custom-data>"+element+"</custom-data></run-details></run-history>")
	if out.Runs != 1 {
		t.Fatalf("%s: %+v", element, out)
	}
	_, text, _ = strings.Cut(text, "<custom-data>")
	text, _, _ = strings.Cut(text, "</custom-data>")
	return text
}

// letters writes pseudonyms in the order of their appearance as A, B, C.
func letters(text string) string {
	known := map[string]int{}
	return pseudonym.ReplaceAllStringFunc(text, func(p string) string {
		folded := strings.ToLower(p)
		if _, ok := known[folded]; !ok {
			known[folded] = len(known)
		}
		return string(rune('A' + known[folded]))
	})
}

// TestCase holds that spellings of a name stay spellings of one name, and
// stay apart.
func TestCase(t *testing.T) {
	r := redact.New(nil)
	seen := map[string]string{}
	first := ""
	for _, word := range []string{"Ines", "ines", "INES", "iNes", "InEs", "ines"} {
		got := string(r.Text([]byte(word)))
		if first == "" {
			first = got
		}
		if !strings.EqualFold(got, first) {
			t.Errorf("%s becomes %s, but Ines becomes %s", word, got, first)
		}
		if other, taken := seen[got]; taken && other != word {
			t.Errorf("%s and %s both become %s", word, other, got)
		}
		seen[got] = word
	}
	long := strings.Repeat("a", 30)
	a := string(r.Text([]byte(long)))
	b := string(r.Text([]byte(long[:29] + "A")))
	if a == b || !strings.EqualFold(a, b) {
		t.Errorf("%s and %s", a, b)
	}
}

// TestOneToOne holds that no two names share a pseudonym, with a key and
// without, and that a key is all that matters.
func TestOneToOne(t *testing.T) {
	for name, key := range map[string][]byte{"numbered": nil, "keyed": []byte("key")} {
		r := redact.New(key)
		seen := map[string]bool{}
		for i := range 50_000 {
			for _, thing := range []string{fmt.Sprintf("name%d", i), fmt.Sprint(10_000 + i), fmt.Sprintf("{%08X-0A4E-4C6B-9D3C-7A2E5F3B9C10}", i)} {
				got := string(r.Text([]byte(thing)))
				if seen[got] || got == thing {
					t.Fatalf("%s: %s becomes %s", name, thing, got)
				}
				seen[got] = true
			}
		}
	}
	masked := redact.New([]byte("key"))
	for in, want := range map[string]string{"12345678-0A4E-4C6B-9D3C-7A2E5F3B9C10": "12345678-", "11111111-1111-1111-1111-111111111111": "11111111-1111-1111-1111-111111111111"} {
		if got := string(masked.Text([]byte(in))); !strings.HasPrefix(got, want) {
			t.Errorf("%s, which somebody has masked, becomes %s", in, got)
		}
	}
	one, two, other := redact.New([]byte("key")), redact.New([]byte("key")), redact.New([]byte("kez"))
	_ = one.Text([]byte("somebody else"))
	a, b, c := string(one.Text([]byte("Ines 12345"))), string(two.Text([]byte("Ines 12345"))), string(other.Text([]byte("Ines 12345")))
	if a != b || a == c {
		t.Errorf("with one key %s and %s, with another %s", a, b, c)
	}
}

// TestBase64 holds that what is base64 stays so, that text in it is redacted
// as it is elsewhere, and that what is none stays none.
func TestBase64(t *testing.T) {
	wide := func(text string) (b []byte) {
		for _, c := range utf16.Encode([]rune(text)) {
			b = append(b, byte(c), byte(c>>8))
		}
		return b
	}
	plain := inside(t, "<dn>Ines Halvorsen</dn>")
	plain = strings.TrimSuffix(strings.TrimPrefix(plain, "<dn>"), "</dn>")
	value := func(text string) string {
		out := inside(t, `<dn>Ines Halvorsen</dn><anchor encoding="base64">`+text+`</anchor>`)
		_, out, _ = strings.Cut(out, `base64">`)
		out, _, _ = strings.Cut(out, "<")
		return out
	}
	for name, c := range map[string]struct {
		data []byte
		want []byte
	}{
		"UTF-8":                            {[]byte("Ines Halvorsen"), []byte(plain)},
		"UTF-16":                           {wide("Ines Halvorsen"), wide(plain)},
		"binary":                           {[]byte{1, 2, 3, 0xff}, nil},
		"short":                            {[]byte{0xff}, nil},
		"bytes without control characters": {[]byte("\xa9\xaa\xab\x00\xac"), nil},
	} {
		got := value(base64.StdEncoding.EncodeToString(c.data))
		data, err := base64.StdEncoding.Strict().DecodeString(got)
		if err != nil || c.want != nil && !bytes.Equal(data, c.want) || bytes.Contains(data, c.data) {
			t.Errorf("%s: %q, %v", name, data, err)
		}
	}
	if got := value("YW\nJj"); !strings.Contains(got, "\n") || strings.Contains(got, "YW") {
		t.Errorf("with white space: %q", got)
	}
	for _, bad := range []string{"YQ", "a-b", "Y===", "abc", "ab1"} {
		if _, err := base64.StdEncoding.Strict().DecodeString(value(bad)); err == nil {
			t.Errorf("%q was no base64, and became %q", bad, value(bad))
		}
	}
}
