package validate_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules"
)

func document(t testing.TB, violations ...generate.Violation) string {
	t.Helper()
	var out bytes.Buffer
	if err := generate.Write(&out, generate.Options{Seed: 5, Steps: 3, Errors: 60, Violations: violations}); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func newValidator(t testing.TB, change func(*validate.Options)) *validate.Validator {
	t.Helper()
	o := validate.DefaultOptions(rules.All())
	if change != nil {
		change(&o)
	}
	v, err := validate.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func input(name, text string) validate.Input {
	return validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }}
}

func all(t testing.TB, v *validate.Validator, jobs int, inputs ...validate.Input) []validate.Result {
	t.Helper()
	var results []validate.Result
	if err := v.Each(context.Background(), inputs, jobs, func(r validate.Result) error {
		results = append(results, r)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return results
}

// TestSchemaRows holds which rows the findings of the schema stage carry, and
// the section of the place itself.
func TestSchemaRows(t *testing.T) {
	v := newValidator(t, nil)
	for name, c := range map[string]struct{ old, new, id, rows, section string }{
		"root without a run":   {"run-history>", "run-report>", "XSD-unexpected-root", "R001 R055", "2.2.1"},
		"run at the root":      {"", "", "XSD-unexpected-root", "R001 R055", "2.2.1"},
		"value of a step":      {"<step-result>", "<step-result>no-", "XSD-enumeration", "R001 R067 R073", "2.2.1.1.1"},
		"counter of a counter": {`<export-add detail="true"`, `<export-add detail="yes"`, "XSD-attribute-value", "R001 R034 R544 R546", "2.2.1.1.1.9"},
	} {
		text := document(t)
		if c.old == "" {
			text = text[strings.Index(text, "<run-details>") : strings.Index(text, "</run-details>")+len("</run-details>")]
		} else {
			text = strings.ReplaceAll(text, c.old, c.new)
		}
		found := false
		for _, f := range all(t, v, 1, input("a.xml", text))[0].Findings {
			if f.Rule != c.id || found {
				continue
			}
			found = true
			if got := strings.Join(f.Requirements, " "); got != c.rows || f.Section != c.section {
				t.Errorf("%s: rows %s of section %s, want %s of %s", name, got, f.Section, c.rows, c.section)
			}
		}
		if !found {
			t.Errorf("%s: no finding of %s", name, c.id)
		}
	}
}

// TestWorkers holds that the number of workers changes nothing.
func TestWorkers(t *testing.T) {
	texts := []string{document(t), document(t, generate.Violation{ID: "R172", Count: 1}), "<a>", "", document(t, generate.Violation{ID: "XSD-enumeration", Count: 3})}
	var inputs []validate.Input
	for i := range 60 {
		inputs = append(inputs, input(fmt.Sprintf("%02d.xml", i), texts[i%len(texts)]))
	}
	v := newValidator(t, nil)
	want := all(t, v, 1, inputs...)
	// The second one has R172, and the run-number of the first (C106).
	if len(want) != len(inputs) || len(want[1].Findings) != 2 || want[0].Steps != 3 {
		t.Fatalf("the results are not what they should be: %+v", want[1].Findings)
	}
	for _, jobs := range []int{2, 16, 1000} {
		if got := all(t, v, jobs, inputs...); !reflect.DeepEqual(got, want) {
			t.Errorf("with %d workers the results differ", jobs)
		}
	}
}

// TestCrash holds that a rule that panics is contained, named and counted,
// and the other rules go on.
func TestCrash(t *testing.T) {
	bad := rule.Rule{ID: "R999", Severity: finding.Error, Requirements: []string{"R999"}, Checks: []rule.Check{
		rule.Each(func(*rundetails.Step) rule.Scope { return rule.In }, func(*rundetails.Step, *rule.Report) { panic("a broken promise") })}}
	v := newValidator(t, func(o *validate.Options) { o.Rules = append([]rule.Rule{bad}, o.Rules...) })
	results := all(t, v, 1, input("a.xml", document(t, generate.Violation{ID: "R172", Count: 1})), input("b.xml", document(t)))
	for i, r := range results {
		if r.Status != validate.Incomplete || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Error(), "rule R999 crashed: a broken promise") {
			t.Errorf("document %d: status %s, problems %v", i, r.Status, r.Problems)
		}
		if got := r.Rules[0].Status(); got != finding.Crashed {
			t.Errorf("document %d: the rule is %s", i, got)
		}
	}
	if len(results[0].Findings) != 1 || results[0].Findings[0].Rule != "R172" {
		t.Errorf("the other rules found %v", results[0].Findings)
	}
}

// TestBrokenStage holds that a panic outside the rules ends the document and
// not the call.
func TestBrokenStage(t *testing.T) {
	v := newValidator(t, nil)
	results := all(t, v, 1, validate.Input{File: "a.xml", Open: func() (io.ReadCloser, error) { return io.NopCloser(panicking{}), nil }}, input("b.xml", document(t)))
	if r := results[0]; r.Status != validate.Incomplete || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Error(), "a stage broke down") {
		t.Errorf("status %s, problems %v", r.Status, r.Problems)
	}
	if r := results[1]; r.Status != validate.Examined || r.Steps != 3 || len(r.Findings) != 0 {
		t.Errorf("the next document: %+v", r)
	}
}

