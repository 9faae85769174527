package suppress

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/validate/finding"
)

// TestNormaliser: what differs from run to run goes, what tells faults apart
// stays.
func TestNormaliser(t *testing.T) {
	n := newNormaliser()
	for text, want := range map[string]string{
		`export-failure is 3 but the step lists no export-error`:                        `export-failure is # but the step lists no export-error`,
		`ma-id is {F6ADE0BB-5FAC-46F2-88A1-1672EA93086F} here`:                          `ma-id is {guid} here`,
		`cs-guid f6ade0bb-5fac-46f2-88a1-1672ea93086f, again`:                           `cs-guid {guid}, again`,
		`ends 2016-11-14 06:03:33.800, before 2016-11-14T06:03:33Z`:                     `ends #, before #`,
		`dn is "CN=Ann Lee,OU=Sales,DC=contoso,DC=com", but is about "cn=ann"`:          `dn is {dn}, but is about {dn}`,
		`dn is "CN=a \"b\", c", which differs`:                                          `dn is {dn}, which differs`,
		`the object CN=Ann,OU=Sales,DC=com is gone`:                                     `the object {dn} is gone`,
		`<error-type> is "ma-extension-error", which is not one of its 42 values`:       `<error-type> is "ma-extension-error", which is not one of its # values`,
		`anchor is "EAAAAIdd8Nq3k0CTh2Xk2w9fJw0="`:                                      `anchor is "{code}"`,
		`the element <ma-connection> stands where <end-date> is expected`:               `the element <ma-connection> stands where <end-date> is expected`,
		`7 more findings of R243 were counted and not kept`:                             `# more findings of R# were counted and not kept`,
		`step-result is "completed-sync-errors", but 0 errors are listed`:               `step-result is "completed-sync-errors", but # errors are listed`,
		`intrinsic is "x=1" and max is 12,5`:                                            `intrinsic is {dn} and max is #`,
		`the run of line 3 of ../share/run-1.xml is the same: one of the two is a copy`: `the run of line # of ../share/run-#.xml is the same: one of the two is a copy`,
		``: ``,
	} {
		if got := n.message(text); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", text, got, want)
		}
		if again := n.message(text); again != want {
			t.Errorf("the second time: %s", again)
		}
	}
	for name, want := range map[string]string{
		"share/run-118.xml.gz":                     "share/run-#.xml.gz",
		"2026-03-01/a.xml":                         "#/a.xml",
		"f6ade0bb-5fac-46f2-88a1-1672ea93086f.xml": "{guid}.xml",
		"../b.zip!/c12/d.xml":                      "../b.zip!/c#/d.xml",
	} {
		if got := n.file(name); got != want {
			t.Errorf("%s: got %s, want %s", name, got, want)
		}
	}
	for path, want := range map[string][2]string{
		"/run-history[1]/run-details[7]/step-details[2]/@step-id": {"/run-history/run-details/step-details/@step-id", "/run-history[1]/run-details[7]"},
		"/run-history[1]/*[3]": {"/run-history/*", ""},
		"/":                    {"/", ""},
		"":                     {"", ""},
		"/run-details[":        {"/run-details", ""},
	} {
		if plain, run := n.path(path); plain != want[0] || run != want[1] {
			t.Errorf("%s: got %s, %s", path, plain, run)
		}
	}
}

// fault is a finding of a rule in the run of a document.
func fault(rule string, run int, message string) *finding.Finding {
	return &finding.Finding{Rule: rule, Path: fmt.Sprintf("/run-history[1]/run-details[%d]/step-details[4]", run), Message: message}
}

func TestCountsAreOfOneRun(t *testing.T) {
	write := NewBaseline().Compare()
	for _, f := range []struct {
		run  int
		file string
	}{{1, "run-1.xml"}, {1, "run-1.xml"}, {2, "run-1.xml"}, {1, "run-2.xml"}} {
		if write.Accept(fault("R1", f.run, "count is 7"), f.file) {
			t.Error("an empty baseline accepts something")
		}
	}
	b := write.Seen()
	if got := b.Accepted(); len(got) != 1 || got[0].Count != 2 || got[0].File != "run-#.xml" || got[0].Message != "count is #" {
		t.Fatalf("accepted: %+v", got)
	}
	c := b.Compare()
	for i, test := range []struct {
		rule, file string
		run        int
		want       bool
	}{
		{"R1", "run-1.xml", 1, true},
		{"R1", "run-1.xml", 1, true},
		{"R1", "run-1.xml", 1, false}, // one more than any run had
		{"R1", "run-1.xml", 2, true},  // another run of the document
		{"R1", "run-9.xml", 1, true},  // a new run
		{"R2", "run-9.xml", 1, false}, // another rule
		{"R1", "hr-9.xml", 1, false},  // another kind of document
	} {
		if got := c.Accept(fault(test.rule, test.run, "count is 1234"), test.file); got != test.want {
			t.Errorf("%d: %t", i, got)
		}
	}
	if fixed := c.Fixed(); len(fixed) != 0 {
		t.Errorf("fixed: %v", fixed)
	}
}

