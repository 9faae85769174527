package rundetails

import "testing"

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