type panicking struct{}

func (panicking) Read([]byte) (int, error) { panic("no promise was kept") }

func TestUnreadable(t *testing.T) {
	v := newValidator(t, nil)
	failing := validate.Input{File: "a.xml", Open: func() (io.ReadCloser, error) { return nil, errors.New("no such file") }}
	half := validate.Input{File: "b.xml", Open: func() (io.ReadCloser, error) {
		return io.NopCloser(io.MultiReader(strings.NewReader(document(t)[:3000]), &failingReader{})), nil
	}}
	for _, r := range all(t, v, 2, failing, half) {
		if r.Status != validate.Unreadable || len(r.Problems) != 1 || len(r.Findings) != 0 {
			t.Errorf("%s: status %s, problems %v, findings %v", r.File, r.Status, r.Problems, r.Findings)
		}
		for i := range r.Rules {
			if got := r.Rules[i].Status(); got != finding.NotEvaluated {
				t.Fatalf("%s: rule %s is %s, though not everything was read", r.File, v.Rules()[i].ID, got)
			}
		}
	}
}

type failingReader struct{}

func (*failingReader) Read([]byte) (int, error) { return 0, errors.New("disk broken") }

// TestLimits holds that findings beyond the limits are counted, not kept.
func TestLimits(t *testing.T) {
	text := document(t, generate.Violation{ID: "XSD-enumeration", Count: 9}, generate.Violation{ID: "R172", Count: 1})
	v := newValidator(t, func(o *validate.Options) { o.MaxPerRule = 4 })
	sum := v.Summary()
	for _, r := range all(t, v, 1, input("a.xml", text)) {
		sum.Add(&r)
		if r.Cut != 5 || r.CutWorst != finding.Error || len(r.Findings) != 4+1+1 {
			t.Errorf("%d findings, %d cut, worst %s", len(r.Findings), r.Cut, r.CutWorst)
		}
		if f := r.Findings[0]; f.Rule != validate.LimitFindings || f.Message != "5 more findings of XSD-enumeration were counted and not kept" {
			t.Errorf("the first finding is %+v", f)
		}
	}
	if sum.Errors != 4 || sum.Warnings != 1 || sum.Infos != 1 || sum.Cut != 5 || sum.Worst != finding.Error {
		t.Errorf("summary %+v", sum)
	}
	v = newValidator(t, func(o *validate.Options) { o.MaxTotal = 3 })
	sum = v.Summary()
	for _, r := range all(t, v, 1, input("a.xml", text), input("b.xml", text)) {
		sum.Add(&r)
	}
	// There are ten in each document, and one that compares them. The infos
	// that tell of those that are not kept take no place of one that is.
	if sum.Errors+sum.Warnings != 3 || sum.Cut != 21-3 || sum.Worst != finding.Error {
		t.Errorf("%d errors, %d warnings, %d cut, worst %s", sum.Errors, sum.Warnings, sum.Cut, sum.Worst)
	}
}

