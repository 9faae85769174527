package rundetails

import (
	"bytes"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/source"
	"pgregory.net/rapid"
)

// recorder notes all that it is shown, as it is at that moment.
type recorder struct{ seen []string }

func (r *recorder) note(v any) { r.seen = append(r.seen, fmt.Sprintf("%T\n", v)+dump(v)) }

func (r *recorder) Incident(i *Incident) {
	r.note(i)
	r.seen = append(r.seen, "previous "+fmt.Sprint(i.Previous.Millis, i.Previous.Valid), i.Path())
}
func (r *recorder) ObjectError(e *ObjectError) { r.note(e); r.seen = append(r.seen, e.Path()) }
func (r *recorder) ImportError(e *ImportError) {
	r.note(e)
	r.seen = append(r.seen, e.DN.Path(), e.Path())
}
func (r *recorder) ExportError(e *ExportError)   { r.note(e); r.seen = append(r.seen, e.Path()) }
func (r *recorder) RetryError(e *RetryError)     { r.note(e); r.seen = append(r.seen, e.Path()) }
func (r *recorder) CounterBlock(b *CounterBlock) { r.note(b); r.seen = append(r.seen, b.Path()) }
func (r *recorder) Step(s *Step) {
	head := *s
	head.Incidents, head.ObjectErrors, head.ImportErrors, head.ExportErrors, head.RetryErrors = nil, nil, nil, nil, nil
	head.Outbound, head.MoreBlocks = nil, nil
	r.note(&head)
	r.seen = append(r.seen, fmt.Sprintf("%+v", s.Tally), s.Path(), strings.Clone(s.Run.MAName.Value))
}
func (r *recorder) Run(run *Run) {
	head := *run
	head.Steps = nil
	r.note(&head)
	for i := range run.Outline {
		o := &run.Outline[i]
		r.seen = append(r.seen, dump(o), o.Path(), o.Number.Path(), o.End.Path())
	}
}
func (r *recorder) History(h *History) { r.seen = append(r.seen, fmt.Sprint(h.RunCount, h.Wrapped)) }

// build shows a document to a visitor.
func build(t rapid.TB, b *Builder, document []byte) {
	t.Helper()
	r := source.NewReader(Vocabulary(), source.DefaultLimits(), func(f source.Fault) { t.Fatalf("%+v", f) })
	r.Reset(bytes.NewReader(document))
	b.Reset()
	for {
		switch r.Next() {
		case source.StartElement:
			b.Start(r)
		case source.EndElement:
			b.End(r)
		case source.EndDocument:
			b.Finish()
			return
		case source.Stop:
			t.Fatal(r.Err())
		}
	}
}

// The streaming form reuses all its memory, the retaining form none: a visitor
// of both sees the same, and a builder that has read something else before
// does, too.
func TestFormsAgree(t *testing.T) {
	streamed := &recorder{}
	stream := NewBuilder(streamed, 1<<20, nil)
	rapid.Check(t, func(t *rapid.T) {
		document := written(t, histories.Draw(t, "history"))
		streamed.seen = nil
		build(t, stream, document)
		retained := &recorder{}
		build(t, &Builder{visitor: retained, retain: true, maxBytes: 1 << 20}, document)
		if !reflect.DeepEqual(streamed.seen, retained.seen) {
			for i := range min(len(streamed.seen), len(retained.seen)) {
				if streamed.seen[i] != retained.seen[i] {
					t.Fatalf("%s\nstreaming:\n%s\nretaining:\n%s", document, streamed.seen[i], retained.seen[i])
				}
			}
			t.Fatalf("%d and %d nodes", len(streamed.seen), len(retained.seen))
		}
	})
}

// outlines keeps the outline of the last run, and what its steps said when
// they were there.
type outlines struct {
	Ignore
	steps, outline []string
}

func (o *outlines) Step(s *Step) {
	o.steps = append(o.steps, strings.Clone(s.Number.Value+s.ID.Value+s.Start.Value+s.End.Value+s.Result.Value))
}

func (o *outlines) Run(r *Run) {
	for i := range r.Outline {
		s := &r.Outline[i]
		o.outline = append(o.outline, s.Number.Value+s.ID.Value+s.Start.Value+s.End.Value+s.Result)
	}
}

