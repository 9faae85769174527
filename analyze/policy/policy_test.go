package policy_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/analyze/policy"
)

// counts are those of a run: measures, or types of errors.
type counts map[string]uint64

func (c counts) Count(m measure.Measure, errType string) uint64 {
	if errType != "" {
		return c[errType]
	}
	return c[m.String()]
}

const hour = 3_600_000

// runs makes runs of one agent and profile, an hour apart, with one value of
// stage-delete each; a negative value is a run that was stopped.
func runs(agent, profile string, values ...int) []policy.Run {
	var list []policy.Run
	for i, v := range values {
		start := int64(i+1) * hour
		r := policy.Run{Agent: agent, AgentID: "{" + agent + "}", Profile: profile, Number: uint32(i + 1), Start: start, End: start + int64(max(v, -v))*60_000,
			Results: []string{"success"}, Ended: true, Objects: 1000, Counts: counts{"stage-delete": uint64(max(v, -v)), "cd-error": 2, "errors": 5}}
		if v < 0 {
			r.Ended, r.Results = false, []string{"success", "stopped-server"}
		}
		list = append(list, r)
	}
	return list
}

func make1(t *testing.T, check, limits string) policy.Policy {
	t.Helper()
	c, err := policy.ParseCheck(check)
	if err != nil {
		t.Fatal(err)
	}
	p := policy.Policy{Name: "p", Check: c}
	for _, side := range strings.Split(limits, ",") {
		name, text, _ := strings.Cut(side, "=")
		if name == "expect" {
			p.Expect = append(p.Expect, policy.Pattern(text))
			continue
		}
		limit, err := policy.ParseLimit(c, text)
		if err != nil {
			t.Fatal(err)
		}
		if name == "max" {
			p.Max = limit
		} else {
			p.Min = limit
		}
	}
	if err := p.Validate(); err != nil {
		t.Fatal(err)
	}
	return p
}

func TestEvaluate(t *testing.T) {
	unknownObjects := runs("A", "P", 5)
	unknownObjects[0].Objects = -1
	working := runs("A", "P", 1, 2, 3, 9)
	working[3].Working, working[3].Ended, working[3].End = true, false, 0
	undated := runs("A", "P", 5)
	undated[0].Start, undated[0].End = 0, 0
	for _, c := range []struct {
		check, limits string
		runs          []policy.Run
		now           int64
		want          string // outcome and message of the one verdict
	}{
		{"stage-delete", "max=5", runs("A", "P", 9, 5), 0, "kept stage-delete is 5"},
		{"stage-delete", "max=4", runs("A", "P", 1, 5), 0, "violated stage-delete is 5, above 4"},
		{"stage-delete", "min=6", runs("A", "P", 9, 5), 0, "violated stage-delete is 5, below 6"},
		{"stage-delete", "min=5,max=5", runs("A", "P", 5), 0, "kept stage-delete is 5"},
		{"stage-delete", "max=0.5%", runs("A", "P", 5), 0, "kept stage-delete is 5"},
		{"stage-delete", "max=0.4%", runs("A", "P", 5), 0, "violated stage-delete is 5, above 4 (0.4% of 1,000 objects)"},
		{"stage-delete", "max=5%", unknownObjects, 0, "unknown no full import of the agent says how many objects it has"},
		{"stage-delete", "min=10,max=5%", unknownObjects, 0, "violated stage-delete is 5, below 10"},
		{"stage-delete", "max=2 x median", runs("A", "P", 1, 3, 2, 4), 0, "kept stage-delete is 4"},
		{"stage-delete", "max=2 x median", runs("A", "P", 1, 3, 2, 5), 0, "violated stage-delete is 5, above 4 (2 x the median 2 of 3 runs)"},
		{"stage-delete", "max=2 x median of 3", runs("A", "P", 100, 100, 100, 1, 3, 2, 5), 0, "violated stage-delete is 5, above 4 (2 x the median 2 of 3 runs)"},
		{"stage-delete", "max=2 x median", runs("A", "P", 1, 3, 2, 4, 5), 0, "kept stage-delete is 5"}, // the median is 2.5
		{"stage-delete", "max=2 x median", runs("A", "P", 1, -90, 3, 2, 5), 0, "violated stage-delete is 5, above 4 (2 x the median 2 of 3 runs)"},
		{"stage-delete", "max=2 x median", runs("A", "P", 1, 3, 5), 0, "unknown only 2 runs before it came to their end: a median takes 3"},
		{"stage-delete", "max=4", working, 0, "kept stage-delete is 3"},
		{"stage-delete", "max=4", nil, 0, "unknown no run is of the agents and profiles that it selects"},
		{"errors", "max=4", runs("A", "P", 1), 0, "violated errors are 5, above 4"},
		{"duration", "max=5m", runs("A", "P", 5), 0, "kept duration is 5 min"},
		{"duration", "max=4m59s", runs("A", "P", 5), 0, "violated duration is 5 min, above 4 min 59 s"},
		{"duration", "min=1h", runs("A", "P", 5), 0, "violated duration is 5 min, below 1 h"},
		{"duration", "max=2 x median", runs("A", "P", 1, 3, 2, 5), 0, "violated duration is 5 min, above 4 min (2 x the median 2 min of 3 runs)"},
		{"duration", "max=1h", working, 9 * hour, "violated duration is 5 h, above 1 h"}, // it is at work
		{"duration", "min=1d", working, 9 * hour, "kept duration is 5 h"},
		{"duration", "max=1h", undated, 0, "unknown its dates are not known"},
		{"age", "max=1h", runs("A", "P", 0, -5), hour + 3600_000, "kept the last success is 1 h old"},
		{"age", "max=59m", runs("A", "P", 0, -5), hour + 3600_000, "violated the last success is 1 h old, above 59m"},
		{"age", "max=59m", runs("A", "P", -5), hour, "violated no run came to its end"},
		{"age", "max=59m", nil, hour, "violated no run is of the agents and profiles that it selects"},
		{"age", "max=59m", runs("A", "P", 1), 0, "unknown it is not known what time it is"},
		{"result", "expect=success", runs("A", "P", 1), 0, "kept all results are expected"},
		{"result", "expect=success,expect=completed-*", runs("A", "P", -1), 0, "violated the result stopped-server is not expected"},
	} {
		verdicts := policy.Evaluate([]policy.Policy{make1(t, c.check, c.limits)}, c.runs, c.now)
		if len(verdicts) != 1 {
			t.Errorf("%s %s: %d verdicts", c.check, c.limits, len(verdicts))
			continue
		}
		if got := verdicts[0].Outcome.String() + " " + verdicts[0].Message; got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.check, c.limits, got, c.want)
		}
	}
}

