package source

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// chunked returns at most n bytes a read.
type chunked struct {
	in io.Reader
	n  int
}

func (c *chunked) Read(p []byte) (int, error) { return c.in.Read(p[:min(len(p), c.n)]) }

// corpus is the documents of the tables, and some that are long in each way
// that makes a window refill.
func corpus() []string {
	var docs []string
	for _, v := range verdicts() {
		docs = append(docs, v.in)
	}
	long := func(n int) string { return strings.Repeat("0123456789", n/10) }
	wide := strings.Repeat("aé日𝄞]\r\n\t", 300)
	return append(docs,
		"<a>"+long(3000)+"</a>",
		"<a>"+wide+"</a>",
		"<a><![CDATA["+wide+"]]></a>",
		"<a><!--"+wide+"--><?p "+wide+"?></a>",
		"<a b='"+wide+"' c='"+long(2000)+"&amp;"+long(2000)+"'/>",
		"<a>"+strings.Repeat("\r", 999)+"x</a>",
		"<a>"+strings.Repeat("\r\n", 999)+"</a>",
		"<a>"+strings.Repeat("]", 1999)+"</a>",
		"<a>"+strings.Repeat("]", 1999)+">",
		"<a><![CDATA["+strings.Repeat("]", 1999)+">\r",
		"<a><![CDATA["+strings.Repeat("]\r", 999)+"]]>x</a>",
		"<a>"+strings.Repeat("&#10;&lt;x\n", 300)+"</a>",
		"<a>"+strings.Repeat("x<!-- - -->\r<?p?>", 200)+"</a>",
		"<a>"+strings.Repeat("<b c='\n'>\n  </b>\r\n", 300)+"</x>",
		"<a>"+strings.Repeat("<z é='x'><b/></z>", 300)+"\x01\xff</a>",
		"<"+long(2000)+"/>",
		"<n"+long(2000)+"></n"+long(2000)+" \n>",
		"<n"+long(2000)+"></m"+long(2000)+"\n>",
		"<a n"+long(2000)+"='x' n"+long(2000)+"='y'/>",
		"<a"+strings.Repeat("\r\n ", 700)+"b='c'"+strings.Repeat("\r", 700)+"></a"+strings.Repeat("\n", 2000)+"x>",
		strings.Repeat(" \r\n", 700)+"<a/>"+strings.Repeat("\n\r", 700),
		strings.Repeat(" \r\n", 700)+"text that is no "+long(5000),
		strings.Repeat("x", 199)+"é\xff",
		strings.Repeat("x", 198)+"é\xff",
		"<?n"+long(2000)+" ?><a/>",
		strings.Repeat("<a>", 300),
		"<a xmlns:p='u'>"+strings.Repeat("<p:b p:c='1' xmlns:q='v'/>", 200)+"<q:x/>",
	)
}

// sameTrace reads a document in every way and wants one trace.
func sameTrace(t *testing.T, doc []byte, limits Limits) string {
	t.Helper()
	want := traceIn(bytes.NewReader(doc), limits, windowSize)
	for _, size := range []int{1, 2, 3, 7, 4096, 1 << 20} {
		for _, window := range []int{16, 64, 100, 1024, windowSize} {
			got := traceIn(&chunked{bytes.NewReader(doc), size}, limits, window)
			if got != want {
				t.Fatalf("%.300q with limits %v: %d bytes a read, window of %d:\n got %.2000s\nwant %.2000s", doc, limits, size, window, got, want)
			}
		}
	}
	return want
}

func TestWindow(t *testing.T) {
	for _, doc := range corpus() {
		sameTrace(t, []byte(doc), DefaultLimits())
	}
}

// TestReuse reads the corpus with one reader: nothing of a document may be left
// when the next begins.
func TestReuse(t *testing.T) {
	var out strings.Builder
	r := NewReader(testNames, DefaultLimits(), func(f Fault) {
		fmt.Fprintf(&out, "%s %d:%d %s %s\n", f.ID, f.Pos.Line, f.Pos.Column, f.Path, f.Message)
	})
	docs := corpus()
	for range 2 {
		for i := range docs {
			doc := docs[i*7919%len(docs)]
			out.Reset()
			r.Reset(strings.NewReader(doc))
			traceOn(r, &out)
			if want := trace(strings.NewReader(doc), DefaultLimits()); out.String() != want {
				t.Fatalf("%.300q:\n got %s\nwant %s", doc, out.String(), want)
			}
		}
		slices.Reverse(docs)
	}
}