func TestOutline(t *testing.T) {
	var document strings.Builder
	document.WriteString("<run-history><run-details>")
	for i := range 500 {
		fmt.Fprintf(&document, `<step-details step-number="%d" step-id="{%d}"><start-date>s%d</start-date><step-result>%s</step-result></step-details>`,
			i, i*i, i*7, strings.Repeat("r", i%90))
	}
	document.WriteString("</run-details></run-history>")
	var o outlines
	b := NewBuilder(&o, 1<<20, nil)
	build(t, b, []byte(document.String()))
	if len(o.outline) != 500 || !reflect.DeepEqual(o.outline, o.steps) {
		t.Errorf("%d steps of 500 in the outline, or not as they were", len(o.outline))
	}

	// A run over the limit has fewer steps in its outline, and says so.
	cut := 0
	o = outlines{}
	b = NewBuilder(&o, 4000, func(*Place) { cut++ })
	build(t, b, []byte(document.String()))
	if n := len(o.outline); n == 0 || n > 400 || !b.run.OutlineCut || cut != 1 || !reflect.DeepEqual(o.outline, o.steps[:n]) {
		t.Errorf("%d steps in the outline, cut is %v, told %d times", n, b.run.OutlineCut, cut)
	}
}

// sizes notes which records were cut.
type sizes struct {
	Ignore
	errors, steps []bool
	detail        []string
}

func (s *sizes) ImportError(e *ImportError) {
	s.errors = append(s.errors, e.Cut)
	s.detail = append(s.detail, strings.Clone(e.Type.Value))
}
func (s *sizes) Step(x *Step) { s.steps = append(s.steps, x.Cut) }

func TestCut(t *testing.T) {
	small := `<import-error dn="a"><error-type>small</error-type></import-error>`
	large := `<import-error dn="b"><error-type>large</error-type><extension-error-info><call-stack>` + strings.Repeat("x", 5000) +
		`</call-stack><extension-name>lost</extension-name></extension-error-info></import-error>`
	many := `<import-error dn="c"><error-type>many</error-type><change-not-reimported><entry>` + strings.Repeat("<attr><value/></attr>", 5000) +
		`</entry></change-not-reimported></import-error>`
	step := func(description string) string {
		return `<step-details><step-description>` + description + `</step-description><synchronization-errors>` +
			small + large + small + many + small + `</synchronization-errors></step-details>`
	}
	var got sizes
	var told []string
	b := NewBuilder(&got, 2000, func(at *Place) { told = append(told, at.Path()) })
	build(t, b, []byte(`<run-history><run-details>`+step("short")+step(strings.Repeat("<a/>", 100))+`</run-details></run-history>`))
	if want := []bool{false, true, false, true, false, false, true, false, true, false}; !reflect.DeepEqual(got.errors, want) {
		t.Errorf("cut are %v", got.errors)
	}
	if want := []bool{false, true}; !reflect.DeepEqual(got.steps, want) {
		t.Errorf("steps: cut are %v", got.steps)
	}
	if strings.Join(got.detail[:5], " ") != "small large small many small" {
		t.Errorf("error types are %v", got.detail)
	}
	if len(told) != 5 || !strings.HasSuffix(told[0], "/import-error[2]/extension-error-info[1]/call-stack[1]") ||
		!strings.Contains(told[1], "/import-error[4]/") || !strings.Contains(told[2], "/step-details[2]/step-description[1]") {
		t.Errorf("told of %v", told)
	}
}

