package rundetails

import (
	"fmt"
	"testing"
)

func TestTally(t *testing.T) {
	var tally Tally
	for _, i := range []Incident{
		{Result: NewText("success"), Server: NewText("dc01")},
		{Result: NewText("dropped-connection"), Server: NewText("dc02")},
	} {
		tally.addIncident(&i)
	}
	if tally.Incidents != 2 || tally.Results.Of("success") != 1 || tally.Servers.Of("dc02") != 1 ||
		tally.LastResult != "dropped-connection" || tally.LastServer != "dc01" {
		t.Errorf("incidents: %+v", tally)
	}
	two, unread := NewNumber(2), Number{Text: NewText("two")}
	tally.addFlowFailure(&Number{})
	tally.addFlowFailure(&two)
	if s := tally.FlowFailures; !s.Present || !s.Valid || s.N != 2 {
		t.Errorf("one flow-failure: %+v", s)
	}
	tally.addFlowFailure(&unread)
	tally.addFlowFailure(&two)
	if s := tally.FlowFailures; !s.Present || s.Valid {
		t.Errorf("one flow-failure that cannot be read: %+v", s)
	}
	none, early, late := NewNumber(0), NewInstant(5), NewInstant(7)
	tally.addRetried(&none, &late)
	tally.addRetried(&two, &early)
	if r := tally.Retried; !r.Valid || r.Millis != 5 || r.Value != "" {
		t.Errorf("retried: %+v", r)
	}
	tally.reset()
	if tally.Incidents != 0 || tally.Results.Of("success") != 0 || tally.FlowFailures.Present || tally.Retried.Valid || tally.LastServer != "" {
		t.Errorf("reset: %+v", tally)
	}
}

// Errors of a kind are counted by type, as many types as the tally tells apart.
func TestErrorTally(t *testing.T) {
	var tally ErrorTally
	for i := range MaxTypes {
		tally.add(fmt.Sprint("type ", i))
	}
	tally.add("type 0")
	tally.add("one too many")
	if len(tally.Types) != MaxTypes || tally.Of("type 0") != 2 || tally.Of(fmt.Sprint("type ", MaxTypes-1)) != 1 || tally.Of("one too many") != 0 || tally.Count != MaxTypes+2 {
		t.Errorf("%d types of %d errors: %+v", len(tally.Types), tally.Count, tally.Types)
	}
}

// Of the errors that an earlier run met too, the latest first occurrence is
// kept.
func TestRetried(t *testing.T) {
	again := NewNumber(1)
	for _, c := range []struct {
		name  string
		first []Instant
		want  int64 // 0 for none
	}{
		{"later ones", []Instant{NewInstant(5), NewInstant(7)}, 7},
		{"earlier ones", []Instant{NewInstant(7), NewInstant(5)}, 7},
		{"one that cannot be read", []Instant{{Text: NewText("yesterday"), Millis: 9}}, 0},
		{"and one that can", []Instant{NewInstant(5), {Text: NewText("yesterday"), Millis: 9}}, 5},
	} {
		var tally Tally
		for i := range c.first {
			tally.addRetried(&again, &c.first[i])
		}
		if tally.Retried.Valid != (c.want > 0) || tally.Retried.Millis != c.want {
			t.Errorf("%s: %+v", c.name, tally.Retried)
		}
	}
}
