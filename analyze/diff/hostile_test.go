package diff_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/diff"
	"github.com/runhist/runhist/samples/generate"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// crowd returns a history with n errors that have equal keys.
func crowd(t testing.TB, n int, detail func(i int) string) *rd.History {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<run-history><run-details><ma-name>HR</ma-name><step-details step-number="1"><ma-connection><connection-log>`)
	for i := range n / 10 {
		fmt.Fprintf(&b, "<incident><server>%s</server></incident>", detail(i))
	}
	b.WriteString(`</connection-log></ma-connection><synchronization-errors>`)
	for i := range n {
		fmt.Fprintf(&b, `<import-error cs-guid="{00000000-0000-0000-0000-0000000%05X}" dn="CN=a"><retry-count>%s</retry-count><error-type>x</error-type></import-error>`, i, detail(i))
	}
	b.WriteString(`</synchronization-errors></step-details></run-details></run-history>`)
	return parse(t, []byte(b.String()))
}

// TestCrowd compares 100,000 errors of one DN and type, all of which differ:
// a quadratic comparison would not end.
func TestCrowd(t *testing.T) {
	const n = 100_000
	a := crowd(t, n, func(i int) string { return fmt.Sprint(i) })
	b := crowd(t, n, func(i int) string { return fmt.Sprint(n + i) })
	tree := diff.Histories(a, b, diff.Options{})
	if tree.Changed != n+n/10 || tree.Records.Paired != n+1 {
		t.Errorf("%d changes, %+v", tree.Changed, tree.Records)
	}
	equal := crowd(t, n, func(int) string { return "1" })
	wantSame(t, "equal errors", diff.Histories(equal, crowd(t, n, func(int) string { return "1" }), diff.Options{}))
}

// FuzzDiff compares any two documents: with itself each is the same, and the
// differences applied to the one are the other.
func FuzzDiff(f *testing.F) {
	for _, name := range []string{"05-ad-export-with-errors.xml", "15-ad-confirming-import-warnings.xml", "22-partners-several-incidents.xml"} {
		data, err := os.ReadFile(filepath.Join("../../samples/histories", name))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, bytes.ReplaceAll(data, []byte("1"), []byte("2")))
	}
	f.Fuzz(func(t *testing.T, x, y []byte) {
		limits := source.DefaultLimits()
		limits.Bytes = 1 << 20
		a, _, err := rd.Read(bytes.NewReader(x), limits)
		if err != nil {
			t.Skip()
		}
		b, _, err := rd.Read(bytes.NewReader(y), limits)
		if err != nil {
			t.Skip()
		}
		for _, o := range []diff.Options{{}, {Exact: true}} {
			wantSame(t, "itself", diff.Histories(a, a, o))
			tree := diff.Histories(a, b, o)
			got, err := diff.Apply(a.Runs, tree)
			if err != nil {
				t.Fatal(err)
			}
			if again := diff.Histories(got, b, o); o.Exact && !again.Same() {
				t.Fatalf("applied:\n%sstill:\n%s", report(tree), report(again))
			}
		}
	})
}

// BenchmarkDiff compares two histories of 50 MB in which one error of a hundred
// differs. The metric read is the time to read both into the model, and ratio
// that of reading and comparing to that; the target is 2.5 at most.
func BenchmarkDiff(b *testing.B) {
	document, changed := fiftyMegabytes(b)
	b.ReportAllocs()
	var read, compare float64
	for range b.N {
		b.StopTimer()
		start := b.Elapsed()
		b.StartTimer()
		one, two := parse(b, document), parse(b, changed)
		b.StopTimer()
		middle := b.Elapsed()
		b.StartTimer()
		tree := diff.Histories(one, two, diff.Options{})
		b.StopTimer()
		read, compare = read+(middle-start).Seconds(), compare+(b.Elapsed()-middle).Seconds()
		if tree.Changed < 500 || tree.Changed > 900 {
			b.Fatalf("%d changes", tree.Changed)
		}
		b.StartTimer()
	}
	b.ReportMetric(read/float64(b.N), "read-s/op")
	b.ReportMetric((read+compare)/read, "ratio")
}

func fiftyMegabytes(b *testing.B) (document, changed []byte) {
	var buf bytes.Buffer
	if err := generate.Write(&buf, generate.Options{Seed: 7, Size: 50 << 20}); err != nil {
		b.Fatal(err)
	}
	document = buf.Bytes()
	n := 0
	changed = rewrite(document, renamed, by(3_600_000))
	parts := bytes.SplitAfter(changed, []byte("<retry-count>"))
	for i := range parts {
		if i > 0 {
			if n++; n%100 == 0 {
				parts[i] = append([]byte("9"), parts[i]...)
			}
		}
	}
	return document, bytes.Join(parts, nil)
}
