package rule

import (
	"fmt"
	"math/bits"
	"reflect"
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/finding"
)

// key is a hash as good as those of rules.
func key(n uint64) uint64 {
	hi, lo := bits.Mul64(n^0xD1B54A32D192ED03, 0x9E3779B97F4A7C15)
	return hi ^ lo
}

// TestMemory compares the set with a plain map, beyond the limit too.
func TestMemory(t *testing.T) {
	var m memory
	want := map[uint64]uint32{}
	for i := range uint64(maxRemembered + 1000) {
		n := i * 7919 % (maxRemembered * 3 / 2)
		before, seen, full := m.seen(key(n), uint32(i))
		line, known := want[key(n)]
		switch {
		case full:
			if len(want) < maxRemembered {
				t.Fatalf("full with %d keys", len(want))
			}
		case seen != known || before != line:
			t.Fatalf("key %d: seen %v at %d, want %v at %d", n, seen, before, known, line)
		case !known:
			want[key(n)] = uint32(i)
		}
	}
	if len(want) != maxRemembered {
		t.Errorf("%d keys remembered, want %d", len(want), maxRemembered)
	}
	m.reset()
	if _, seen, full := m.seen(key(0), 1); seen || full {
		t.Error("something is left after a reset")
	}
}

func TestScopes(t *testing.T) {
	good, bad, absent := rundetails.NewInstant(0), rundetails.Instant{Text: rundetails.NewText("soon")}, rundetails.Instant{}
	for _, c := range []struct {
		got, want Scope
	}{
		{If(true), In}, {If(false), Out},
		{Dates(&good, &good), In}, {Dates(&good, &bad), Unreadable}, {Dates(&bad, &absent), Out},
		{In.And(In, Unreadable), Unreadable}, {Unreadable.And(Out), Out}, {In.And(), In}, {Out.And(In), Out},
	} {
		if c.got != c.want {
			t.Errorf("scope %d, want %d", c.got, c.want)
		}
	}
	one, none, word := rundetails.NewNumber(1), rundetails.Number{}, rundetails.Number{Text: rundetails.NewText("many")}
	if Numbers(&one) != In || Numbers(&one, &none) != Out || Numbers(&one, &word) != Unreadable {
		t.Error("numbers have the wrong scope")
	}
}

// TestRunner holds what is counted: what a check was shown, what it found,
// what could not be judged; and that a crash takes one rule out and no other.
func TestRunner(t *testing.T) {
	step := func(name string, applies Scope, judge func(*rundetails.Step, *Report)) Rule {
		return Rule{ID: name, Severity: finding.Error, Lower: finding.Info,
			Checks: []Check{Each(func(*rundetails.Step) Scope { return applies }, judge)}}
	}
	rules := []Rule{
		step("passes", In, func(*rundetails.Step, *Report) {}),
		step("idle", Out, func(*rundetails.Step, *Report) { t.Error("shown what it is not about") }),
		step("blind", Unreadable, func(*rundetails.Step, *Report) { t.Error("shown what cannot be read") }),
		step("crashes", In, func(*rundetails.Step, *Report) { panic("oh") }),
		step("fails", In, func(s *rundetails.Step, r *Report) {
			r.At(s, "one %d", 1)
			r.Lower(s, "arm", "two")
		}),
	}
	var found []string
	r := NewRunner(rules, 0, func(f Found) {
		found = append(found, fmt.Sprint(f.Rule.ID, " ", f.Severity, " ", f.Arm, " ", f.Message))
	}, nil)
	r.Step(&rundetails.Step{})
	r.Step(&rundetails.Step{})
	r.Step(&rundetails.Step{Cut: true})
	if want := []string{"fails error  one 1", "fails info arm two", "fails error  one 1", "fails info arm two"}; !reflect.DeepEqual(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
	var got []string
	for i, s := range r.Stats() {
		got = append(got, fmt.Sprint(rules[i].ID, " ", s.Status(), " ", s.Checked, " ", s.Findings, " ", s.NotEvaluated))
	}
	want := []string{"passes not-evaluated 2 0 1", "idle not-applicable 0 0 0", "blind not-evaluated 0 0 3", "crashes crashed 1 0 0", "fails failed 2 4 1"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("stats %q, want %q", got, want)
	}
	r.Reset()
	if s := r.Stats()[4]; s.Status() != finding.NotApplicable {
		t.Errorf("after a reset the status is %s", s.Status())
	}
	if s := r.Stats()[3]; s.Status() != finding.Crashed {
		t.Error("a crashed rule came back")
	}
}

// TestSeen holds how long rules remember.
func TestSeen(t *testing.T) {
	var found []string
	remember := func(m Memory) Rule {
		return Rule{ID: fmt.Sprint(m), Memory: m, Severity: finding.Error, Checks: []Check{Each(
			func(*rundetails.ExportError) Scope { return In },
			func(e *rundetails.ExportError, r *Report) {
				if before, seen := r.Seen(key(e.RetryCount.N), e.Line); seen {
					r.At(e, "seen at %d", before)
				}
			})}}
	}
	r := NewRunner([]Rule{remember(PerStep), remember(PerRun), remember(PerDocument)}, 0, func(f Found) { found = append(found, f.Rule.ID+" "+f.Message) }, nil)
	e := &rundetails.ExportError{RetryCount: rundetails.NewNumber(1)}
	shown := func(line uint32) {
		e.Line = line
		r.ExportError(e)
	}
	shown(1)
	shown(2)
	r.Step(&rundetails.Step{})
	shown(3)
	r.Run(&rundetails.Run{})
	shown(4)
	r.Reset()
	shown(5)
	want := []string{"1 seen at 1", "2 seen at 1", "3 seen at 1", "2 seen at 1", "3 seen at 1", "3 seen at 1"}
	if !reflect.DeepEqual(found, want) {
		t.Errorf("found %q, want %q", found, want)
	}
}

// TestWords holds that a finding that nobody wants costs no words.
func TestWords(t *testing.T) {
	r := NewRunner([]Rule{{ID: "R1", Severity: finding.Warning, Checks: []Check{Each(
		func(*rundetails.Run) Scope { return In },
		func(n *rundetails.Run, r *Report) { r.At(n, "words") })}}}, 0,
		func(f Found) {
			if f.Message != "" || f.Place != nil || f.Severity != finding.Warning {
				t.Errorf("found %+v", f)
			}
		}, func(string) bool { return false })
	r.Run(&rundetails.Run{})
	if r.Stats()[0].Findings != 1 {
		t.Error("the finding was not counted")
	}
}

// TestNow holds that a rule about the instant of the call is judged only where
// that is known.
func TestNow(t *testing.T) {
	for now, want := range map[int64]finding.Status{0: finding.NotApplicable, 7: finding.Passed} {
		r := NewRunner([]Rule{{ID: "R1", Severity: finding.Warning, Clock: true, Checks: []Check{Each(
			func(*rundetails.Run) Scope { return In },
			func(_ *rundetails.Run, r *Report) {
				if r.Now() != now {
					t.Errorf("now is %d, want %d", r.Now(), now)
				}
			})}}}, now, func(Found) {}, nil)
		r.Run(&rundetails.Run{})
		if got := r.Stats()[0].Status(); got != want {
			t.Errorf("with now %d the status is %s, want %s", now, got, want)
		}
	}
}
