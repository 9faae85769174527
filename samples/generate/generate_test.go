package generate

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os/exec"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

func make1(t testing.TB, o Options, i int) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := WriteRuns(&out, o, i, 1); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// samples are runs of every agent, of several seeds and of every length up to
// two cycles.
func samples(t testing.TB) [][]byte {
	var list [][]byte
	for i := range 20 {
		list = append(list, make1(t, Options{Seed: uint64(i % 3), Runs: 20, Steps: i, Errors: 20 * i}, i))
	}
	return append(list, make1(t, Options{Errors: -1}, 0), make1(t, Options{Size: 60_000}, 0))
}

func TestCorrect(t *testing.T) {
	rows := oracle(t)
	if len(rows) < 300 {
		t.Fatalf("only %d rows have an XPath", len(rows))
	}
	for i, document := range samples(t) {
		for id, n := range viaXPath(t, rows, document) {
			t.Errorf("run %d: %s selects %d nodes by package xpath", i, id, n)
		}
		for id, n := range selected(t, rows, document) {
			t.Errorf("run %d: %s selects %d nodes", i, id, n)
		}
	}
}

// schema validates a document: whether it is valid, and what xmllint says.
func schema(t *testing.T, document []byte) (bool, string) {
	t.Helper()
	if _, err := exec.LookPath("xmllint"); err != nil {
		t.Skip("xmllint is not there")
	}
	c := exec.Command("xmllint", "--noout", "--schema", "../../schemas/upsmods/run-details.xsd", "-")
	c.Stdin = bytes.NewReader(document)
	out, err := c.CombinedOutput()
	return err == nil, string(out)
}

func TestValid(t *testing.T) {
	documents := append(samples(t), make1(t, Options{Seed: 3, Size: 2_000_000}, 0))
	for i := range 50 {
		documents = append(documents, make1(t, Options{Seed: 4, Runs: 50, Size: 50 * 12_000}, i))
	}
	for i, document := range documents {
		if valid, out := schema(t, document); !valid {
			t.Errorf("document %d: %s", i, out)
		}
	}
}

func TestCanonical(t *testing.T) {
	for i, document := range samples(t) {
		h, faults, err := rundetails.Read(bytes.NewReader(document), source.DefaultLimits())
		if err != nil || len(faults) > 0 {
			t.Fatal(err, faults)
		}
		var again bytes.Buffer
		if err := rundetails.Write(&again, h); err != nil || !bytes.Equal(document, again.Bytes()) {
			t.Errorf("document %d is not in canonical form (%v)", i, err)
		}
	}
}

func TestSeed(t *testing.T) {
	for _, o := range []Options{{}, {Size: 100_000}, {Runs: 7}} {
		a, b := make1(t, o, 0), make1(t, o, 0)
		o.Seed = 1
		if other := make1(t, o, 0); !bytes.Equal(a, b) || bytes.Equal(a, other) {
			t.Errorf("%+v: the seed does not decide about the bytes", o)
		}
	}
	// The bytes are the same on every platform; whoever changes what is
	// generated changes this.
	sum := sha256.Sum256(make1(t, Options{Seed: 7, Size: 300_000}, 0))
	const want = "3daea6248ed7f9015e1f2808d943d82ace934dd835ae2a11a751ce50b48eca95"
	if got := hex.EncodeToString(sum[:]); got != want {
		t.Errorf("the bytes have changed: %s", got)
	}
}

func TestSize(t *testing.T) {
	for _, o := range []Options{{Size: 60_000}, {Size: 500_000}, {Size: 5_000_000}, {Size: 900_000, Runs: 9}, {Size: 800_000, Steps: 4}} {
		var total int64
		for i := range max(o.Runs, 1) {
			total += int64(len(make1(t, o, i)))
		}
		if total < o.Size*95/100 || total > o.Size*105/100 {
			t.Errorf("%+v: %d bytes", o, total)
		}
	}
}

func TestMix(t *testing.T) {
	document := make1(t, Options{Size: 3_000_000}, 0)
	imports, exports := bytes.Count(document, []byte("<import-error ")), bytes.Count(document, []byte("<export-error "))
	if half := (imports + exports) / 2; imports < half*9/10 || imports > half*11/10 {
		t.Errorf("%d import errors and %d export errors", imports, exports)
	}
	elements := len(regexp.MustCompile(`<[a-z]`).FindAll(document, -1))
	if mean := len(document) / elements; mean < 70 || mean > 82 {
		t.Errorf("%d bytes an element", mean)
	}
	for _, want := range []string{`type="full-import">`, `type="full-import"/>`, `type="delta-import">`, `type="delta-import"/>`,
		`type="export"/>`, "apply-pending", "reevaluate-flow-connectors", "retry-error ", "ma-object-error>", "<change-not-reimported>",
		"<rules-error-info>", "\n   at Contoso", "<step-result>success<", "Ü", "<error-literal>"} {
		if !bytes.Contains(bytes.ToUpper(document), []byte(strings.ToUpper(want))) {
			t.Errorf("%s is missing", want)
		}
	}
}