func TestSeverities(t *testing.T) {
	text := document(t, generate.Violation{ID: "R172", Count: 1}, generate.Violation{ID: "XSD-enumeration", Count: 1})
	for _, c := range []struct {
		set  map[string]finding.Severity
		want string
	}{
		{nil, "[warning R172 error XSD-enumeration]"},
		{map[string]finding.Severity{"R172": finding.Error, "XSD-enumeration": finding.Info}, "[error R172 info XSD-enumeration]"},
		{map[string]finding.Severity{"R172": finding.Off}, "[error XSD-enumeration]"},
		{map[string]finding.Severity{"R172": finding.Off, "XSD-enumeration": finding.Off}, "[]"},
	} {
		v := newValidator(t, func(o *validate.Options) { o.Severity = c.set })
		var got []string
		for _, f := range all(t, v, 1, input("a.xml", text))[0].Findings {
			got = append(got, f.Severity.String(), f.Rule)
		}
		if len(got) == 4 && got[1] != "R172" {
			got[0], got[1], got[2], got[3] = got[2], got[3], got[0], got[1]
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%v: %v, want %s", c.set, got, c.want)
		}
	}
}

// TestNotWellFormed holds that nothing passes on a document that ends early.
func TestNotWellFormed(t *testing.T) {
	v := newValidator(t, nil)
	text := document(t)
	r := all(t, v, 1, input("a.xml", text[:len(text)/2]))[0]
	if r.Status != validate.Examined || len(r.Findings) != 1 || r.Findings[0].Rule != "XML-truncated" {
		t.Errorf("status %s, findings %v", r.Status, r.Findings)
	}
	for i := range r.Rules {
		if r.Rules[i].Status() == finding.Passed {
			t.Errorf("rule %s passed on half a document", v.Rules()[i].ID)
		}
	}
}

func TestInterrupt(t *testing.T) {
	v := newValidator(t, nil)
	text := document(t)
	var inputs []validate.Input
	for i := range 500 {
		inputs = append(inputs, input(fmt.Sprintf("%03d.xml", i), text))
	}
	for _, jobs := range []int{1, 4} {
		ctx, cancel := context.WithCancel(context.Background())
		seen := 0
		err := v.Each(ctx, inputs, jobs, func(validate.Result) error {
			if seen++; seen == 3 {
				cancel()
			}
			return nil
		})
		if !errors.Is(err, context.Canceled) || seen > 4 {
			t.Errorf("%d workers: error %v after %d results", jobs, err, seen)
		}
		stop := errors.New("enough")
		if err := v.Each(context.Background(), inputs, jobs, func(validate.Result) error { return stop }); !errors.Is(err, stop) {
			t.Errorf("%d workers: error %v, want that of yield", jobs, err)
		}
		cancel()
	}
}

// engine is a second opinion of a fixed verdict.
type engine struct{ valid bool }

func (e engine) Name() string { return "oracle" }

func (e engine) Judge(in io.Reader) (validate.Opinion, error) {
	// It stops after a few bytes, as an engine may that has seen enough.
	_, err := io.ReadFull(in, make([]byte, 10))
	return validate.Opinion{Valid: e.valid, Findings: []validate.OpinionFinding{{ID: "XSD-datatype", Line: 7, Message: "so it says"}}}, err
}

func second(e engine) validate.SecondEngine {
	return func([]byte) (validate.SecondOpinion, error) { return e, nil }
}

func TestSecondOpinion(t *testing.T) {
	for _, agrees := range []bool{true, false} {
		v := newValidator(t, func(o *validate.Options) { o.SecondOpinion = second(engine{valid: agrees}) })
		r := all(t, v, 1, input("a.xml", document(t)))[0]
		if agrees != (len(r.Problems) == 0) || agrees != (r.Status == validate.Examined) || len(r.Findings) != 0 {
			t.Errorf("agrees %v: status %s, problems %v", agrees, r.Status, r.Problems)
		}
	}
	v := newValidator(t, func(o *validate.Options) { o.SecondOpinion, o.Replace = second(engine{}), true })
	r := all(t, v, 1, input("a.xml", document(t, generate.Violation{ID: "XSD-enumeration", Count: 2})))[0]
	if len(r.Findings) != 1 || r.Findings[0].Rule != "XSD-datatype" || r.Findings[0].Line != 7 {
		t.Errorf("findings %v", r.Findings)
	}
}

func TestProfiles(t *testing.T) {
	if _, err := validate.New(validate.Options{Profile: "fin"}); err == nil || !strings.Contains(err.Error(), "known are upsmods, server") {
		t.Errorf("error %v", err)
	}
}
