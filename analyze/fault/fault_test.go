package fault

import (
	"slices"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

func TestPlan(t *testing.T) {
	var none *Plan
	if none.Holds("HR") || none.Strike(Lock, "HR", nil) != nil || none.Before("HR", 1) != "" || none.Stop("HR") != (engine.Stop{}) {
		t.Error("a nil plan has a fault")
	}
	p := new(Plan)
	begin := func(f Fault) {
		t.Helper()
		if err := p.Begin(f); err != nil {
			t.Fatal(err)
		}
	}
	begin(Fault{ID: "a", Kind: Lock, Agent: "HR", DN: "CN=a", Times: 2})
	begin(Fault{ID: "b", Kind: Lock, Agent: "HR", DN: "cn=B", Step: 2})
	if err := p.Begin(Fault{ID: "a", Kind: Lock, Agent: "HR", Object: "x"}); err == nil {
		t.Error("one id for two faults")
	}
	if p.Holds("AD") || !p.Holds("HR") {
		t.Error("Holds is wrong")
	}
	var got []string
	for _, step := range []int{1, 2} {
		p.Before("HR", step)
		for _, dn := range []string{"cn=A", "CN=b", "CN=c"} {
			if p.Locked("HR", dn, nil) != "" {
				got = append(got, dn)
			}
		}
	}
	if want := []string{"cn=A", "cn=A", "CN=b"}; !slices.Equal(got, want) {
		t.Errorf("locked %q, want %q", got, want)
	}
	if p.End("a") || !p.End("b") || p.Holds("HR") {
		t.Error("a fault that struck as often as it was to, or was ended, still holds")
	}
}

func TestStepResult(t *testing.T) {
	p := new(Plan)
	for _, f := range []Fault{{Kind: StepResult, Agent: "HR", Result: "no-start-ma", Step: 1, Times: 1}, {Kind: StepResult, Agent: "HR", Result: "stopped-ma", During: true, AfterObjects: 3}} {
		if err := p.Begin(f); err != nil {
			t.Fatal(err)
		}
	}
	if got := p.Before("HR", 1); got != "no-start-ma" {
		t.Errorf("before the step: %q", got)
	}
	if got := p.Before("HR", 1); got != "" {
		t.Errorf("before the step, the second time: %q", got)
	}
	if got, want := p.During("HR", 1), (engine.Stop{Step: 1, Objects: 3, Result: "stopped-ma"}); got != want {
		t.Errorf("during the step: %+v, want %+v", got, want)
	}
	if got := p.During("AD", 1); got != (engine.Stop{}) {
		t.Errorf("during a step of another agent: %+v", got)
	}
}

func TestStop(t *testing.T) {
	p := new(Plan)
	if err := p.Begin(Fault{Kind: StopService, Agent: "HR", Step: 2, AfterObjects: 5, Times: 1}); err != nil {
		t.Fatal(err)
	}
	if got := p.Stop("AD"); got != (engine.Stop{}) {
		t.Errorf("it stops another agent: %+v", got)
	}
	if got, want := p.Stop("HR"), (engine.Stop{Step: 2, Objects: 5, Result: engine.StoppedServiceShutdown}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if got := p.Stop("HR"); got != (engine.Stop{}) {
		t.Errorf("it stops twice: %+v", got)
	}
}

func TestNames(t *testing.T) {
	dns, anchors := []string{"CN=Lee\\, Ann,OU=Staff,DC=x"}, []string{"A1"}
	for _, test := range []struct {
		fault Fault
		want  bool
	}{
		{Fault{}, true}, // every object
		{Fault{DN: "cn=lee\\, ann,ou=staff,dc=x"}, true},
		{Fault{DN: "CN=Lee\\, Ann, OU=Staff , DC=x"}, true},
		{Fault{DN: "CN=Lee,OU=Staff,DC=x"}, false},
		{Fault{DN: "A1"}, false},
		{Fault{Object: "a1"}, true},
		{Fault{Object: "A 1"}, false},
	} {
		if got := test.fault.Names(dns, anchors); got != test.want {
			t.Errorf("%+v: %t", test.fault, got)
		}
	}
}
