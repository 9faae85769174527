package validate_test

import (
	"errors"
	"io"
	"reflect"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/finding"
)

func auto(t testing.TB) *validate.Validator {
	return newValidator(t, func(o *validate.Options) { o.Profile = validate.Auto })
}

func sample(t testing.TB, name string) string {
	t.Helper()
	data, err := samples.FS().ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestAuto chooses by what a document contains.
func TestAuto(t *testing.T) {
	w := auto(t).Worker()
	for _, c := range []struct {
		file    string
		profile validate.Profile
		because string
	}{
		{"rules/R449/pass-cd-error.xml", validate.UPSMODS, "its schema has no objection"},
		{"rules/R449/fail-extra.xml", validate.UPSMODS, "its schema has no objection"},
		{"deviations/extra-error-details.xml", validate.UPSMODS, "no other schema has fewer objections"},
		{"schemas/fim/pass-f01-several-runs.xml", validate.FIM,
			"its schema has no objection, that of upsmods has 1: line 96, <run-details> may stand only once in <run-history>"},
		{"schemas/fim/pass-f10-display-name.xml", validate.FIM, "line 53, <retry-error> has the attribute displayName"},
		{"schemas/miis2003/pass-g01-children-of-2003.xml", validate.MIIS2003, "line 30, <first-occurred> stands too late"},
		{"schemas/miis2003/pass-g02-rule-error-info.xml", validate.MIIS2003, "<rule-error-info> is not known in <import-error>"},
	} {
		r := w.Document(c.file, strings.NewReader(sample(t, c.file)))
		if r.Profile != c.profile || !strings.Contains(r.Because, c.because) || len(r.Problems) > 0 {
			t.Errorf("%s: %s because %s, want %s because %s (%v)", c.file, r.Profile, r.Because, c.profile, c.because, r.Problems)
		}
		alone := newValidator(t, func(o *validate.Options) { o.Profile = c.profile })
		want := alone.Worker().Document(c.file, strings.NewReader(sample(t, c.file)))
		if !reflect.DeepEqual(r.Findings, want.Findings) {
			t.Errorf("%s: the findings are not those of profile %s:\n%v\n%v", c.file, c.profile, r.Findings, want.Findings)
		}
		// How the bytes come makes no difference.
		slow := w.Document(c.file, iotest.OneByteReader(strings.NewReader(sample(t, c.file))))
		if slow.Because != r.Because || !reflect.DeepEqual(slow.Findings, r.Findings) {
			t.Errorf("%s byte by byte: %s, %v", c.file, slow.Because, slow.Findings)
		}
	}
}

// TestAutoLookAhead tells what is out of sight from what is not there.
func TestAutoLookAhead(t *testing.T) {
	text := document(t)
	open := strings.Index(text, "<run-details>")
	comment := "<!--" + strings.Repeat(" where a history was kept ", 6<<20/26) + "-->"
	shut := strings.LastIndex(text, "</run-history>")
	text = text[:open] + comment + text[open:shut] + text[open:shut] + "</run-history>"
	r := auto(t).Worker().Document("long.xml", strings.NewReader(text))
	if r.Profile != validate.UPSMODS || r.Because != "its schema has no objection in the first 4 MB" || r.Runs != 2 {
		t.Errorf("%s because %s, %d runs", r.Profile, r.Because, r.Runs)
	}
}

// TestAutoFails reads what there is of an input that breaks.
func TestAutoFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	w := auto(t).Worker()
	in := io.MultiReader(strings.NewReader("<run-history><run-details>"), iotest.ErrReader(broken))
	if r := w.Document("a.xml", in); r.Status != validate.Unreadable || len(r.Problems) != 1 || !errors.Is(r.Problems[0], broken) {
		t.Errorf("status %s, problems %v", r.Status, r.Problems)
	}
	for _, text := range []string{"", "no XML at all", "<", "\x1f\x8b\x08"} {
		if r := w.Document("a.xml", strings.NewReader(text)); r.Profile != validate.UPSMODS || len(r.Findings) == 0 {
			t.Errorf("%q: profile %s, findings %v", text, r.Profile, r.Findings)
		}
	}
	v := auto(t)
	missing := validate.Input{File: "b.xml", Open: func() (io.ReadCloser, error) { return nil, broken }}
	if r := all(t, v, 1, missing)[0]; r.Profile != validate.UPSMODS || r.Status != validate.Unreadable {
		t.Errorf("what cannot be opened: profile %s, status %s", r.Profile, r.Status)
	}
}

