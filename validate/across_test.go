package validate_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/samples/generate"
	"github.com/runhist/runhist/validate"
	"github.com/runhist/runhist/validate/archive"
	"github.com/runhist/runhist/validate/finding"
	"github.com/runhist/runhist/validate/rule"
	"github.com/runhist/runhist/validate/rules/consistency/across"
)

// aRun is what a test says of a run; what the schema wants beside it is left
// out.
type aRun struct {
	id, name, profile string
	number, minute    int
	result            string
	more              string // of its step
	minutes           int    // that it takes
}

// The ids of two agents, and one that a publisher has overwritten.
const (
	idA    = "{6A1F0C52-9D3E-4B77-8C21-5E0B94D7A310}"
	idB    = "{B83D4E19-07C6-4F52-A9E4-1D6F2C8B5703}"
	idMask = "{12345678-9D3E-4B77-8C21-5E0B94D7A310}"
)

func (r aRun) text() string {
	if r.result == "" {
		r.result = "success"
	}
	date := func(minute int) string {
		return fmt.Sprintf("2024-03-%02d %02d:%02d:00.000", 1+minute/1440, minute/60%24, minute%60)
	}
	return fmt.Sprintf("<run-details><ma-id>%s</ma-id><ma-name>%s</ma-name><run-number>%d</run-number><run-profile-name>%s</run-profile-name>"+
		"<step-details step-number=\"1\"><start-date>%s</start-date><end-date>%s</end-date><step-result>%s</step-result>%s</step-details></run-details>",
		r.id, r.name, r.number, r.profile, date(r.minute), date(r.minute+r.minutes), r.result, r.more)
}

