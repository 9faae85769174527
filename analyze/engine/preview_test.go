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
		// stopped is a world in which the run took k objects, and what it told of
		// those that it tells anything of.
		stopped := func(k int) (*world, [][]engine.Event) {
			w := prepared()
			w.events = w.events[:0]
			if _, err := w.engine.Run(engine.RunRequest{Agent: "HR", Profile: "fs", Stop: engine.Stop{Step: 1, Objects: k}}); err != nil {
				t.Fatal(err)
			}
			return w, byObject(w.events)
		}
		w, before := stopped(0)
		for k := 1; k <= len(first)+len(second); k++ {
			next, after := stopped(k)
			if len(after) == len(before) { // nothing is told of this object, or there is none
				w = next
				continue
			}
			want := after[len(before)]
			w.events = w.events[:0]
			if _, err := w.engine.Preview(engine.PreviewRequest{Agent: "HR", DN: want[0].Object.DN, Full: true}); err != nil {
				t.Fatal(err)
			}
			got := w.events
			if len(got) != len(want) {
				t.Fatalf("the preview of %s has %d events, its run %d", want[0].Object.DN, len(got), len(want))
			}
			for i := range got {
				want[i].Run, want[i].Step, want[i].Transaction = 0, 0, got[i].Transaction
				if !reflect.DeepEqual(got[i], want[i]) {
					t.Fatalf("event %d of %s:\npreview %+v\nrun     %+v", i, want[0].Object.DN, got[i], want[i])
				}
			}
			w, before = next, after
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
