package steptype

import (
	"testing"

	"github.com/runhist/runhist/schemas/rundetails"
)

func TestOf(t *testing.T) {
	for value, want := range map[string]Kind{
		"full-import":                  Import,
		"full-import-reevaluate-rules": Import,
		"delta-import":                 Import,
		"apply-rules":                  Synchronization,
		"export":                       Export,
		"full-export":                  Unknown,
		"":                             Unknown,
	} {
		step := rundetails.Step{Description: rundetails.Description{Root: &rundetails.Any{Children: []rundetails.AnyChild{
			{Element: &rundetails.Any{Tag: "step-type", Attributes: []rundetails.AnyAttribute{{Name: "type", Value: value}}}},
		}}}}
		if kind, got := Of(&step); kind != want || got != value {
			t.Errorf("Of(%q) = %d, %q, want %d", value, kind, got, want)
		}
	}
	if kind, value := Of(&rundetails.Step{}); kind != Unknown || value != "" {
		t.Errorf("Of a step without description = %d, %q", kind, value)
	}
}