// TestFigures gives the limit in the unit of the value, and since when it is
// passed. The runs begin at 1 h, 2 h and so on.
func TestFigures(t *testing.T) {
	atWork := runs("A", "P", 9, 9, 9, 9)
	atWork[2].Working, atWork[2].Ended = true, false
	for _, c := range []struct {
		check, limits string
		every         bool
		runs          []policy.Run
		now           int64
		want          string // value, limit and since in hours of each verdict; - where it is not known
	}{
		{"stage-delete", "max=5", false, runs("A", "P", 9, 5, 9, 7), 0, "7 5 3"},
		{"stage-delete", "max=5", false, runs("A", "P", 9, 7), 0, "7 5 1"},
		{"stage-delete", "max=5", false, runs("A", "P", 9, 5), 0, "5 5 -"},
		{"stage-delete", "max=5", true, runs("A", "P", 9, 5, 9, 7, 8, 1), 0, "1 5 -, 8 5 3, 7 5 3, 9 5 3, 5 5 -, 9 5 1"},
		{"stage-delete", "max=5", false, atWork, 0, "9 5 1"}, // the one at work is not judged
		{"stage-delete", "min=3,max=5", false, runs("A", "P", 2), 0, "2 3 1"},
		{"stage-delete", "min=3,max=5", false, runs("A", "P", 4), 0, "4 5 -"},
		{"stage-delete", "min=3", false, runs("A", "P", 4), 0, "4 3 -"},
		{"stage-delete", "max=0.4%", false, runs("A", "P", 5), 0, "5 4 1"},
		{"stage-delete", "max=2 x median", false, runs("A", "P", 1, 1, 9, 1, 8, 8), 0, "8 2 5"},
		{"stage-delete", "max=2 x median", false, runs("A", "P", 1, 9), 0, "9 - -"},
		{"duration", "max=4m", false, runs("A", "P", 1, 5), 0, "300 240 2"},
		{"result", "expect=success", false, runs("A", "P", 1, -1, -1), 0, "- - 2"},
		{"age", "max=1h", false, runs("A", "P", 60), 10 * hour, "28800 3600 3"},
		{"age", "max=1d", false, runs("A", "P", 60), 10 * hour, "28800 86400 -"},
		{"age", "max=1h", false, runs("A", "P", -60), 10 * hour, "- - -"},
		{"age", "max=1h", false, nil, 10 * hour, "- - -"},
	} {
		p := make1(t, c.check, c.limits)
		p.Every = c.every
		show := func(f float64, known bool) string {
			if !known {
				return "-"
			}
			return fmt.Sprint(f)
		}
		var got []string
		for _, v := range policy.Evaluate([]policy.Policy{p}, c.runs, c.now) {
			got = append(got, show(v.Value, v.Measured)+" "+show(v.Bound, v.Bounded)+" "+show(float64(v.Since)/hour, v.Since != 0))
		}
		if got := strings.Join(got, ", "); got != c.want {
			t.Errorf("%s %s: got %s, want %s", c.check, c.limits, got, c.want)
		}
	}
}

