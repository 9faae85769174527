package source

import (
	"fmt"
	"strings"
	"testing"
)

// traced is a document and its trace.
type traced struct{ name, in, want string }

// TestTrace pins places, paths, leads and namespaces of whole documents.
func TestTrace(t *testing.T) {
	for _, c := range append(tracesOfText(), tracesOfNames()...) {
		want := strings.ReplaceAll(strings.TrimPrefix(c.want, "\n"), "\t\t\t", "") + "\n"
		got := trace(strings.NewReader(c.in), DefaultLimits())
		got = strings.ReplaceAll(strings.ReplaceAll(got, XMLNSNamespace, "xmlns"), XMLNamespace, "xml")
		if got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
	}
}

func tracesOfText() []traced {
	return []traced{
		{"values", "<a b='1&lt;2' c='é\n'>x&amp;y<!-- c --><b/>z<![CDATA[<q>]]>\r\n</a>", `
			< /a[1] 1:1 b="1<2"@1:4 c="é "@1:15
			< /a[1]/b[1] 2:20 "x&y"@2:3
			> /a[1]/b[1] 2:20
			> /a[1] 3:1 "z<q>\n"@2:24
			end`},
		{"line ends", "<a>\r\n\r\n\r\r<b/>\n\r<b\r\nx='1'\r\rc='2'/>\t</a\r\n>\r", `
			< /a[1] 1:1
			< /a[1]/b[1] 5:1 "\n\n\n\n"
			> /a[1]/b[1] 5:1
			< /a[1]/b[2] 7:1 x="1"@8:1 c="2"@10:1 "\n\n"
			> /a[1]/b[2] 7:1
			> /a[1] 10:9 "\t"
			end`},
		{"normal line ends in values", "<a b='\r\n\r\n\n\t\r' c='&#13;&#10;&#9;'>\r\n&#13;\n\r&#10;x\ry<![CDATA[\r\n\r]]>\n</a>", `
			< /a[1] 1:1 b="     "@1:4 c="\r\n\t"@5:3
			> /a[1] 12:1 "\n\r\n\n\nx\ny\n\n\n"@6:1
			end`},
		{"columns", "\ufeff<é ü='1' x='2'><日本>𝄞</日本><b/></é>", `
			< /*[1] 1:1 ü="1"@1:4 x="2"@1:10
			< /*[1]/*[1] 1:16
			> /*[1]/*[1] 1:21 "𝄞"@1:20
			< /*[1]/b[1] 1:26
			> /*[1]/b[1] 1:26
			> /*[1] 1:30
			end`},
		{"columns behind everything", "<a><?é é?><!--é--><![CDATA[é]]>é&#233;<b c='é&#233;' d=''/><b/></a>", `
			< /a[1] 1:1
			< /a[1]/b[1] 1:39 c="éé"@1:42 d=""@1:54 "ééé"@1:28
			> /a[1]/b[1] 1:39
			< /a[1]/b[2] 1:60
			> /a[1]/b[2] 1:60
			> /a[1] 1:64
			end`},
		{"lead in pieces", "<a> <!-- x --> <?p?>\n <![CDATA[ ]]> <![CDATA[]]>&#32;y</a>", `
			< /a[1] 1:1
			> /a[1] 2:34 "  \n    y"@2:28
			end`},
		{"lead begins in a section", "<a>\n <![CDATA[ \n ]x]]></a>", `
			< /a[1] 1:1
			> /a[1] 3:7 "\n  \n ]x"@3:2
			end`},
		{"forbidden characters leave a mark", "<a b='x\x01'>\ufffe<b>\x00</b></a>", `
			XML-char 1:8 / the character U+0001 is forbidden in XML
			< /a[1] 1:1 b="x�"@1:4
			XML-char 1:11 /a[1] the character U+FFFE is forbidden in XML
			< /a[1]/b[1] 1:12 "�"@1:11
			XML-char 1:15 /a[1]/b[1] the character U+0000 is forbidden in XML
			> /a[1]/b[1] 1:16 "�"@1:15
			> /a[1] 1:20
			end`},
	}
}

func tracesOfNames() []traced {
	return []traced{
		{"unknown names", "<z><b/><y/><b/><z/><y/><a/></z>", `
			< /*[1] 1:1
			< /*[1]/b[1] 1:4
			> /*[1]/b[1] 1:4
			< /*[1]/*[2] 1:8
			> /*[1]/*[2] 1:8
			< /*[1]/b[2] 1:12
			> /*[1]/b[2] 1:12
			< /*[1]/*[4] 1:16
			> /*[1]/*[4] 1:16
			< /*[1]/*[5] 1:20
			> /*[1]/*[5] 1:20
			< /*[1]/a[1] 1:24
			> /*[1]/a[1] 1:24
			> /*[1] 1:28
			end`},
		{"namespaces", "<a xmlns='u' xmlns:p='v' p:c='1' b='2' xml:lang='en'><p:b/><c xmlns=''/><b/></a>", `
			< /*[1] 1:1 xmlns="u"@1:4{xmlns} xmlns:p="v"@1:14{xmlns} p:c="1"@1:26{v} b="2"@1:34 xml:lang="en"@1:40{xml} in u
			< /*[1]/*[1] 1:54 in v
			> /*[1]/*[1] 1:54 in v
			< /*[1]/c[1] 1:60 xmlns=""@1:63{xmlns}
			> /*[1]/c[1] 1:60
			< /*[1]/*[3] 1:73 in u
			> /*[1]/*[3] 1:73 in u
			> /*[1] 1:77 in u
			end`},
		{"label", "<?xml version='1.0'\r\n  encoding='utf-16'?>\n<a/>", `
			SRC-label 2:13 / the declaration says utf-16 but the bytes are UTF-8; the document is read as that
			< /a[1] 3:1 "\n"
			> /a[1] 3:1
			end`},
	}
}

