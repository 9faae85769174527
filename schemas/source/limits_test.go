package source

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestLimits reads documents that are just small enough, and that are one too
// large.
func TestLimits(t *testing.T) {
	n := func(s string, n int) string { return strings.Repeat(s, n) }
	limits := Limits{Bytes: 0, Depth: 5, Attributes: 3, Value: 40}
	for _, v := range []verdict{
		{n("<a>", 5) + n("</a>", 5), "end"},
		{n("<a>", 5) + "\n<a/>", "SRC-limit-depth 2:1 /a[1]/a[1]/a[1]/a[1]/a[1]"},
		{"<a b='1' c='2' xmlns='u'/>", "end"},
		{"<a b='1' c='2' xmlns='u'\nd='3'/>", "SRC-limit-attributes 2:1 /"},
		{"<a>" + n("x", 40) + "</a>", "end"},
		{"<b/>", "end"},
		{"<a>\n<b>" + n("x", 41) + "</b></a>", "SRC-limit-value 2:1 /a[1]/b[1]"},
		{"<a>" + n("é", 20) + "</a>", "end"},
		{"<a>" + n("é", 20) + "x</a>", "SRC-limit-value 1:1 /a[1]"},
		{"<a>" + n("\r\n", 40) + "</a>", "end"},
		{"<a>" + n("\r\n", 41) + "</a>", "SRC-limit-value 1:1 /a[1]"},
		{"<a>" + n("&amp;", 40) + "</a>", "end"},
		{"<a>" + n("&amp;", 41) + "</a>", "SRC-limit-value 1:1 /a[1]"},
		{"<a><![CDATA[" + n("x", 40) + "]]></a>", "end"},
		{"<a><![CDATA[" + n("x", 41) + "]]></a>", "SRC-limit-value 1:1 /a[1]"},
		{"<a><![CDATA[" + n("x", 20) + "]]>" + n("x", 20) + "</a>", "end"},
		{"<a><![CDATA[" + n("x", 20) + "]]>" + n("x", 21) + "</a>", "SRC-limit-value 1:1 /a[1]"},
		{"<a>x<b/>" + n("x", 41) + "</a>", "SRC-limit-value 1:5 /a[1]"},
		{n(" ", 40) + "<a/>" + n(" ", 40), "end"},
		{n(" ", 41) + "<a/>", "SRC-limit-value 1:1 /"},
		{"<a/>" + n(" ", 41), "SRC-limit-value 1:1 /"},
		{"<a b='" + n("x", 31) + "'/>", "end"}, // the tag has 40 bytes
		{"<a b='" + n("x", 32) + "'/>", "SRC-limit-value 1:1 /"},
		{"<a>\n<a b='" + n("x", 33) + "'></a></a>", "SRC-limit-value 2:1 /a[1]"},
		{"<" + n("x", 38) + "></" + n("x", 38) + "></a>", "XML-root 1:82 /"},
		{"<" + n("x", 39) + "/>", "SRC-limit-value 1:1 /"},
		{"<a></a" + n(" ", 36) + ">", "end"},
		{"<a></a" + n(" ", 37) + ">", "SRC-limit-value 1:4 /a[1]"},
		{"<a><!--" + n("x", 5000) + "--><?p " + n("x", 5000) + "?></a>", "end"},
		{"<?" + n("p", 40) + "?><a/>", "end"},
		{"<?" + n("p", 41) + "?><a/>", "SRC-limit-value 1:1 /"},
	} {
		got, err := faults(strings.NewReader(v.in), limits)
		if text := strings.Join(got, "; "); text != v.want || err != nil {
			t.Errorf("%q:\n got %s %v\nwant %s", v.in, text, err, v.want)
		}
		sameTrace(t, []byte(v.in), limits)
	}
	const doc = "<a>\né</a>\n"
	for limit, want := range map[int64]string{
		int64(len(doc)): "end", int64(len(doc)) - 1: "SRC-limit-bytes 2:6 /", 5: "SRC-limit-bytes 2:2 /a[1]", 2: "SRC-limit-bytes 1:3 /", 1 << 40: "end",
	} {
		limits := Limits{Bytes: limit, Depth: 5, Attributes: 5, Value: 100}
		got, err := faults(strings.NewReader(doc), limits)
		if text := strings.Join(got, "; "); text != want || err != nil {
			t.Errorf("%d bytes:\n got %s %v\nwant %s", limit, text, err, want)
		}
		sameTrace(t, []byte(doc), limits)
	}
	// No limits at all are the smallest ones, not a crash.
	if got, _ := faults(strings.NewReader("<a/>"), Limits{}); strings.Join(got, "; ") != "SRC-limit-value 1:1 /" {
		t.Error(got)
	}
}

