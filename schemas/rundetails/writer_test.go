package rundetails

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/source"
	"pgregory.net/rapid"
)

func written(t rapid.TB, h *History) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := Write(&out, h); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func read(t rapid.TB, document []byte) *History {
	t.Helper()
	h, faults, err := Read(bytes.NewReader(document), source.DefaultLimits())
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v %+v\n%s", err, faults, document)
	}
	return h
}

func TestWriteRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := histories.Draw(t, "history")
		document := written(t, h)
		again := read(t, document)
		if want, got := dump(h), dump(again); want != got {
			t.Fatalf("%s\nmade:\n%s\nread:\n%s", document, want, got)
		}
		if twice := written(t, again); !bytes.Equal(document, twice) {
			t.Fatalf("written:\n%s\nagain:\n%s", document, twice)
		}
	})
}

// corpus are documents of others: the samples of the specification where they
// are there, and what they lack.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	all := map[string][]byte{
		"empty":    []byte(`<run-history/>`),
		"other":    []byte(`<x><run-history/></x>`),
		"bare run": []byte(`<run-details><ma-name>a</ma-name></run-details>`),
		"wrapped": []byte(`<execution-histories><run-history><run-details/></run-history><run-history><run-details>
			<ma-name>b</ma-name></run-details></run-history></execution-histories>`),
		"free": []byte(`<run-history xmlns:p="urn:p" xmlns:xsi="` + source.XSINamespace + `"><run-details><step-details>
			<step-description a=" &#10;x">one<p:two xsi:type="p:t"/> <b xmlns="urn:q"><c>&#13;</c></b> three</step-description></step-details></run-details></run-history>`),
		"disorder": []byte(`<run-history><run-details><step-details><export-counters/><start-date>x</start-date><outbound-flow-counters/>
			<inbound-flow-counters><flow-failure>1</flow-failure></inbound-flow-counters><inbound-flow-counters/></step-details><ma-name>last</ma-name></run-details></run-history>`),
	}
	for _, pattern := range []string{"../../../shared/schema/*.xml", "../../../shared/real/*.xml"} {
		files, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			if all[file], err = os.ReadFile(file); err != nil {
				t.Fatal(err)
			}
		}
	}
	return all
}

func TestCorpus(t *testing.T) {
	for name, document := range corpus(t) {
		h, _, err := Read(bytes.NewReader(document), source.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		out := written(t, h)
		again := read(t, out)
		if want, got := dump(h), dump(again); want != got {
			t.Errorf("%s:\n%s\nread:\n%s\nread again:\n%s", name, out, want, got)
		}
		if twice := written(t, again); !bytes.Equal(out, twice) {
			t.Errorf("%s is not canonical when written", name)
		}
	}
}

func TestCanonicalForm(t *testing.T) {
	s := NewStep()
	s.Number, s.Connection.Log.Present = NewNumber(1), true
	s.Description.Root = &Any{Tag: "step-description", Children: []AnyChild{{"\n ", &Any{Tag: "a"}}, {Text: "]]>"}}}
	s.ExportErrors = []*ExportError{{DN: NewText("a\"\t\n\r<&>"), Type: NewText("x\r\n]]>\n"), Error: CDError{Block: Block{Present: true}, Code: NewText("")}}}
	s.Staging, s.Inbound, s.Export = CounterBlock{}, CounterBlock{}, CounterBlock{}
	got := string(written(t, &History{Runs: []*Run{{MAName: NewText("\x00bad\xffé\uFFFE"), Steps: []*Step{s}}}}))
	const want = `<?xml version="1.0" encoding="utf-8"?>
<run-history>
  <run-details>
    <ma-name>` + "\uFFFDbad\uFFFDé\uFFFD" + `</ma-name>
    <step-details step-number="1">
      <step-description>
 <a/>]]&gt;</step-description>
      <current-export-step-counter>0</current-export-step-counter>
      <last-successful-export-step-counter>0</last-successful-export-step-counter>
      <ma-connection>
        <connection-log/>
      </ma-connection>
      <ma-discovery-errors/>
      <ma-discovery-counters/>
      <synchronization-errors>
        <export-error dn="a&quot;&#9;&#10;&#13;&lt;&amp;&gt;">
          <error-type>x&#13;
]]&gt;
</error-type>
          <cd-error>
            <error-code/>
          </cd-error>
        </export-error>
      </synchronization-errors>
      <mv-retry-errors/>
    </step-details>
  </run-details>
</run-history>
`
	if got != want {
		t.Errorf("%s", got)
	}
}

// A list that is not Present is written when it has records.
func TestWriteHeld(t *testing.T) {
	s := &Step{Incidents: []*Incident{{}}, RetryErrors: []*RetryError{{}}}
	got := string(written(t, &History{Runs: []*Run{{Steps: []*Step{s}}}}))
	for _, want := range []string{"<connection-log>\n          <incident/>", "<mv-retry-errors>\n        <retry-error/>"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	for _, absent := range []string{"ma-discovery-errors", "synchronization-errors"} {
		if strings.Contains(got, absent) {
			t.Errorf("%s is written: %s", absent, got)
		}
	}
}

type failing struct{ left int }

var errFull = errors.New("disk full")

func (f *failing) Write(p []byte) (int, error) {
	if f.left -= len(p); f.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestWriteErrors(t *testing.T) {
	asked := 0
	step := NewStep()
	records := Records{ExportErrors: func(yield func(*ExportError) bool) {
		e := &ExportError{Type: NewText(strings.Repeat("x", 1000))}
		for ; asked < 1_000_000 && yield(e); asked++ {
		}
	}}
	w := NewWriter(&failing{left: 200_000})
	w.BeginHistory(false)
	w.BeginRun(&Run{})
	w.WriteStep(step, records)
	w.EndRun()
	w.EndHistory()
	if err := w.Close(); !errors.Is(err, errFull) || asked > 400 {
		t.Errorf("%v after %d records", err, asked)
	}
	w = NewWriter(&failing{left: 1000})
	w.BeginHistory(false)
	if err := w.Close(); err == nil {
		t.Error("an open element is no error")
	}
	step.Description.Root = &Any{Children: []AnyChild{{Element: &Any{Tag: "a b"}}}}
	if err := Write(&failing{left: 10000}, &History{Runs: []*Run{{Steps: []*Step{step}}}}); err == nil {
		t.Error("a tag of two words is no error")
	}
}

func TestWriteMemory(t *testing.T) {
	e := &ImportError{CSGUID: NewGUID(ID{1}), DN: NewText("cn=a"), Type: NewText("unexpected-error")}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	w := NewWriter(&failing{left: 1 << 30})
	w.BeginHistory(false)
	w.BeginRun(&Run{})
	w.WriteStep(NewStep(), Records{ImportErrors: func(yield func(*ImportError) bool) {
		for i := 0; i < 1_000_000 && yield(e); i++ {
		}
	}})
	w.EndRun()
	w.EndHistory()
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 1<<20 {
		t.Errorf("%d bytes of memory for %d bytes", used, w.Written())
	}
}

func BenchmarkWrite(b *testing.B) {
	h := &History{Runs: []*Run{{}}}
	for name, document := range corpus(b) {
		if strings.Contains(name, "maximal") {
			steps := read(b, document).Runs[0].Steps
			for range 100 {
				h.Runs[0].Steps = append(h.Runs[0].Steps, steps...)
			}
			break
		}
	}
	b.SetBytes(int64(len(written(b, h))))
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(&failing{left: 1 << 30}, h); err != nil {
			b.Fatal(err)
		}
	}
}
