package rundetails

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"
)

// Each of several visitors sees what one alone would see.
func TestVisitors(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		document := written(t, histories.Draw(t, "history"))
		alone, first, second := &recorder{}, &recorder{}, &recorder{}
		build(t, NewBuilder(alone, 1<<20, nil), document)
		build(t, NewBuilder(Visitors{first, Ignore{}, second}, 1<<20, nil), document)
		if !reflect.DeepEqual(first.seen, alone.seen) || !reflect.DeepEqual(second.seen, alone.seen) {
			t.Fatalf("one alone sees %d things, the first of several %d, the last %d", len(alone.seen), len(first.seen), len(second.seen))
		}
	})
}