// repeated gives a head and then a part again and again, up to n bytes, and a
// tail.
type repeatedPart struct {
	head, part, tail string
	n                int64
	rest             string
	began, ended     bool
}

func (r *repeatedPart) Read(p []byte) (int, error) {
	if !r.began {
		r.began = true
		block := r.part
		for len(block) < 64<<10 {
			block += block
		}
		r.part, r.rest = block, r.head
	}
	if r.rest == "" {
		switch {
		case r.n > 0:
			r.rest = r.part
			r.n -= int64(len(r.part))
		case !r.ended:
			r.ended, r.rest = true, r.tail
		}
	}
	n := copy(p, r.rest)
	r.rest = r.rest[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// hugeDocument is one that asks for much.
type hugeDocument struct {
	name             string
	head, part, tail string
	n                int64
	want             string
}

// hugeDocuments hold about n bytes each.
func hugeDocuments(n int64) []hugeDocument {
	return []hugeDocument{
		{"one value", "<a>", "x", "</a>", n, ""},
		{"one value of two bytes", "<a>", "é", "</a>", n, ""},
		{"one value of references", "<a>", "&amp;", "</a>", 6 * n, ""},
		{"one value of returns", "<a>", "\r", "</a>", n, ""},
		{"one value of brackets", "<a>", "]", "</a>", n, ""},
		{"one section", "<a><![CDATA[", "x", "]]></a>", n, ""},
		{"one section of brackets", "<a><![CDATA[", "]", "x]]></a>", n, ""},
		{"one section of returns", "<a><![CDATA[", "\r", "x]]></a>", n, ""},
		{"one attribute", "<a b='", "x", "'/>", n, ""},
		{"one attribute of two bytes", "<a b='", "é", "'/>", n, ""},
		{"one attribute of references", "<a b='", "&amp;", "'/>", n, ""},
		{"one attribute of line ends", "<a b='", "\r\n", "'/>", n, ""},
		{"one name", "<", "x", "/>", n, ""},
		{"one tag of white space", "<a", " \r", "/>", n, ""},
		{"one end tag", "<a></a", "\n", ">", n, ""},
		{"one wrong end tag", "<a></", "x", ">", n, ""},
		{"one comment", "<!--", "x- \r", "--><a/>", n, "end"},
		{"one instruction", "<?p ", "x? \r", "?><a/>", n, "end"},
		{"one target", "<?", "p", "?><a/>", n, ""},
		{"one declaration", "<?xml ", " ", "?><a/>", n, ""},
		{"white space", "", " \n", "<a/>", n, ""},
		{"white space of returns", "", "\r", "<a/>", n, ""},
		{"plain text", "", "x", "", n, ""},
		{"instructions", "<a>", "<?p?>", "</a>", n, "end"},
		{"comments", "<a>", "<!---->", "</a>", n, "end"},
		{"sections", "<a>", "<![CDATA[]]>", "</a>", n, "end"},
		{"tags", "<a>", "<b/>", "</a>", n, "end"},
		{"nested tags", "", "<a>", "", n, ""},
		{"unknown names", "<a>", "<é></é>", "</a>", n, "end"},
		{"prefixes", "<a xmlns:p='u'>", "<p:b xmlns:q='v' q:c=''/>", "</a>", n, "end"},
		{"zeros", "<a>&#", "0", "65;</a>", n, ""},
	}
}

// TestHuge measures the time and the memory that huge documents take. With
// SOURCE_HUGE they are huge.
func TestHuge(t *testing.T) {
	n := int64(3 << 20)
	limits := DefaultLimits()
	limits.Value = 1 << 20
	most, longest := uint64(48), 5*time.Second
	if os.Getenv("SOURCE_HUGE") != "" {
		n, limits.Value = 100<<20, 64<<20
		most, longest = 256, 20*time.Second
	}
	for _, doc := range hugeDocuments(n) {
		for _, size := range []int{1 << 20, 1} {
			t.Run(fmt.Sprintf("%s/%d", doc.name, size), func(t *testing.T) {
				runtime.GC()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				start := time.Now()
				in := &repeatedPart{head: doc.head, part: doc.part, tail: doc.tail, n: doc.n}
				got, err := faults(&chunked{in, size}, limits)
				took := time.Since(start)
				runtime.ReadMemStats(&after)
				grown := (after.HeapSys - min(after.HeapSys, before.HeapSys)) >> 20
				text := strings.Join(got, "; ")
				t.Logf("%v, %d MiB allocated, heap of %d MiB: %.100s", took, (after.TotalAlloc-before.TotalAlloc)>>20, after.HeapSys>>20, text)
				if err != nil || doc.want != "" && text != doc.want || doc.want == "" && text == "end" {
					t.Errorf("%.300s %v", text, err)
				}
				if grown > most || took > longest {
					t.Errorf("%d MiB and %v", grown, took)
				}
			})
		}
	}
}

// TestKept wants a reader to forget a huge value when it goes on to the next
// document.
func TestKept(t *testing.T) {
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { t.Error(f) })
	for _, in := range []*repeatedPart{{head: "<a>&lt;", part: "x", tail: "</a>", n: 8 << 20}, {head: "<a b='&lt;", part: "x", tail: "'/>", n: 8 << 20}, {head: "<a/>"}} {
		in.part += " "
		r.Reset(in)
		for kind := r.Next(); kind != EndDocument && kind != Stop; kind = r.Next() {
		}
	}
	r.Reset(strings.NewReader("<a/>"))
	if kept := cap(r.buf) + cap(r.values) + cap(r.lead.copied); kept > windowSize+slack+2*maxKept {
		t.Errorf("%d bytes are kept", kept)
	}
}

// TestManyNames wants no time that grows with the square of the attributes,
// the prefixes or the forbidden characters of a document.
func TestManyNames(t *testing.T) {
	start := time.Now()
	var doc strings.Builder
	const n = 50_000
	doc.WriteString("<a")
	for i := range n {
		fmt.Fprintf(&doc, " xmlns:p%d='u%d' p%d:x='' y%d=''", i, i, i, i)
	}
	doc.WriteString(">")
	for i := range n {
		fmt.Fprintf(&doc, "<p%d:b/>", i)
	}
	doc.WriteString("</a>")
	limits := DefaultLimits()
	limits.Attributes = 3 * n
	if got, err := faults(strings.NewReader(doc.String()), limits); strings.Join(got, "") != "end" || err != nil {
		t.Error(got, err)
	}
	deep := 0
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { deep++ })
	r.Reset(&repeatedPart{head: strings.Repeat("<a>", 200), part: "\x01", tail: strings.Repeat("</a>", 200), n: 200_000})
	for kind := r.Next(); kind != EndDocument && kind != Stop; kind = r.Next() {
	}
	if deep < 200_000 {
		t.Errorf("%d forbidden characters", deep)
	}
	if took := time.Since(start); took > 20*time.Second {
		t.Error(took)
	} else {
		t.Log(took)
	}
}