func TestCounts(t *testing.T) {
	for _, o := range []Options{{Steps: 1, Errors: 12_000}, {Steps: 2, Errors: 7}, {Steps: 13, Errors: 101}, {Errors: -1}} {
		document := make1(t, o, 0)
		errors := bytes.Count(document, []byte("<import-error ")) + bytes.Count(document, []byte("<export-error "))
		if errors != max(o.Errors, 0) || o.Steps > 0 && bytes.Count(document, []byte("<step-details ")) != o.Steps {
			t.Errorf("%+v: %d errors", o, errors)
		}
		if limit := bytes.Contains(document, []byte("stopped-error-limit")); limit != (o.Errors > 5000) {
			t.Errorf("%+v: stopped by the error limit is %v", o, limit)
		}
	}
}

func TestRunsAlone(t *testing.T) {
	o := Options{Seed: 2, Runs: 4, Size: 400_000}
	var together bytes.Buffer
	if err := WriteRuns(&together, o, 0, 4); err != nil {
		t.Fatal(err)
	}
	for i := range 4 {
		_, run, _ := bytes.Cut(make1(t, o, i), []byte("<run-history>\n"))
		run, _, _ = bytes.Cut(run, []byte("</run-history>"))
		if !bytes.Contains(together.Bytes(), run) {
			t.Errorf("run %d depends on its document", i)
		}
	}
	for _, wrong := range []struct{ first, count int }{{-1, 1}, {4, 1}, {0, 5}, {0, 0}} {
		if err := WriteRuns(&together, o, wrong.first, wrong.count); err == nil {
			t.Errorf("%+v is accepted", wrong)
		}
	}
	if err := Write(&together, o); err == nil {
		t.Error("Write accepts several runs")
	}
}

// heapWriter notes the largest heap of the time of writing.
type heapWriter struct {
	left, largest uint64
}

func (h *heapWriter) Write(p []byte) (int, error) {
	if h.left += uint64(len(p)); h.left > 1<<20 {
		h.left = 0
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		h.largest = max(h.largest, m.HeapAlloc)
	}
	return len(p), nil
}

func TestMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("50 MB")
	}
	runtime.GC()
	h := &heapWriter{}
	if err := Write(h, Options{Size: 50 << 20}); err != nil {
		t.Fatal(err)
	}
	if h.largest > 64<<20 {
		t.Errorf("%d MiB of heap", h.largest>>20)
	}
}

// alongside are the rows that a violation cannot help breaking too.
var alongside = map[string]string{
	"R061": "C012 R245 R404", // no retry-count is below 0
	"R069": "R066 C004",      // -1 is missing below 0
	"R315": "R318",           // info: ma-id and dn both or none
	"C017": "C016",           // info: says the number, too
	"C117": "R145",           // info: without a description nothing else can tell
}

func TestViolations(t *testing.T) {
	rows := oracle(t)
	for _, id := range Violations() {
		document := make1(t, Options{Seed: 5, Errors: 120, Violations: []Violation{{ID: id}}}, 0)
		counts := selected(t, rows, document)
		found := 0
		for _, r := range rows {
			n := counts[r.id]
			switch {
			case r.id == id || slices.Contains(strings.Split(r.sameAs, ", "), id):
				found = max(found, n)
			case n > 0 && !slices.Contains(strings.Fields(alongside[id]), r.id):
				t.Errorf("%s: %s selects %d nodes", id, r.id, n)
			}
		}
		if broken := !strings.HasPrefix(id, "XSD-"); found != b2i(broken) {
			t.Errorf("%s is found %d times", id, found)
		} else if valid, out := schema(t, document); valid != broken {
			t.Errorf("%s: valid is %v: %s", id, valid, out)
		}
	}
}

func TestViolationCounts(t *testing.T) {
	rows := oracle(t)
	for _, id := range []string{"R240", "R147", "R066", "C072", "R474", "R221"} {
		counts := selected(t, rows, make1(t, Options{Seed: 6, Errors: 300, Violations: []Violation{{ID: id, Count: 3}}}, 0))
		if counts[id] != 3 {
			t.Errorf("%s is found %d times", id, counts[id])
		}
	}
	document := make1(t, Options{Violations: []Violation{{ID: "XSD-unexpected-element", Count: 4}, {ID: "R315"}}}, 0)
	if n := bytes.Count(document, []byte("<unheard-of/>")); n != 4 {
		t.Errorf("%d unexpected elements", n)
	}
	for i := range 3 { // spread over runs
		o := Options{Runs: 3, Violations: []Violation{{ID: "R061", Count: 2}}}
		if wrong := bytes.Contains(make1(t, o, i), []byte("<run-number>0<")); wrong != (i < 2) {
			t.Errorf("run %d has the number 0: %v", i, wrong)
		}
	}
}

func TestViolationErrors(t *testing.T) {
	for _, v := range []struct {
		violation Violation
		want      string
	}{
		{Violation{ID: "R999"}, "XSD-unexpected-text"},
		{Violation{ID: "R061", Count: 2}, "no place for 1 of the violations of R061"},
		{Violation{ID: "R240", Count: 4000}, "R240"},
		{Violation{ID: "XSD-unexpected-root", Count: 2}, "XSD-unexpected-root"},
		{Violation{ID: "R061", Count: -1}, "R061"},
	} {
		var out bytes.Buffer
		err := Write(&out, Options{Violations: []Violation{v.violation}})
		if err == nil || !strings.Contains(err.Error(), v.want) || out.Len() > 0 {
			t.Errorf("%+v: %v, %d bytes", v.violation, err, out.Len())
		}
	}
}

func BenchmarkWrite(b *testing.B) {
	const size = 10 << 20
	b.SetBytes(size)
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(discard{}, Options{Size: size}); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleViolations() {
	fmt.Println(Violations()[0])
	// Output: C002
}
