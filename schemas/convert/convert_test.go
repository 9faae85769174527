package convert_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/schemas/convert"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// shelf is a target that keeps what it is given.
type shelf struct {
	open  *bytes.Buffer
	runs  []string
	ids   []convert.Identity
	drops int
}

func (s *shelf) Begin() (io.Writer, error) {
	if s.open != nil {
		return nil, errors.New("a run is under way")
	}
	s.open = &bytes.Buffer{}
	return s.open, nil
}

func (s *shelf) Complete(id convert.Identity) error {
	s.runs, s.ids = append(s.runs, s.open.String()), append(s.ids, id)
	s.open = nil
	return nil
}

func (s *shelf) Abandon() error {
	s.open = nil
	s.drops++
	return nil
}

func run(t testing.TB, form convert.Form, document string) (*shelf, convert.Outcome) {
	t.Helper()
	s := &shelf{}
	out, err := convert.New(source.DefaultLimits(), form, convert.Same{}, s).Document(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if s.open != nil || len(s.runs) != out.Runs {
		t.Fatalf("%d runs were completed, the outcome says %d; under way: %v", len(s.runs), out.Runs, s.open != nil)
	}
	return s, out
}

const declaration = `<?xml version="1.0" encoding="utf-8"?>` + "\n"

func TestSingle(t *testing.T) {
	for _, c := range []struct {
		name, document string
		want           []string
	}{
		{"one run", `<run-history><run-details><ma-name>HR</ma-name></run-details></run-history>`, []string{
			"<run-history>\n  <run-details>\n    <ma-name>HR</ma-name>\n  </run-details>\n</run-history>\n"}},
		{"a run without a history", `<run-details/>`, []string{"<run-history>\n  <run-details/>\n</run-history>\n"}},
		{"two runs", `<run-history><run-details/><run-details><ma-id/></run-details></run-history>`, []string{
			"<run-history>\n  <run-details/>\n</run-history>\n",
			"<run-history>\n  <run-details>\n    <ma-id/>\n  </run-details>\n</run-history>\n"}},
		{"wrapped histories", `<execution-histories><run-history><run-details/></run-history><run-history/><run-details/></execution-histories>`, []string{
			"<run-history>\n  <run-details/>\n</run-history>\n", "<run-history>\n  <run-details/>\n</run-history>\n"}},
		{"beside runs", `<run-history>before<extra> x </extra><run-details/>after<more/><run-details/></run-history>`, []string{
			"<run-history>before<extra> x </extra>\n  <run-details/>after<more/>\n</run-history>\n",
			"<run-history>\n  <run-details/>\n</run-history>\n"}},
		{"attributes around", `<execution-histories xmlns:p="u" v="1"><run-history w="2"><run-details p:a="3"><p:b/></run-details><run-details/></run-history></execution-histories>`, []string{
			`<run-history w="2" xmlns:p="u" v="1">` + "\n" + `  <run-details p:a="3">` + "\n    <p:b/>\n  </run-details>\n</run-history>\n",
			`<run-history w="2" xmlns:p="u" v="1">` + "\n  <run-details/>\n</run-history>\n"}},
		{"unknown content stays as it is", "<run-history><run-details><new a='&quot;&#10;'> <x/>\n</new><ma-connection>\n </ma-connection><ma-name> </ma-name></run-details></run-history>", []string{
			"<run-history>\n  <run-details>\n    <new a=\"&quot;&#10;\"> <x/>\n</new>\n    <ma-connection/>\n    <ma-name> </ma-name>\n  </run-details>\n</run-history>\n"}},
		{"no run", `<run-history/>`, nil},
		{"something else", `<html><run-history><run-details/></run-history></html>`, nil},
	} {
		s, _ := run(t, convert.Single, c.document)
		if len(s.runs) != len(c.want) {
			t.Errorf("%s: %d runs, want %d: %q", c.name, len(s.runs), len(c.want), s.runs)
			continue
		}
		for i, want := range c.want {
			if s.runs[i] != declaration+want {
				t.Errorf("%s: run %d is\n%s\nwant\n%s", c.name, i, s.runs[i], declaration+want)
			}
		}
	}
}

// TestMerged holds that the pieces make one well-formed document with all
// runs, in both forms.
func TestMerged(t *testing.T) {
	const document = `<execution-histories xmlns:p="u"><run-history>text<p:x/><run-details a="1"><p:y/></run-details></run-history><run-history b="2"><run-details/></run-history></execution-histories>`
	for form, want := range map[convert.Form]string{
		convert.Shared: "<run-history>\ntext<p:x xmlns:p=\"u\"/>\n  <run-details a=\"1\" xmlns:p=\"u\">\n    <p:y/>\n  </run-details>\n" +
			"  <run-details b=\"2\" xmlns:p=\"u\"/>\n</run-history>\n",
		convert.Wrapped: "<execution-histories>\n  <run-history xmlns:p=\"u\">text<p:x/>\n    <run-details a=\"1\">\n      <p:y/>\n    </run-details>\n  </run-history>\n" +
			"  <run-history b=\"2\" xmlns:p=\"u\">\n    <run-details/>\n  </run-history>\n</execution-histories>\n",
	} {
		s, _ := run(t, form, document)
		got := form.Begin() + strings.Join(s.runs, "") + form.End()
		want = declaration + want
		if got != want {
			t.Errorf("form %d:\n%s\nwant\n%s", form, got, want)
		}
		if h, faults, err := rundetails.Read(strings.NewReader(got), source.DefaultLimits()); err != nil || len(faults) > 0 || h.RunCount != 2 {
			t.Errorf("form %d: %v, %v", form, faults, err)
		}
	}
}

func TestBroken(t *testing.T) {
	for _, c := range []struct {
		name, document string
		runs           int
		cut, broken    bool
		drops, lost    int
	}{
		{"between runs", `<run-history><run-details/>`, 1, false, true, 0, 0},
		{"inside the second", `<run-history><run-details/><run-details><ma-id>`, 1, true, true, 1, 0},
		{"beside, without a run", `<run-history><x/></run-history>`, 0, false, false, 1, 1},
		{"a forbidden character", "<run-history><run-details>\x01</run-details></run-history>", 1, false, false, 0, 0},
		{"an attribute twice", `<execution-histories a="1"><run-history a="2"><run-details/></run-history></execution-histories>`, 1, false, false, 0, 1},
		{"no document", ``, 0, false, true, 0, 0},
	} {
		s, out := run(t, convert.Single, c.document)
		if out.Runs != c.runs || out.Cut != c.cut || out.Broken != c.broken || s.drops != c.drops || len(out.Lost) != c.lost {
			t.Errorf("%s: %d runs, cut %v, broken %v, %d dropped, %d lost", c.name, out.Runs, out.Cut, out.Broken, s.drops, len(out.Lost))
		}
	}
}

func TestErrors(t *testing.T) {
	broken := errors.New("the disk is on fire")
	s := &shelf{}
	in := io.MultiReader(strings.NewReader("<run-history><run-details>"), iotest.ErrReader(broken))
	_, err := convert.New(source.DefaultLimits(), convert.Single, convert.Same{}, s).Document(in)
	if read := (*convert.ReadError)(nil); !errors.As(err, &read) || !errors.Is(err, broken) || s.drops != 1 {
		t.Errorf("%v, %d dropped", err, s.drops)
	}
	_, err = convert.New(source.DefaultLimits(), convert.Single, convert.Same{}, full{broken}).Document(strings.NewReader("<run-details/>"))
	if read := (*convert.ReadError)(nil); errors.As(err, &read) || !errors.Is(err, broken) {
		t.Errorf("writing to a full disk: %v", err)
	}
}

// full is a target that cannot be written to.
type full struct{ err error }

func (f full) Begin() (io.Writer, error)       { return f, nil }
func (f full) Complete(convert.Identity) error { return nil }
func (f full) Abandon() error                  { return nil }
func (f full) Write([]byte) (int, error)       { return 0, f.err }

func TestIdentity(t *testing.T) {
	s, _ := run(t, convert.Single, `<run-history><run-details><ma-name> HR <!-- --> x</ma-name><run-number>7</run-number>
<run-profile-name>Full</run-profile-name><run-profile-name>again</run-profile-name>
<step-details><start-date>2024-01-02 00:00:00.0</start-date><synchronization-errors><import-error><start-date>2000-01-01 00:00:00.000</start-date></import-error></synchronization-errors></step-details>
<step-details><start-date>2024-01-01 10:00:00.000</start-date></step-details><step-details><start-date>0000</start-date></step-details></run-details></run-history>`)
	want := convert.Identity{Agent: "HR  x", Number: "7", Profile: "Full", Start: "2024-01-01 10:00:00.000"}
	if s.ids[0] != want {
		t.Errorf("%+v, want %+v", s.ids[0], want)
	}
}

// TestCanonical holds the form against that of the writer of the model: a
// valid document comes out the same from both, and unchanged the second time.
func TestCanonical(t *testing.T) {
	var documents []string
	for _, id := range samples.Rules() {
		for _, fixture := range samples.RuleFixtures(id) {
			for _, name := range samples.Documents(fixture) {
				data, err := samples.FS().ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if !strings.HasPrefix(path.Base(fixture), "fail-") {
					documents = append(documents, string(data))
				}
			}
		}
	}
	var made bytes.Buffer
	if err := generate.WriteRuns(&made, generate.Options{Seed: 3, Runs: 1, Steps: 9, Errors: 60}, 0, 1); err != nil {
		t.Fatal(err)
	}
	documents = append(documents, made.String())
	operation := regexp.MustCompile(` operation="[a-z]+"`) // the model writes it first, servers do not
	judged := 0
	for _, document := range documents {
		s, out := run(t, convert.Single, document)
		if out.Runs != 1 {
			continue
		}
		h, faults, err := rundetails.Read(strings.NewReader(document), source.DefaultLimits())
		if err != nil || h.Wrapped {
			t.Fatal(faults, err)
		}
		var byModel bytes.Buffer
		if err := rundetails.Write(&byModel, h); err != nil {
			t.Fatal(err)
		}
		if got, want := operation.ReplaceAllString(s.runs[0], ""), operation.ReplaceAllString(byModel.String(), ""); got != want {
			t.Errorf("%s\nthe model writes\n%s", got, want)
		}
		judged++
		if again, _ := run(t, convert.Single, s.runs[0]); again.runs[0] != s.runs[0] {
			t.Errorf("converted twice:\n%s\nand once:\n%s", again.runs[0], s.runs[0])
		}
	}
	if judged < 300 {
		t.Errorf("only %d documents were judged", judged)
	}
}

// FuzzConvert holds that what is written is well-formed, in every form, has
// the runs that were read, and does not change when it is converted again.
func FuzzConvert(f *testing.F) {
	for _, seed := range []string{
		`<run-history/>`, `<execution-histories xmlns="" xmlns:a="b" a:c="d">x<run-history e="f">y<g/><run-details>z<h> </h><ma-id> </ma-id></run-details></run-history></execution-histories>`,
		`<run-history xmlns:p="u" p:a="1"><p:z/><run-details xmlns:p="v" p:a="2">]]&gt;&#13;</run-details><run-details/></run-history>`,
		`<run-details><step-details><step-description> <a/> </step-description></step-details></run-details>`,
	} {
		f.Add(seed)
	}
	_ = fs.WalkDir(samples.FS(), "rules/R449", func(name string, d fs.DirEntry, err error) error {
		if data, err := samples.FS().ReadFile(name); err == nil {
			f.Add(string(data))
		}
		return err
	})
	f.Fuzz(func(t *testing.T, document string) {
		for _, form := range []convert.Form{convert.Single, convert.Shared, convert.Wrapped} {
			s, _ := run(t, form, document)
			if form != convert.Single && len(s.runs) > 0 {
				s.runs = []string{form.Begin() + strings.Join(s.runs, "") + form.End()}
			}
			for _, text := range s.runs {
				again, out := run(t, form, text)
				if out.Broken || len(out.Faults) > 0 {
					t.Fatalf("form %d wrote what is not well-formed: %v\n%q", form, out.Faults, text)
				}
				if got := form.Begin() + strings.Join(again.runs, "") + form.End(); got != text {
					t.Fatalf("form %d: converted twice:\n%q\nand once:\n%q", form, got, text)
				}
			}
		}
	})
}