func TestFixedAndPruned(t *testing.T) {
	write := NewBaseline().Compare()
	for range 3 {
		write.Accept(fault("R1", 1, "a"), "x.xml")
		write.Accept(fault("R2", 1, "b"), "x.xml")
	}
	c := write.Seen().Compare()
	c.Accept(fault("R1", 1, "a"), "x.xml")
	for range 5 {
		c.Accept(fault("R3", 1, "c"), "x.xml")
	}
	fixed := c.Fixed()
	if len(fixed) != 2 || fixed[0].Rule != "R1" || fixed[0].Accepted != 3 || fixed[0].Now != 1 || fixed[1].Rule != "R2" || fixed[1].Now != 0 {
		t.Errorf("fixed: %+v", fixed)
	}
	pruned := c.Pruned().Accepted()
	if len(pruned) != 1 || pruned[0].Rule != "R1" || pruned[0].Count != 1 {
		t.Errorf("pruned: %+v", pruned)
	}
}

// TestBaselineProperties: a baseline accepts the findings that it was made of,
// in any order of documents; its file says the same; pruning by the same
// findings changes nothing.
func TestBaselineProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type found struct {
			f    *finding.Finding
			name string
		}
		all := rapid.SliceOf(rapid.Custom(func(t *rapid.T) found {
			return found{fault(rapid.SampledFrom([]string{"R1", "R2"}).Draw(t, "rule"), rapid.IntRange(1, 3).Draw(t, "run"),
				rapid.SampledFrom([]string{"a 1", "a 2", `"CN=x,DC=y"`, "é \x00\u2028"}).Draw(t, "message")),
				rapid.SampledFrom([]string{"1.xml", "2.xml", "b.xml"}).Draw(t, "file")}
		})).Draw(t, "findings")
		c := NewBaseline().Compare()
		for _, f := range all {
			c.Accept(f.f, f.name)
		}
		var text, again bytes.Buffer
		if err := c.Seen().Write(&text); err != nil {
			t.Fatal(err)
		}
		b, err := ReadBaseline(bytes.NewReader(text.Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		shuffled := rapid.Permutation(all).Draw(t, "order")
		d := b.Compare()
		for _, f := range shuffled {
			if !d.Accept(f.f, f.name) {
				t.Fatalf("%+v is not accepted by\n%s", f, text.String())
			}
		}
		if len(d.Fixed()) > 0 || !slices.Equal(d.Pruned().Accepted(), b.Accepted()) {
			t.Fatal("something is fixed")
		}
		if err := d.Seen().Write(&again); err != nil || again.String() != text.String() {
			t.Fatal("other bytes", err)
		}
	})
}

func TestBaselineIsReadStrictly(t *testing.T) {
	one := `{"rule":"R1","file":"a","path":"/a","message":"m","count":1}`
	for text, want := range map[string]string{
		"":                                     "line 1",
		"{":                                    "line 1",
		"[]":                                   "this is no baseline",
		`{"version":2,"faults":[]}`:            "version 2",
		`{"faults":[]}`:                        "version 0",
		`{"version":1,"faults":[],"x":1}`:      "unknown field",
		`{"version":1,"faults":[{"rule":""}]}`: "fault 1",
		`{"version":1,"faults":[` + strings.Replace(one, "1}", "0}", 1) + `]}`: "count of at least 1",
		`{"version":1,"faults":[` + one + "," + one + `]}`:                     "fault 2 stands twice",
		`{"version":1,"faults":[` + one + `]} x`:                               "behind the end",
		"{\n\"version\": 1,\n\"faults\": 7}":                                   "line 3",
	} {
		if _, err := ReadBaseline(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
	if b, err := ReadBaseline(strings.NewReader(`{"version":1,"faults":[` + one + "]}\n")); err != nil || len(b.Accepted()) != 1 {
		t.Error(b, err)
	}
}

// FuzzReadBaseline reads anything; what it takes it writes, and reads again.
func FuzzReadBaseline(f *testing.F) {
	f.Add(`{"version":1,"faults":[{"rule":"R1","file":"a","path":"/a","message":"m","count":1}]}`)
	f.Add(`{"version":1,"faults":null}`)
	f.Add(`{"VERSION":1}{`)
	f.Fuzz(func(t *testing.T, text string) {
		b, err := ReadBaseline(strings.NewReader(text))
		if err != nil {
			return
		}
		var out bytes.Buffer
		if err := b.Write(&out); err != nil {
			t.Fatal(err)
		}
		again, err := ReadBaseline(&out)
		if err != nil || !slices.Equal(b.Accepted(), again.Accepted()) {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// FuzzNormaliser: no digit is left of anything, and normalising always ends.
func FuzzNormaliser(f *testing.F) {
	f.Add(`dn is "CN=a,DC=b" 2016-11-14 06:03 {F6ADE0BB-5FAC-46F2-88A1-1672EA93086F}`)
	f.Fuzz(func(t *testing.T, text string) {
		n := newNormaliser()
		if got := n.message(text); strings.ContainsAny(got, "0123456789") {
			t.Fatalf("%q still has a digit: %q", text, got)
		}
		n.file(text)
		n.path(text)
	})
}