// TestAutoTogether judges documents of several products in one call: each by
// its profile, whatever the number of workers, and rules that compare runs over
// all of them.
func TestAutoTogether(t *testing.T) {
	v := auto(t)
	var inputs []validate.Input
	for _, name := range append(samples.SchemaFixtures("fim"), samples.SchemaFixtures("miis2003")...) {
		inputs = append(inputs, input(name, sample(t, name)))
	}
	want := all(t, v, 1, inputs...)
	chosen := map[validate.Profile]int{}
	compared := false
	for _, r := range want {
		chosen[r.Profile]++
		if len(r.Rules) != len(v.Rules()) {
			t.Fatalf("%s: %d rules of %d", r.File, len(r.Rules), len(v.Rules()))
		}
		for _, f := range r.Findings {
			compared = compared || f.Rule == "C106"
		}
	}
	if len(chosen) != 3 || !compared {
		t.Errorf("profiles %v, runs compared: %t", chosen, compared)
	}
	if got := all(t, v, 5, inputs...); !reflect.DeepEqual(got, want) {
		t.Error("with five workers the results differ")
	}
	sum := v.Summary()
	for i := range want {
		sum.Add(&want[i])
	}
	if sum.Files != len(inputs) {
		t.Errorf("%d files of %d", sum.Files, len(inputs))
	}
}

// TestProfileSeverities grades a finding by the profile.
func TestProfileSeverities(t *testing.T) {
	for _, c := range []struct {
		file, rule string
		profile    validate.Profile
		want       finding.Severity // Off for none
	}{
		{"rules/R146/fail-counted.xml", "R146", validate.UPSMODS, finding.Error},
		{"rules/R146/fail-counted.xml", "R146", validate.FIM, finding.Off},
		{"rules/R147/fail-counted.xml", "R147", validate.MIIS2003, finding.Off},
		{"rules/R242/fail-export.xml", "R242", validate.FIM, finding.Error},
		{"rules/R242/fail-export.xml", "R242", validate.MIIS2003, finding.Info},
		{"rules/C096/fail-import.xml", "C096", validate.UPSMODS, finding.Info},
		{"rules/C096/fail-import.xml", "C096", validate.MIIS2003, finding.Warning},
		{"rules/M052/fail-call-stack.xml", "M052", validate.FIM, finding.Off},
		{"rules/M052/fail-call-stack.xml", "M052", validate.MIIS2003, finding.Warning},
		{"deviations/export-step-counter.xml", "R146", validate.Server, finding.Info},
	} {
		v := newValidator(t, func(o *validate.Options) { o.Profile = c.profile })
		got := finding.Off
		for _, f := range v.Worker().Document(c.file, strings.NewReader(sample(t, c.file))).Findings {
			if f.Rule == c.rule {
				got = f.Severity
			}
		}
		if got != c.want {
			t.Errorf("%s in profile %s: %s, want %s", c.file, c.profile, got, c.want)
		}
	}
	// A rule that a profile does not have can be asked for.
	v := newValidator(t, func(o *validate.Options) {
		o.Profile, o.Severity = validate.FIM, map[string]finding.Severity{"R146": finding.Warning}
	})
	r := v.Worker().Document("a.xml", strings.NewReader(sample(t, "rules/R146/fail-counted.xml")))
	if len(r.Findings) != 1 || r.Findings[0].Severity != finding.Warning {
		t.Errorf("findings %v", r.Findings)
	}
}

// TestProfilesTakeGenerated keeps the default profile apart from the others: it
// accepts what the generator makes, auto chooses it.
func TestProfilesTakeGenerated(t *testing.T) {
	r := auto(t).Worker().Document("a.xml", strings.NewReader(document(t, generate.Violation{ID: "R172", Count: 1})))
	if r.Profile != validate.UPSMODS || len(r.Findings) != 1 {
		t.Errorf("%s because %s: %v", r.Profile, r.Because, r.Findings)
	}
}