func TestPassedOver(t *testing.T) {
	for document, want := range map[string]string{
		`<run-history><x><run-details/></x><run-details><run-history/><ma-name>a<b>c</b></ma-name></run-details></run-history>`: `.Runs[0].MAName.Present=true`,
		// Records count in their own list only.
		`<run-history><run-details><step-details><import-error/><mv-retry-errors><import-error/><incident/></mv-retry-errors></step-details></run-details></run-history>`: `.Runs[0].Steps[0].RetryErrorBlock.Present=true`,
		`<run-history><run-details><step-details><ma-connection><incident/></ma-connection></step-details></run-details></run-history>`:                                   `.Runs[0].Steps[0].Connection.Present=true`,
		// Names in a namespace are other names.
		`<run-history xmlns:n="urn:n"><n:run-details/><run-details n:ma-name="x"/></run-history>`: ``,
		`<run-history xmlns="urn:n"><run-details/></run-history>`:                                 ``,
		// The first of two counts.
		`<run-history><run-details><ma-name/><ma-name>second</ma-name></run-details></run-history>`:                                                            `.Runs[0].MAName.Present=true`,
		`<run-history><run-details><step-details><ma-connection/><ma-connection><server>x</server></ma-connection></step-details></run-details></run-history>`: `.Runs[0].Steps[0].Connection.Present=true`,
		`<run-history><run-details><step-details><start-date>1</start-date><start-date>2</start-date></step-details></run-details></run-history>`: `.Runs[0].Steps[0].Start.Value="1"
.Runs[0].Steps[0].Start.Present=true`,
	} {
		if got := strings.TrimSpace(dump(read(t, []byte(document)))); got != want {
			t.Errorf("%s:\n%s", document, got)
		}
	}
}

// A tree says where things stand also when several histories follow each
// other, and in the order of the document.
func TestPlaces(t *testing.T) {
	h := read(t, []byte("<execution-histories>\n<run-history>\n<run-details/></run-history><run-history>\n <run-details><step-details>\n"+
		"<step-description><a/></step-description></step-details></run-details></run-history></execution-histories>"))
	step := h.Runs[1].Steps[0]
	for _, x := range []struct{ got, want string }{
		{h.Runs[0].Path(), "/execution-histories[1]/run-history[1]/run-details[1]"},
		{step.Path(), "/execution-histories[1]/run-history[2]/run-details[1]/step-details[1]"},
		{step.Description.Path(), step.Path() + "/step-description[1]"},
		{fmt.Sprint(step.Line, step.Column, step.Description.Line), "4 15 5"},
	} {
		if x.got != x.want {
			t.Errorf("%s, not %s", x.got, x.want)
		}
	}
}

func TestReadFaults(t *testing.T) {
	h, faults, err := Read(strings.NewReader("<run-history><run-details><ma-name>a</ma-name><step-details/><step-details></run-history>"), source.DefaultLimits())
	if err != nil || len(faults) != 1 || !faults[0].Fatal || len(h.Runs) != 1 || len(h.Runs[0].Steps) != 1 || h.Runs[0].MAName.Value != "a" {
		t.Errorf("%+v %+v %v", h, faults, err)
	}
	_, faults, err = Read(strings.NewReader("<x>"+strings.Repeat("\x01", 5000)), source.DefaultLimits())
	if err != nil || len(faults) != maxFaults+1 || !faults[maxFaults].Fatal {
		t.Errorf("%d faults, %v", len(faults), err)
	}
	h, _, err = Read(&broken{}, source.DefaultLimits())
	if h != nil || err == nil {
		t.Errorf("%v, %v", h, err)
	}
}

type broken struct{}

func (*broken) Read([]byte) (int, error) { return 0, errFull }

func FuzzRead(f *testing.F) {
	for _, document := range corpus(f) {
		if len(document) < 4000 {
			f.Add(document)
		}
	}
	f.Add([]byte(`<run-history><run-details><step-details step-number="1"><synchronization-errors><import-error dn="a&#10;b"><change-not-reimported><delta>` +
		`<dn-attr><dn-value> <dn>x</dn> </dn-value></dn-attr></delta></change-not-reimported></import-error></synchronization-errors></step-details></run-details></run-history>`))
	limits := source.DefaultLimits()
	limits.Bytes = 1 << 20
	f.Fuzz(func(t *testing.T, document []byte) {
		h, _, err := Read(bytes.NewReader(document), limits)
		if err != nil {
			t.Fatal(err)
		}
		out := written(t, h)
		again := read(t, out)
		if want, got := dump(h), dump(again); want != got {
			t.Errorf("%s\nread:\n%s\nread again:\n%s", out, want, got)
		}
	})
}
