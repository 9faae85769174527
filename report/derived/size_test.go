package derived

import (
	"testing"
	"unsafe"

	"github.com/runhist/runhist/schemas/rundetails"
)

// A distinct error takes at most 64 bytes: its occurrence, its share of an
// index that has just grown, and its place in the order at the end.
func TestMemoryOfAnError(t *testing.T) {
	tally := New(nil)
	step := &rundetails.Step{Run: &rundetails.Run{}, Start: rundetails.NewInstant(1)}
	e := &rundetails.ExportError{Step: step, Type: rundetails.NewText("cd-error")}
	worst := 0.0
	for i := range uint64(200_000) {
		e.CSGUID = rundetails.NewGUID(rundetails.ID{byte(i), byte(i >> 8), byte(i >> 16)})
		tally.ageing.exportError(e)
		if a := &tally.ageing; i > 50_000 {
			bytes := len(a.slabs)*slabSize*int(unsafe.Sizeof(occurrence{})) + 4*len(a.index) + 4*a.count
			worst = max(worst, float64(bytes)/float64(a.count))
		}
	}
	if tally.ageing.count != 200_000 {
		t.Errorf("%d errors are told apart", tally.ageing.count)
	}
	if worst > 64 {
		t.Errorf("an error takes %.1f bytes", worst)
	}
	t.Logf("at most %.1f bytes", worst)
}