// TestIndex counts many repeated and interleaved siblings of many names, more
// of them than a frame has bits for.
func TestIndex(t *testing.T) {
	names := []string{"root"}
	for i := range 400 {
		names = append(names, fmt.Sprintf("n%d", i))
	}
	var doc strings.Builder
	var want []string
	counts := map[string]int{}
	doc.WriteString("<root>")
	for i := range 5000 {
		name := names[1+i*i%397]
		if i%7 == 0 {
			name = "unknown"
			want = append(want, fmt.Sprintf("/root[1]/*[%d]", i+1))
		} else {
			counts[name]++
			want = append(want, fmt.Sprintf("/root[1]/%s[%d]", name, counts[name]))
		}
		// Children of their own must not disturb the count.
		fmt.Fprintf(&doc, "<%s><n1/><n1/><n399/></%s>", name, name)
	}
	doc.WriteString("</root>")
	r := NewReader(NewVocabulary(names...), DefaultLimits(), func(f Fault) { t.Fatal(f) })
	r.Reset(strings.NewReader(doc.String()))
	at := 0
	for kind := r.Next(); kind != EndDocument; kind = r.Next() {
		if kind == StartElement && r.Depth() == 2 {
			if got := r.Path(); got != want[at] {
				t.Fatalf("child %d is %s, want %s", at, got, want[at])
			}
			at++
		}
		if kind == StartElement && r.Depth() == 3 && r.Index() > 2 {
			t.Fatalf("%s: the count of another parent", r.Path())
		}
	}
	if at != len(want) {
		t.Errorf("%d children, want %d", at, len(want))
	}
}

func TestElementPath(t *testing.T) {
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { t.Fatal(f) })
	r.Reset(strings.NewReader("<a><p:é xmlns:p='u'>x</p:é></a>"))
	r.Next()
	r.Next()
	if got := r.ElementPath(); got != "/a/p:é" {
		t.Error(got)
	}
	if space, ok := r.Resolve([]byte("p")); !ok || space != "u" {
		t.Error(space, ok)
	}
	r.Next()
	if space, ok := r.Resolve([]byte("p")); !ok || space != "u" {
		t.Error("at the end:", space, ok)
	}
	r.Next()
	if _, ok := r.Resolve([]byte("p")); ok {
		t.Error("the binding outlives its element")
	}
}

// TestBindings hides and shows many prefixes.
func TestBindings(t *testing.T) {
	var doc strings.Builder
	const depth = 30
	for i := range depth {
		fmt.Fprintf(&doc, "<a xmlns:p='u%d' xmlns:q%d='v'>", i, i)
	}
	for i := depth - 1; i >= 0; i-- {
		fmt.Fprintf(&doc, "<p:b q%d:x=''/></a>", i)
	}
	r := NewReader(testNames, DefaultLimits(), func(f Fault) { t.Fatal(f) })
	r.Reset(strings.NewReader(doc.String()))
	want := depth - 1
	for kind := r.Next(); kind != EndDocument; kind = r.Next() {
		if kind == EndElement && r.Name() == "p:b" {
			if got := r.Space(); got != fmt.Sprint("u", want) {
				t.Fatalf("at depth %d p is %s", r.Depth(), got)
			}
			want--
		}
	}
	if len(r.bound) != 0 || want != -1 {
		t.Errorf("bindings are left: %v", r.bound)
	}
}

// TestStopped wants a reader that has ended to be silent.
func TestStopped(t *testing.T) {
	for _, in := range []string{"<a>text<b", "<a>text</b>", "<a>text&x;", "", "<a b='1' c", "<a/>"} {
		count := 0
		r := NewReader(testNames, DefaultLimits(), func(Fault) { count++ })
		r.Reset(strings.NewReader(in))
		last := r.Next()
		for last == StartElement || last == EndElement {
			last = r.Next()
		}
		before := count
		if again := r.Next(); again != last || count != before {
			t.Errorf("%q: %d after %d, %d faults after %d", in, again, last, count, before)
		}
		if len(r.Lead()) != 0 || len(r.Attrs()) != 0 || r.Err() != nil {
			t.Errorf("%q: lead %q, attributes %v, error %v", in, r.Lead(), r.Attrs(), r.Err())
		}
	}
}

func TestCopyTo(t *testing.T) {
	const doc = "\ufeff<a>é</a> "
	for _, limit := range []int64{0, 5, 8} {
		var got strings.Builder
		limits := DefaultLimits()
		limits.Bytes = limit
		r := NewReader(testNames, limits, func(Fault) {})
		r.CopyTo(func(decoded []byte) { got.Write(decoded) })
		r.Reset(strings.NewReader(doc))
		for kind := r.Next(); kind != EndDocument && kind != Stop; kind = r.Next() {
		}
		want := doc
		if limit > 0 {
			want = doc[:limit]
		}
		if got.String() != want || r.BytesRead() > int64(len(want)) {
			t.Errorf("limit %d: copied %q, read %d", limit, got.String(), r.BytesRead())
		}
	}
}

func TestLines(t *testing.T) {
	const doc = "\ufefffirst\r\nsecond\rthird é\n\nfifth"
	got := Lines(strings.NewReader(doc), []uint32{5, 1, 3, 3, 4, 9})
	want := map[uint32]string{1: "first", 3: "third é", 4: "", 5: "fifth"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%v", got)
	}
	long := Lines(strings.NewReader(strings.Repeat("x", maxLine-1)+"é"), []uint32{1})
	if n := len(long[1]); n != maxLine-1 {
		t.Errorf("a long line is cut at %d, inside a character", n)
	}
}
