package hostile

import (
	"fmt"
	"path"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/source"
)

// TestReader reads every document and wants the fault it is there for, and no
// other.
func TestReader(t *testing.T) {
	vocabulary := source.NewVocabulary("run-history", "run-details", "ma-name", "step-details", "step-number", "step-id")
	for _, input := range All() {
		t.Run(input.Name, func(t *testing.T) {
			if input.Large && testing.Short() {
				t.Skip("large")
			}
			in, err := input.Open()
			if err != nil {
				t.Fatal(err)
			}
			var found []source.Fault
			r := source.NewReader(vocabulary, source.DefaultLimits(), func(f source.Fault) { found = append(found, f) })
			r.Reset(in)
			last := r.Next()
			for last == source.StartElement || last == source.EndElement {
				last = r.Next()
			}
			if r.Err() != nil || len(found) == 0 {
				t.Fatalf("%d faults, error %v", len(found), r.Err())
			}
			want := fmt.Sprintf("%s %d:%d, %d in all", input.ID, input.Line, input.Column, input.Faults)
			first := found[0]
			if input.Line == 0 {
				first.Pos = source.Pos{}
			}
			if got := fmt.Sprintf("%s %d:%d, %d in all", first.ID, first.Pos.Line, first.Pos.Column, len(found)); got != want {
				t.Errorf("got %s, want %s: %s", got, want, first.Message)
			}
			for _, f := range found {
				if f.ID != input.ID {
					t.Errorf("another fault: %+v", f)
				}
				if f.Message == "" || len(f.Message) > 1000 || strings.ToValidUTF8(f.Message, "") != f.Message {
					t.Errorf("an odd message: %.300q", f.Message)
				}
			}
			if stopped := last == source.Stop; stopped != found[len(found)-1].Fatal {
				t.Errorf("reading ended with %d after %+v", last, found[len(found)-1])
			}
		})
	}
}

// TestComplete wants every file in the list, every id among the documents, and
// every name once.
func TestComplete(t *testing.T) {
	names, ids := map[string]bool{}, map[string]bool{}
	for _, input := range All() {
		if names[input.Name] {
			t.Errorf("%s stands twice in the list", input.Name)
		}
		names[input.Name], ids[input.ID] = true, true
	}
	entries, err := inputs.ReadDir("inputs")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !names[e.Name()] {
			t.Errorf("%s is not in the list", path.Join("inputs", e.Name()))
		}
	}
	for _, id := range source.FaultIDs() {
		if !ids[id] {
			t.Errorf("no document has %s", id)
		}
	}
}