// TestWindowLimits sets limits so low that every document meets one: where it
// does may not depend on the window either.
func TestWindowLimits(t *testing.T) {
	for i, doc := range corpus() {
		if testing.Short() && i%5 > 0 {
			continue
		}
		for _, n := range []int{1, 2, 3, 5, 8, 13, 33, 150, 2000} {
			if n > 2*len(doc) {
				break
			}
			sameTrace(t, []byte(doc), Limits{Depth: 256, Attributes: 256, Value: n})
			sameTrace(t, []byte(doc), Limits{Depth: 256, Attributes: 256, Value: 1 << 20, Bytes: int64(n)})
		}
	}
}

// TestWindowMutants does the same with damaged documents.
func TestWindowMutants(t *testing.T) {
	rounds, random := effort(300)
	docs := corpus()
	for range rounds {
		doc := mutate(random, []byte(docs[random.IntN(len(docs))]))
		sameTrace(t, doc, DefaultLimits())
		sameTrace(t, doc, Limits{Depth: 10, Attributes: 3, Value: 1 + random.IntN(40)})
	}
}

// failing gives text and then an error, once; a reader that is asked again
// after an error may do anything.
type failing struct {
	text string
	err  error
}

func (f *failing) Read(p []byte) (int, error) {
	n := copy(p, f.text)
	f.text = f.text[n:]
	if n > 0 {
		return n, nil
	}
	err := f.err
	f.err, f.text = io.EOF, "<z/>"
	return 0, err
}

func TestReaderFails(t *testing.T) {
	const doc = "<?xml version='1.0'?><a b='c'>text &amp; <!-- --><![CDATA[x]]></a> "
	broken := errors.New("the network is down")
	for n := range len(doc) + 1 {
		for _, window := range []int{16, windowSize} {
			got := traceIn(&failing{doc[:n], broken}, DefaultLimits(), window)
			if !strings.HasSuffix(got, "error the network is down\n") || strings.Contains(got, "XML-") || strings.Contains(got, "SRC-") {
				t.Errorf("an error behind %q:\n%s", doc[:n], got)
			}
		}
	}
	// A fault before the error is the reason that reading ends.
	for _, window := range []int{16, windowSize} {
		got := traceIn(&failing{"<a></b>                  ", broken}, DefaultLimits(), window)
		if strings.Contains(got, "error") || !strings.Contains(got, XMLTagMismatch) {
			t.Error(got)
		}
	}
}

// idle returns nothing n times before every byte.
type idle struct {
	in   io.Reader
	n, i int
}

func (r *idle) Read(p []byte) (int, error) {
	if r.i++; r.i%(r.n+1) != 0 {
		return 0, nil
	}
	return r.in.Read(p[:1])
}

func TestNoProgress(t *testing.T) {
	const doc = "<a b='c'>text</a>"
	if got, want := trace(&idle{in: strings.NewReader(doc), n: 99}, DefaultLimits()), trace(strings.NewReader(doc), DefaultLimits()); got != want {
		t.Error("a slow reader:", got)
	}
	if got := trace(&idle{in: strings.NewReader(doc), n: 1 << 30}, DefaultLimits()); got != "error "+io.ErrNoProgress.Error()+"\n" {
		t.Error("a reader that never reads:", got)
	}
}

// rude returns a count that is impossible.
type rude int

func (r rude) Read(p []byte) (int, error) { return int(r), nil }

func TestImpossibleCount(t *testing.T) {
	for _, n := range []rude{-1, 1 << 30} {
		if got := trace(n, DefaultLimits()); !strings.HasPrefix(got, "error ") {
			t.Error(n, got)
		}
	}
}

// TestEndWithBytes reads from one that returns the last bytes with the end, or
// with an error.
func TestEndWithBytes(t *testing.T) {
	for _, err := range []error{io.EOF, errors.New("late")} {
		got := trace(&lastWords{"<a/>", err}, DefaultLimits())
		if want := "< /a[1] 1:1\n> /a[1] 1:1\n"; !strings.HasPrefix(got, want) {
			t.Error(got)
		}
		if strings.Contains(got, "error late") != (err != io.EOF) {
			t.Error(got)
		}
	}
}

type lastWords struct {
	text string
	err  error
}

func (l *lastWords) Read(p []byte) (int, error) {
	n := copy(p, l.text)
	l.text = l.text[n:]
	return n, l.err
}