// judgeRuns judges each run as a document of its own, only by the rules that
// compare runs, and returns the lines "FILE RULE"; files are named by number.
func judgeRuns(t *testing.T, runs ...aRun) (lines []string, stats map[string]rule.Stats) {
	t.Helper()
	v, err := validate.New(validate.DefaultOptions(across.Rules()))
	if err != nil {
		t.Fatal(err)
	}
	var inputs []validate.Input
	for i, r := range runs {
		inputs = append(inputs, validate.Input{File: fmt.Sprint(i), Open: func() (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader("<run-history>" + r.text() + "</run-history>")), nil
		}})
	}
	sum := v.Summary()
	err = v.Each(context.Background(), inputs, 2, func(r validate.Result) error {
		sum.Add(&r)
		for i := range r.Findings {
			if f := &r.Findings[i]; strings.HasPrefix(f.Rule, "C") {
				lines = append(lines, f.File+" "+f.Rule)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	stats = map[string]rule.Stats{}
	for i, r := range v.Rules() {
		stats[r.ID] = sum.Rules[i]
	}
	return lines, stats
}

func TestOneRunIsNotCompared(t *testing.T) {
	lines, stats := judgeRuns(t, aRun{id: idA, name: "A", number: 7})
	for id, s := range stats {
		if s.Status() != finding.NotApplicable {
			t.Errorf("%s is %s", id, s.Status())
		}
	}
	if len(lines) > 0 {
		t.Error(lines)
	}
}

// TestNumbersBeginAgain: a history that was cleared is one fall of the numbers
// and one number that comes twice, not one for every run after it.
func TestNumbersBeginAgain(t *testing.T) {
	var before, after []aRun
	for i := range 6 {
		before = append(before, aRun{id: idA, name: "A", number: i + 1, minute: i})
		after = append(after, aRun{id: idA, name: "A", number: i + 1, minute: 100 + i})
	}
	var mixed []aRun
	for i := range before {
		mixed = append(mixed, before[i], after[i])
	}
	for name, c := range map[string]struct {
		runs []aRun
		want []string
	}{
		"in order": {slices.Concat(before, after), []string{"6 C106", "6 C106"}}, // twice, and lower than the run before
		"mixed":    {mixed, []string{"1 C106"}},
	} {
		if got, _ := judgeRuns(t, c.runs...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestIdentity(t *testing.T) {
	atWork := aRun{id: idA, name: "A", number: 7, minute: 5, result: "in-progress"}
	ended := aRun{id: idA, name: "A", number: 7, minute: 5, minutes: 3}
	for name, c := range map[string]struct {
		runs []aRun
		want []string
	}{
		"a run at two moments is one fault":      {[]aRun{atWork, ended}, []string{"1 C106"}},
		"masked ids tell nothing":                {[]aRun{{id: idMask, name: "A", number: 7}, {id: idMask, name: "B", number: 7, minute: 9}}, nil},
		"agents of masked ids go by their names": {[]aRun{{id: idMask, name: "A", number: 7}, {id: idMask, name: "A", number: 6, minute: 9}}, []string{"1 C106"}},
		"a name is told of once":                 {[]aRun{{id: idA, name: "A", number: 1}, {id: idA, name: "B", number: 2, minute: 9}, {id: idA, name: "B", number: 3, minute: 20}}, []string{"1 C142"}},
		"agents do not mix":                      {[]aRun{{id: idA, name: "A", number: 7}, {id: idB, name: "B", number: 6, minute: 9}}, nil},
		"without id and name":                    {[]aRun{{number: 7}, {number: 7, minute: 9}}, nil},
	} {
		if got, _ := judgeRuns(t, c.runs...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestUnreadableRun(t *testing.T) {
	bad := aRun{id: idA, name: "A", number: -1, minute: 9}
	_, stats := judgeRuns(t, aRun{id: idA, name: "A", number: 7}, bad)
	if s := stats["C106"]; s.Status() != finding.NotEvaluated {
		t.Errorf("with a run-number that cannot be read, C106 is %s", s.Status())
	}
}

// provisions and exports are steps of a synchronization of A toward B, and of
// an export of B.
func provisions(n int) string {
	return fmt.Sprintf(`<outbound-flow-counters ma="B" ma-id="%s"><provisioned-add-flow detail="true">%d</provisioned-add-flow></outbound-flow-counters>`, idB, n)
}

func exports(adds, failures int) string {
	return fmt.Sprintf(`<step-description><step-type type="export"/></step-description><export-counters><export-add detail="true">%d</export-add>`+
		`<export-failure detail="true">%d</export-failure></export-counters>`, adds, failures)
}

func TestAccounts(t *testing.T) {
	a := func(number, minute int, more string) aRun {
		return aRun{id: idA, name: "A", number: number, minute: minute, more: more}
	}
	b := func(number, minute int, more string) aRun {
		return aRun{id: idB, name: "B", number: number, minute: minute, more: more}
	}
	stopped := b(1, 10, exports(0, 0))
	stopped.result = "stopped-server"
	const passed, failed, unknown = finding.Passed, finding.Failed, finding.NotEvaluated
	for name, c := range map[string]struct {
		runs []aRun
		want finding.Status
	}{
		"enough":                          {[]aRun{a(1, 0, ""), b(1, 10, exports(9, 1)), a(2, 20, provisions(4)), b(2, 30, exports(5, 0))}, passed},
		"too many":                        {[]aRun{a(1, 0, ""), b(1, 10, exports(9, 1)), a(2, 20, provisions(4)), b(2, 30, exports(6, 0))}, failed},
		"too many, newest first":          {[]aRun{b(2, 30, exports(6, 0)), a(2, 20, provisions(4)), b(1, 10, exports(9, 1)), a(1, 0, "")}, failed},
		"a run is missing":                {[]aRun{a(1, 0, ""), b(1, 10, exports(9, 1)), a(3, 20, provisions(4)), b(2, 30, exports(6, 0))}, unknown},
		"the beginning is missing":        {[]aRun{b(1, 10, exports(9, 1)), a(2, 20, provisions(4)), b(2, 30, exports(6, 0))}, unknown},
		"the one before was stopped":      {[]aRun{a(1, 0, ""), stopped, a(2, 20, provisions(4)), b(2, 30, exports(6, 0))}, unknown},
		"nothing is provisioned anywhere": {[]aRun{b(1, 10, exports(9, 1)), b(2, 30, exports(6, 0))}, finding.NotApplicable},
		"one export":                      {[]aRun{a(1, 0, provisions(4)), b(1, 10, exports(6, 0))}, finding.NotApplicable},
	} {
		lines, stats := judgeRuns(t, c.runs...)
		if s := stats["C147"]; s.Status() != c.want {
			t.Errorf("%s: %s, want %s", name, s.Status(), c.want)
		}
		if name == "too many, newest first" && !slices.Equal(lines, []string{"0 C147"}) {
			t.Errorf("%s: %v, want a finding of the document of the export", name, lines)
		}
	}
}

// TestManyErrors: errors beyond the limit are not compared, and that is said.
func TestManyErrors(t *testing.T) {
	var doc bytes.Buffer
	if err := generate.Write(&doc, generate.Options{Seed: 7, Steps: 1, Errors: 9000}); err != nil {
		t.Fatal(err)
	}
	v, err := validate.New(validate.DefaultOptions(across.Rules()))
	if err != nil {
		t.Fatal(err)
	}
	input := validate.Input{File: "x", Open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(doc.Bytes())), nil }}
	err = v.Each(context.Background(), []validate.Input{input}, 1, func(r validate.Result) error {
		for i, rule := range v.Rules() {
			if status := r.Rules[i].Status(); rule.ID == "C146" && status != finding.NotEvaluated {
				t.Errorf("C146 is %s", status)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestCrashAcross: a rule that breaks down over two runs is contained, the
// others go on, and it is told once.
func TestCrashAcross(t *testing.T) {
	broken := rule.Rule{ID: "C106", Severity: finding.Error, Checks: []rule.Check{rule.Each(
		func(*archive.Pair) rule.Scope { return rule.In },
		func(*archive.Pair, *rule.Report) { panic("broken") },
	)}}
	list := append([]rule.Rule{broken}, slices.DeleteFunc(across.Rules(), func(r rule.Rule) bool { return r.ID != "C142" })...)
	v, err := validate.New(validate.DefaultOptions(list))
	if err != nil {
		t.Fatal(err)
	}
	var inputs []validate.Input
	for i, name := range []string{"A", "B", "C"} {
		text := "<run-history>" + aRun{id: idA, name: name, number: i, minute: i}.text() + "</run-history>"
		inputs = append(inputs, validate.Input{File: name, Open: func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }})
	}
	problems, told, incomplete := 0, 0, 0
	err = v.Each(context.Background(), inputs, 2, func(r validate.Result) error {
		problems += len(r.Problems)
		for i := range r.Findings {
			if r.Findings[i].Rule == "C142" {
				told++
			}
		}
		if r.Status == validate.Incomplete {
			incomplete++
		}
		return nil
	})
	if err != nil || problems != 1 || told != 2 || incomplete != 1 {
		t.Errorf("%v, %d problems, %d findings of the other rule, %d incomplete", err, problems, told, incomplete)
	}
}
