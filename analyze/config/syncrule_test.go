package config_test

import (
	"reflect"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
)

// TestSyncRules: rules in compiled form are kept, with the functions that they
// would call.
func TestSyncRules(t *testing.T) {
	c := load(t, "portal")
	if len(c.SyncRules) != 2 {
		t.Fatalf("%+v", c.SyncRules)
	}
	kinds := map[string]int{}
	for _, r := range c.SyncRules {
		for _, p := range r.Parts {
			kinds[p.Kind]++
			if p.Attribute == "dn" && (!p.InitialOnly || p.Mapping != "expression" || !reflect.DeepEqual(p.Functions, []string{"IIF", "Eq", "+"})) {
				t.Errorf("%+v", p)
			}
		}
	}
	if want := map[string]int{"join": 1, "projection": 1, "import flow": 2, "export flow": 2}; !reflect.DeepEqual(kinds, want) {
		t.Errorf("parts %v", kinds)
	}
	s, _ := c.Setup()
	if j := s.Agents[0].Joins; len(j) != 2 || j[0].SyncRule || !j[1].SyncRule || !j[0].Mappings[0].Attribute.Intrinsic {
		t.Errorf("joins %+v", j)
	}
	if f := s.Metaverse.ImportFlows[1].Flows; f[0].Mapping.Kind != engine.Direct || f[1].Mapping.Kind != engine.SyncRule {
		t.Errorf("flows %+v", f)
	}
}