// TestHeld nests elements whose names and namespaces are long: together they
// must stay below the limit of one value, and what has ended does not count.
func TestHeld(t *testing.T) {
	limits := Limits{Depth: 100, Attributes: 10, Value: 1000}
	long := strings.Repeat("n", 400)
	for _, v := range []verdict{
		{"<a>" + strings.Repeat("<"+long+"></"+long+">", 9) + "</a>", "end"},
		{"<a><" + long + "><" + long + "/></" + long + "></a>", "end"},
		{"<a><" + long + "><" + long + ">\n<" + long + "/>", "SRC-limit-value 2:1 /a[1]/*[1]/*[1]"},
		{"<a>" + strings.Repeat("<b xmlns='"+long+"'/>", 9) + "</a>", "end"},
		{"<a>" + strings.Repeat("<b xmlns:p='"+long+"'>", 3), "SRC-limit-value 1:832 /a[1]/b[1]/b[1]"},
	} {
		got, err := faults(strings.NewReader(v.in), limits)
		if text := strings.Join(got, "; "); text != v.want || err != nil {
			t.Errorf("%q:\n got %s %v\nwant %s", v.in, text, err, v.want)
		}
	}
	// Nested, closed and opened again: no place in the stack keeps its name.
	var doc strings.Builder
	for range 60 {
		doc.WriteString("<a>")
	}
	for range 59 {
		doc.WriteString("<" + long + "/></a>")
	}
	r := NewReader(testNames, limits, func(f Fault) { t.Error(f) })
	r.Reset(strings.NewReader(doc.String() + "</a>"))
	for kind := r.Next(); kind != EndDocument && kind != Stop; kind = r.Next() {
	}
	for _, f := range r.frames[:cap(r.frames)] {
		if len(f.name) > 10 {
			t.Error("a name is kept")
		}
	}
	if r.held != 0 {
		t.Errorf("%d bytes are held at the end", r.held)
	}
}
