package reconcile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/reconcile"
	"github.com/runhist/runhist/validate/finding"
)

func result(findings ...reconcile.Finding) *reconcile.Result {
	return &reconcile.Result{Findings: findings}
}

func found(key string, s finding.Severity) reconcile.Finding {
	return reconcile.Finding{Finding: finding.Finding{Severity: s, Message: "about " + key}, Agent: "AD", Key: key}
}

// again writes a state and reads it.
func again(t *testing.T, s *reconcile.State) *reconcile.State {
	t.Helper()
	var b bytes.Buffer
	if err := s.Write(&b); err != nil {
		t.Fatal(err)
	}
	read, err := reconcile.ReadState(&b)
	if err != nil {
		t.Fatal(err)
	}
	return read
}

func TestState(t *testing.T) {
	first := result(found("a", finding.Warning), found("b", finding.Error), found("c", finding.Info))
	gone, state := reconcile.NewState().Compare(first)
	if len(gone) > 0 || first.Findings[0].Old || first.Findings[1].Old {
		t.Error("something is old at the first call")
	}
	// a became graver, b is gone, c was never part of it, d is new.
	second := result(found("a", finding.Error), found("c", finding.Info), found("d", finding.Warning))
	gone, state = again(t, state).Compare(second)
	if len(gone) != 1 || gone[0].Message != "about b" || gone[0].Severity != finding.Error || gone[0].Agent != "AD" {
		t.Errorf("gone: %+v", gone)
	}
	for _, f := range second.Findings {
		if f.Old {
			t.Errorf("%s is old", f.Key)
		}
	}
	// a became lighter, and d stayed.
	third := result(found("a", finding.Warning), found("d", finding.Warning))
	gone, state = again(t, state).Compare(third)
	if len(gone) != 0 || !third.Findings[0].Old || !third.Findings[1].Old {
		t.Errorf("%+v %+v", gone, third.Findings)
	}
	// What could not be read to its end takes nothing for gone.
	fourth := result()
	fourth.Incomplete = true
	if gone, state = again(t, state).Compare(fourth); len(gone) > 0 {
		t.Errorf("gone: %+v", gone)
	}
	fifth := result(found("a", finding.Warning))
	if gone, _ = again(t, state).Compare(fifth); len(gone) != 1 || !fifth.Findings[0].Old {
		t.Errorf("gone: %+v", gone)
	}
}

func TestStateOfSomethingElse(t *testing.T) {
	for text, want := range map[string]string{
		"":   "no state",
		"{}": "no state",
		`{"version": 2, "tool": "runhist reconcile"}`: "version 2",
		"policies: []": "no state",
	} {
		if _, err := reconcile.ReadState(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func FuzzReadState(f *testing.F) {
	f.Add(`{"version":1,"tool":"runhist reconcile","findings":{"a":{"severity":"error","message":"m"}}}`)
	f.Add(`{"version":1,"tool":"runhist reconcile"}`)
	f.Fuzz(func(t *testing.T, text string) {
		s, err := reconcile.ReadState(strings.NewReader(text))
		if err != nil {
			return
		}
		again(t, s)
		s.Compare(result(found("a", finding.Error)))
	})
}
