package measure_test

import (
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/measure"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/terms"
)

// TestNames compares the measures with the vocabulary: each counter is there
// once, and reads back.
func TestNames(t *testing.T) {
	seen := map[string]bool{}
	for m := range measure.Count {
		name := m.String()
		if seen[name] || name == "" {
			t.Errorf("the name %q is there twice or empty", name)
		}
		seen[name] = true
		if back, err := measure.Parse(name); err != nil || back != m {
			t.Errorf("%s reads back as %s, %v", name, back, err)
		}
	}
	for _, term := range terms.All() {
		if term.Kind.Counter() && !seen[term.Name] && !seen["outbound/"+term.Name] && term.Products&terms.UPSMODS != 0 {
			t.Errorf("the counter %s is no measure", term.Name)
		}
	}
	if _, err := measure.Parse("stage-everything"); err == nil {
		t.Error("an unknown name was read")
	}
}

func TestFirst(t *testing.T) {
	for _, kind := range []rundetails.BlockKind{rundetails.Outbound, rundetails.Staging, rundetails.Inbound, rundetails.Export} {
		for i, name := range kind.Names() {
			got := (measure.First(kind) + measure.Measure(i)).String()
			if strings.TrimPrefix(got, "outbound/") != rundetails.Vocabulary().Name(name) {
				t.Errorf("counter %d of kind %d is %s", i, kind, got)
			}
		}
	}
}