// TestSelection judges the newest run of each profile that is selected, or
// every run, and the age of each agent or profile.
func TestSelection(t *testing.T) {
	all := append(runs("AD one", "Full", 1, 2), runs("AD two", "Delta", 3, 4)...)
	all = append(all, runs("HR", "Full", 5)...)
	all = append(all, runs("AD one", "Delta", 6)...)
	show := func(p policy.Policy) string {
		var parts []string
		for _, v := range policy.Evaluate([]policy.Policy{p}, all, 20*hour) {
			parts = append(parts, fmt.Sprintf("%s/%s/%d", v.Agent, v.Profile, v.Number))
		}
		return strings.Join(parts, " ")
	}
	p := make1(t, "stage-delete", "max=1")
	for _, c := range []struct {
		agents, profiles []policy.Pattern
		every            bool
		check, want      string
	}{
		{nil, nil, false, "", "AD one/Delta/1 AD one/Full/2 AD two/Delta/2 HR/Full/1"},
		{[]policy.Pattern{"ad *"}, nil, false, "", "AD one/Delta/1 AD one/Full/2 AD two/Delta/2"},
		{[]policy.Pattern{"{HR}", "AD two"}, nil, false, "", "AD two/Delta/2 HR/Full/1"},
		{nil, []policy.Pattern{"F*"}, true, "", "AD one/Full/2 AD one/Full/1 HR/Full/1"},
		{nil, nil, false, "age", "AD one//2 AD two//2 HR//1"},
		{nil, []policy.Pattern{"*"}, false, "age", "AD one/Delta/1 AD one/Full/2 AD two/Delta/2 HR/Full/1"},
		{[]policy.Pattern{"x"}, nil, false, "", "//0"},
	} {
		q := p
		if c.check != "" {
			q = make1(t, c.check, "max=1h")
		}
		q.Agents, q.Profiles, q.Every = c.agents, c.profiles, c.every
		if got := show(q); got != c.want {
			t.Errorf("%v %v: got %s, want %s", c.agents, c.profiles, got, c.want)
		}
	}
}

func TestType(t *testing.T) {
	p := make1(t, "errors", "max=2")
	p.Type = "cd-error"
	v := policy.Evaluate([]policy.Policy{p}, runs("A", "P", 1), 0)
	if v[0].Outcome != policy.Kept || v[0].Value != 2 || v[0].Message != "errors of type cd-error are 2" {
		t.Errorf("%+v", v[0])
	}
}

func TestParseCheck(t *testing.T) {
	for _, name := range policy.Checks() {
		if c, err := policy.ParseCheck(name); err != nil || c.String() != name {
			t.Errorf("%s: %v, %v", name, c, err)
		}
	}
	if _, err := policy.ParseCheck("stage-deletes"); err == nil || !strings.Contains(err.Error(), "did you mean stage-delete?") {
		t.Error(err)
	}
}

// FuzzPattern compares patterns with regular expressions.
func FuzzPattern(f *testing.F) {
	for _, seed := range [][2]string{{"a*b", "aXXb"}, {"*", ""}, {"**a*", "ba"}, {"ab*ba", "aba"}, {"Zürich*", "zÜRICH x"}, {"", ""}} {
		f.Add(seed[0], seed[1])
	}
	f.Fuzz(func(t *testing.T, pattern, text string) {
		lowered, of := strings.ToLower(pattern), strings.ToLower(text)
		var parts []string
		for _, part := range strings.Split(lowered, "*") {
			parts = append(parts, regexp.QuoteMeta(part))
		}
		re, err := regexp.Compile(`(?s)\A` + strings.Join(parts, ".*") + `\z`)
		if err != nil {
			return // no UTF-8
		}
		if got := policy.Pattern(pattern).Match(text); got != re.MatchString(of) {
			t.Errorf("%q matches %q: %t", pattern, text, got)
		}
	})
}

// FuzzParseLimit reads anything, and refuses what has no sense.
func FuzzParseLimit(f *testing.F) {
	for _, seed := range []string{"5", "5.5%", "3 x median of 20", "1d12h", "99999999999999999999d", "-1", "5 %", ""} {
		f.Add(seed, uint8(0))
		f.Add(seed, uint8(1))
		f.Add(seed, uint8(2))
	}
	f.Fuzz(func(t *testing.T, text string, subject uint8) {
		c := policy.Check{Subject: policy.Subject(subject % 3)}
		l, err := policy.ParseLimit(c, text)
		if err != nil {
			return
		}
		if l.String() != text || l.Amount < 0 || l.Time < 0 || (l.Kind == policy.Time) == (!c.Timed()) && l.Kind != policy.Median {
			t.Errorf("%q of %s is %+v", text, c, l)
		}
	})
}
