package rundetails

import (
	"fmt"
	"strings"
	"testing"

	"github.com/runhist/runhist/schemas/source"
)

// failureCounters puts blocks of counters around the failures of a step.
func failureCounters(blocks string) string {
	return "<run-history><run-details><step-details>" + blocks + "</step-details></run-details></run-history>"
}

func TestFailureAbove0(t *testing.T) {
	const block = "<inbound-flow-counters><connector-flow>%d</connector-flow><flow-failure>%s</flow-failure></inbound-flow-counters>"
	for blocks, want := range map[string]bool{
		"":                                       false,
		fmt.Sprintf(block, 7, "0"):               false,
		fmt.Sprintf(block, 7, "many"):            false,
		fmt.Sprintf(block, 7, "1"):               true,
		fmt.Sprintf(block+block, 0, "0", 0, "2"): true, // in a further block
		"<staging-counters><stage-failure>1</stage-failure></staging-counters>":                     true,
		"<export-counters><export-failure>1</export-failure></export-counters>":                     true,
		"<outbound-flow-counters><connector-no-flow>1</connector-no-flow></outbound-flow-counters>": false,
	} {
		h, faults, err := Read(strings.NewReader(failureCounters(blocks)), source.DefaultLimits())
		if err != nil || len(faults) > 0 {
			t.Fatal(faults, err)
		}
		if got := h.Runs[0].Steps[0].Tally.FailureAbove0; got != want {
			t.Errorf("%s: FailureAbove0 is %t", blocks, got)
		}
	}
}

func TestFailures(t *testing.T) {
	for kind, want := range map[BlockKind]string{Staging: "stage-failure", Inbound: "flow-failure", Export: "export-failure"} {
		if got := vocabulary.Name(NewCounterBlock(kind).Failures().Name); got != want {
			t.Errorf("the failures of kind %d are %s, want %s", kind, got, want)
		}
	}
	if new(CounterBlock).Failures() != nil {
		t.Error("an outbound block has no failures")
	}
}
