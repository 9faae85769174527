//go:build libxml2 && cgo

package libxml2

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/runhist/runhist/schemas"
)

func TestLines(t *testing.T) {
	s := compile(t)
	v := verdict(t, s, with(`<step-details step-number="1"`, "<step-details\n\n step-number=\"x\"\n",
		"<end-date>2016-07-15 10:00:01.000<", "<end-date>\n\nx\n<",
		"<mv-retry-errors></", "<mv-retry-errors>\n<foo/>\n</"))
	type place struct {
		ID, Element   string
		Line, Reached int
	}
	var got []place
	for _, e := range v.Errors {
		got = append(got, place{e.ID, e.Element, e.Line, e.Reached})
	}
	want := []place{
		{"XSD-attribute-value", "step-details", 9, 12},
		{"XSD-pattern", "end-date", 14, 17},
		{"XSD-unexpected-element", "foo", 43, 43},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestLinesBeyond16Bits(t *testing.T) {
	s := compile(t)
	v := verdict(t, s, with("<run-details>", "<run-details>"+strings.Repeat("\n", 100_000), "success", "x"))
	if len(v.Errors) != 1 || v.Errors[0].Line != 100_012 {
		t.Errorf("got %+v", v)
	}
}

func TestElementInNamespace(t *testing.T) {
	v := verdict(t, compile(t), with("<ma-name>", `<q:ma-name xmlns:q="u:v">`, "</ma-name>", "</q:ma-name>"))
	if len(v.Errors) != 1 || v.Errors[0].Element != "{u:v}ma-name" {
		t.Errorf("got %+v", v)
	}
}

// TestMessageCannotForge puts into a value what the code looks for in a
// message.
func TestMessageCannotForge(t *testing.T) {
	s := compile(t)
	v := verdict(t, s, result("', attribute 'x': Missing child element(s)"))
	if got := ids(v); got != "XSD-enumeration" {
		t.Errorf("got %q", got)
	}
}

func TestManyErrors(t *testing.T) {
	doc := strings.ReplaceAll(history(500), `detail="true"`, `detail="x"`)
	want := strings.Count(doc, `detail="x"`)
	v := verdict(t, compile(t), doc)
	if v.Total != want || len(v.Errors) != 1_000 || v.Valid {
		t.Errorf("%d errors, %d kept, valid is %t; want %d", v.Total, len(v.Errors), v.Valid, want)
	}
}

// TestLongMessage makes messages far beyond libxml2's buffers (it cuts to 149
// bytes what is longer than 64,000) and ours, and moves the cut through every
// byte of a character.
func TestLongMessage(t *testing.T) {
	s := compile(t)
	for size, least := range map[int]int{2_000: 1_990, 300_000: 140} {
		for shift := range 8 {
			value := strings.Repeat("x", shift) + strings.Repeat("\U0001F600%s%n", size)
			for _, doc := range []string{result(value), with("<ma-id>", "<ma-id>"+value), with(`step-id="`, `step-id="`+value)} {
				v := verdict(t, s, doc)
				if len(v.Errors) != 1 {
					t.Fatalf("%d errors", len(v.Errors))
				}
				m := v.Errors[0].Message
				if !utf8.ValidString(m) || strings.ContainsRune(m, utf8.RuneError) || len(m) > 2_000 || len(m) < least {
					t.Errorf("message of %d bytes: %q", len(m), m)
				}
			}
		}
	}
}

func TestLongName(t *testing.T) {
	long := strings.Repeat("n", 1<<20)
	v := verdict(t, compile(t), with("<end-date>", "<"+long+"/><end-date>"))
	if got := ids(v); got != "XSD-unexpected-element" || len(v.Errors[0].Element) != 2_000 {
		t.Errorf("got %q with a name of %d bytes", got, len(v.Errors[0].Element))
	}
}

// TestLargeMarkup would take minutes if libxml2 had to move what waits with
// every piece, or to append piece by piece.
func TestLargeMarkup(t *testing.T) {
	s := compile(t)
	large := strings.Repeat("\u20ac", 8<<20)
	for name, doc := range map[string]string{
		"text":        name(large),
		"CDATA":       name("<![CDATA[" + large + "]]>"),
		"alternating": name(strings.Repeat("a<![CDATA[b]]>", 1<<20)),
		"comment":     name("<!--" + large + "-->"),
		"instruction": name("<?a " + large + "?>"),
		"attribute":   with("<step-result>", `<step-result file="`+large+`">`),
		"references":  name(strings.Repeat("&amp;", 1<<20)),
	} {
		if v := verdict(t, s, doc); !v.Valid {
			t.Errorf("%s: %+v", name, v)
		}
	}
}

func TestLimits(t *testing.T) {
	s := compile(t)
	for name, doc := range map[string]string{
		"text":    name(strings.Repeat("x", 300_000)),
		"comment": name("<!--" + strings.Repeat("x", 300_000) + "-->"),
		"CDATA":   name("<![CDATA[" + strings.Repeat("x", 300_000) + "]]>"),
		"tag":     name("<a " + strings.Repeat("x", 300_000)),
		"depth":   described(strings.Repeat("<a>", 600)),
		"names":   described(names(20_000)),
	} {
		limits := defaultLimits()
		limits.value, limits.depth, limits.names = 200_000, 500, 200_000
		if v, err := s.validate(strings.NewReader(doc), 4096, limits); !errors.Is(err, ErrLimit) {
			t.Errorf("%s: %v, %+v", name, err, v)
		}
	}
}

// names is a run of elements with distinct names.
func names(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("<name-" + strconv.Itoa(i) + "/>")
	}
	return b.String()
}

// TestGivesUp has a value on which libxml2's matcher tries every way to cut it
// into components before it fails. No verdict is better than a wrong one.
func TestGivesUp(t *testing.T) {
	doc := with(`dn="CN=d"`, `dn="`+strings.Repeat("a=b,", 40)+`&#10;"`)
	if v, err := compile(t).Validate(strings.NewReader(doc)); !errors.Is(err, ErrInternal) || v.Valid {
		t.Errorf("%v, %+v", err, v)
	}
}

func TestReadErrors(t *testing.T) {
	s := compile(t)
	broken := errors.New("broken")
	for _, r := range []io.Reader{
		iotest.ErrReader(broken),
		io.MultiReader(strings.NewReader(with()[:500]), iotest.ErrReader(broken)),
	} {
		if _, err := s.Validate(r); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
	if _, err := s.Validate(idle{}); !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

// idle never reads anything and never ends.
type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestCompile(t *testing.T) {
	if _, err := Compile(nil); err == nil {
		t.Error("empty schema compiled")
	}
	for source, want := range map[string]string{
		"<a":   "Couldn't find end of Start Tag",
		"<a/>": "The XML document 'in_memory_buffer' is not a schema document",
		`<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="b"/></xs:schema>`: "does not resolve",
	} {
		if _, err := Compile([]byte(source)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v", source, err)
		}
	}
}

func TestClose(t *testing.T) {
	s, err := Compile(schemas.UPSMODS)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s.Close()
	if _, err := s.Validate(strings.NewReader("<a/>")); !errors.Is(err, ErrClosed) {
		t.Errorf("got %v", err)
	}
	if !Available() || !strings.HasPrefix(Version(), "2") {
		t.Errorf("available is %t, version %q", Available(), Version())
	}
}

// TestConcurrent shares one schema between goroutines, some of which meet
// errors of every kind.
func TestConcurrent(t *testing.T) {
	s := compile(t)
	all := samples()
	want := make([]Verdict, len(all))
	for i, c := range all {
		want[i] = verdict(t, s, c.doc)
	}
	var wg sync.WaitGroup
	for g := range 8 {
		wg.Go(func() {
			for n := range len(all) {
				i := (n*7 + g*31) % len(all)
				got, err := s.Validate(iotest.HalfReader(strings.NewReader(all[i].doc)))
				if err != nil {
					t.Error(err)
				}
				if diff := cmp.Diff(want[i], got); diff != "" {
					t.Errorf("%s:\n%s", all[i].name, diff)
				}
			}
		})
	}
	wg.Wait()
}

// TestMemory validates so often that a leak of one context would show (the
// smallest is over a kilobyte) and not the arenas of the threads, and a document
// so long that a tree would.
func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds")
	}
	s, all := compile(t), samples()
	round := func() {
		for _, c := range all {
			if len(c.doc) < 20_000 {
				verdict(t, s, c.doc)
			}
		}
	}
	for range 5 {
		round()
	}
	before := resident(t)
	for range 60 {
		round()
	}
	if grown := resident(t) - before; grown > 8<<20 {
		t.Errorf("%d bytes more after %d documents", grown, 60*len(all))
	}
	if _, err := s.Validate(endless(50 << 20)); err != nil {
		t.Error(err)
	}
	if grown := resident(t) - before; grown > 16<<20 {
		t.Errorf("%d bytes more after a document of 50 MB", grown)
	}
}

// endless is a document of at least n bytes that is never in memory at once.
func endless(n int) io.Reader {
	head, tail, _ := bytes.Cut([]byte(history(2)), []byte("<step-details step-number=\"2\""))
	step := append([]byte("<step-details step-number=\"2\""), tail[:bytes.Index(tail, []byte("</run-details>"))]...)
	all := []io.Reader{bytes.NewReader(head)}
	for ; n > 0; n -= len(step) {
		all = append(all, bytes.NewReader(step))
	}
	return io.MultiReader(append(all, strings.NewReader("</run-details></run-history>"))...)
}

// resident returns the memory of the process that is in use.
func resident(t *testing.T) int {
	t.Helper()
	runtime.GC()
	statm, err := os.ReadFile(filepath.Join("/proc", "self", "statm"))
	if err != nil {
		t.Skip(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(statm))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}

func BenchmarkValidate(b *testing.B) {
	s := compile(b)
	var doc bytes.Buffer
	if _, err := doc.ReadFrom(endless(5_000_000)); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(doc.Len()))
	for b.Loop() {
		v, err := s.Validate(bytes.NewReader(doc.Bytes()))
		if err != nil || !v.Valid {
			b.Fatalf("%v, %+v", err, v)
		}
	}
}
