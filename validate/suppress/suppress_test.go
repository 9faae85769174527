package suppress_test

import (
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/suppress"
)

func TestPathPatterns(t *testing.T) {
	for _, test := range []struct {
		pattern string
		yes, no string // names, separated by blanks
	}{
		{"*.xml", "a.xml deep/er/a.xml", "a.xml.gz a"},
		{"a.xml", "a.xml x/a.xml", "ba.xml a.xmlx"},
		{"archive/*.xml", "archive/a.xml", "archive/x/a.xml x/archive/a.xml"},
		{"archive/**", "archive/a.xml archive/x/y/a.xml", "archived/a.xml b.xml"},
		{"archive", "archive/a.xml x/archive/y.xml archive/z/y.xml", "archive.xml"},
		{"archive/", "archive/a.xml archive/z/y.xml", "x/archive/y.xml"},
		{`archive\2009\**`, "archive/2009/a.xml", "archive/2010/a.xml"},
		{"./a/b.xml", "a/b.xml", "b.xml"},
		{"**/run-?.xml", "run-1.xml x/run-2.xml", "run-12.xml"},
		{"{ad,hr}/[0-9]*.xml", "ad/1.xml hr/2x.xml", "ad/x.xml it/1.xml"},
		{"histories.zip", "histories.zip x/histories.zip histories.zip!/a.xml", "b.zip"},
		{"../other/*.xml", "../other/a.xml", "other/a.xml"},
	} {
		p, err := suppress.ParsePath(test.pattern)
		if err != nil {
			t.Errorf("%s: %v", test.pattern, err)
			continue
		}
		for _, name := range strings.Fields(test.yes) {
			if !p.Match(name) {
				t.Errorf("%s does not match %s", test.pattern, name)
			}
		}
		for _, name := range strings.Fields(test.no) {
			if p.Match(name) {
				t.Errorf("%s matches %s", test.pattern, name)
			}
		}
	}
	for _, bad := range []string{"", "a[b", "{a,b", strings.Repeat("{a,b}", 9), strings.Repeat("a", 1001)} {
		if _, err := suppress.ParsePath(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

func TestMessagePatterns(t *testing.T) {
	for _, test := range []struct {
		pattern, message string
		want             bool
	}{
		{"a.b", "a.b", true}, {"a.b", "axb", false}, {"a.b", "a.bc", false},
		{"a*", "a", true}, {"a*", "ba", false}, {"*a", "bba", true}, {"*a", "ab", false},
		{"a*a", "a", false}, {"a*a", "aa", true}, {"a*b*c", "a b b c", true}, {"a*b*c", "acb", false},
		{"*[1] (x)*", "element [1] (x) here", true},
	} {
		p, err := suppress.ParseMessage(test.pattern)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.Match(test.message); got != test.want {
			t.Errorf("%q, %q: %t", test.pattern, test.message, got)
		}
	}
	for _, bad := range []string{"", "*", "***", strings.Repeat("a", 1001)} {
		if _, err := suppress.ParseMessage(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}

// entry makes a suppression of its conditions.
func entry(t *testing.T, ids, path, message, expires string) suppress.Entry {
	t.Helper()
	e := suppress.Entry{IDs: strings.Fields(ids), Reason: "reason " + path, Expires: expires, Line: 7, Column: 3}
	var err error
	if path != "" {
		if e.Path, err = suppress.ParsePath(path); err != nil {
			t.Fatal(err)
		}
	}
	if message != "" {
		if e.Message, err = suppress.ParseMessage(message); err != nil {
			t.Fatal(err)
		}
	}
	return e
}

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC).UnixMilli()

func TestEveryConditionMustHold(t *testing.T) {
	l, err := suppress.NewList([]suppress.Entry{
		entry(t, "R1 R2", "a/**", "x*", ""),
		entry(t, "R3", "", "", ""),
		entry(t, "", "all.xml", "", ""),
	}, noon)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		id, name, message string
		want              string
	}{
		{"R1", "a/b.xml", "xy", "reason a/**"},
		{"R2", "a/b.xml", "xy", "reason a/**"},
		{"R4", "a/b.xml", "xy", ""},
		{"R1", "b/b.xml", "xy", ""},
		{"R1", "a/b.xml", "yx", ""},
		{"R3", "b.xml", "anything", "reason "},
		{"R9", "z/all.xml", "", "reason all.xml"},
	} {
		got, ok := l.Suppress(&finding.Finding{Rule: test.id, Message: test.message}, test.name)
		if got != test.want || ok != (test.want != "") {
			t.Errorf("%+v: %q, %t", test, got, ok)
		}
	}
}

// TestExpiry: the day counts to its end, wherever the call is made.
func TestExpiry(t *testing.T) {
	for now, want := range map[string]bool{
		"2026-03-01T00:00:00Z": true, "2026-03-01T23:59:59Z": true, "2026-03-02T00:00:00Z": false,
		"2026-03-02T01:00:00+02:00": true, "2026-03-01T23:00:00-02:00": false,
	} {
		instant, err := time.Parse(time.RFC3339, now)
		if err != nil {
			t.Fatal(err)
		}
		l, err := suppress.NewList([]suppress.Entry{entry(t, "R1", "", "", "2026-03-01")}, instant.UnixMilli())
		if err != nil {
			t.Fatal(err)
		}
		l.Document("a.xml")
		_, got := l.Suppress(&finding.Finding{Rule: "R1"}, "a.xml")
		found := l.Findings(".runhist.yaml", func(string) bool { return true })
		if got != want || (len(found) == 0) != want {
			t.Errorf("%s: suppresses %t, findings %v", now, got, found)
		}
		if !want && (found[0].Rule != suppress.Expired || found[0].Line != 7 || found[0].Column != 3 || found[0].File != ".runhist.yaml") {
			t.Errorf("%s: %+v", now, found[0])
		}
	}
}

func TestUnused(t *testing.T) {
	l, err := suppress.NewList([]suppress.Entry{
		entry(t, "R1", "", "", ""),
		entry(t, "R2", "a/**", "", ""),
		entry(t, "R3", "b/**", "", ""),
		entry(t, "R4 R5", "", "", ""),
		entry(t, "R1", "", "same*", ""), // shadowed by the first, and yet used
	}, noon)
	if err != nil {
		t.Fatal(err)
	}
	l.Document("a/x.xml")
	l.Suppress(&finding.Finding{Rule: "R1", Message: "same"}, "a/x.xml")
	var got []string
	for _, f := range l.Findings("c", func(id string) bool { return id != "R4" && id != "R5" }) {
		got = append(got, f.Rule+" "+f.Severity.String()+" "+f.Message)
	}
	want := []string{
		"CFG-suppression-unused warning the suppression of R2 in a/** suppresses nothing",
		"CFG-suppression-unused info the suppression of R3 in b/** suppresses nothing: its path matches no document of this call",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestEntriesAreChecked(t *testing.T) {
	for _, bad := range []suppress.Entry{
		{Reason: "no condition"}, {IDs: []string{"R1"}}, {IDs: []string{"R1"}, Reason: " "},
		{IDs: []string{"R1"}, Reason: "x", Expires: "soon"},
	} {
		if _, err := suppress.NewList([]suppress.Entry{bad}, noon); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

// FuzzPatterns matches anything: it ends, and a pattern without anything
// special matches itself.
func FuzzPatterns(f *testing.F) {
	f.Add("{a,{b,c}}/**/[!x-z]?*", "a/b/c")
	f.Add(`a\[b`, "a/[b")
	f.Fuzz(func(t *testing.T, pattern, name string) {
		if p, err := suppress.ParsePath(pattern); err == nil {
			if got := p.Match(name); !got && pattern == name && !strings.ContainsAny(pattern, `*?[]{}!\./`) {
				t.Errorf("%q does not match itself", name)
			}
		}
		if m, err := suppress.ParseMessage(pattern); err == nil {
			if got := m.Match(name); !got && pattern == name {
				t.Errorf("%q does not match itself", name)
			}
		}
	})
}
