package engine_test

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/analyze/engine"
)

// TestPreviewIsTheRun: what a preview of an object tells is what the run then
// does with it (SE section 10). A full synchronization is stopped in front of
// each object in turn, and the object previewed there.
func TestPreviewIsTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		first, second := people(t, "first"), people(t, "second")
		prepared := func() *world {
			w, err := newWorld(chainSetup, true)
			if err != nil {
				t.Fatal(err)
			}
			w.sources["HR"].entries = first
			w.checked(t, "HR", "fids")
			w.sources["HR"].entries = second
			w.checked(t, "HR", "fi")
			return w
		}
		whole := prepared()
		whole.checked(t, "HR", "fs")
		for k, want := range byObject(whole.events) {
			w := prepared()
			if _, err := w.engine.Run(engine.RunRequest{Agent: "HR", Profile: "fs", Stop: engine.Stop{Step: 1, Objects: k}}); err != nil {
				t.Fatal(err)
			}
			w.events = w.events[:0]
			if _, err := w.engine.Preview(engine.PreviewRequest{Agent: "HR", DN: want[0].Object.DN, Full: true}); err != nil {
				t.Fatal(err)
			}
			if len(w.events) == 0 || w.events[0].Kind != engine.EventPreview {
				t.Fatal("the preview does not say that it is one")
			}
			got := w.events[1:]
			if len(got) != len(want) {
				t.Fatalf("the preview of %s has %d events, its run %d", want[0].Object.DN, len(got), len(want))
			}
			for i := range got {
				want[i].Run, want[i].Step = 0, 0
				if !reflect.DeepEqual(got[i], want[i]) {
					t.Fatalf("event %d of %s:\npreview %+v\nrun     %+v", i, want[0].Object.DN, got[i], want[i])
				}
			}
		}
	})
}

// byObject splits the events of the main pass by the objects that it took.
func byObject(events []engine.Event) [][]engine.Event {
	var all [][]engine.Event
	for _, ev := range events {
		switch n := len(all); {
		case ev.Object.DN == "": // the retry phase
		case n > 0 && all[n-1][0].Object.ID == ev.Object.ID:
			all[n-1] = append(all[n-1], ev)
		default:
			all = append(all, []engine.Event{ev})
		}
	}
	return all
}
