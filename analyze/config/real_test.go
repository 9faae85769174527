package config_test

import (
	"path/filepath"
	"reflect"
	"testing"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
)

// TestRealExport loads an export of a MIM 2016 server, where it is at hand: it
// may not be part of the project. Its scripted rules are all unbound, and its
// metaverse names one agent that has no file.
func TestRealExport(t *testing.T) {
	pattern := "../../../shared/real/config-mim2016/*.XML"
	if files, err := filepath.Glob(pattern); err != nil || len(files) == 0 {
		t.Skip("the export is not at hand")
	}
	c, err := config.Load(parse(t, pattern, same)...)
	if err != nil {
		t.Fatal(err)
	}
	r := c.Check(nil)
	sites := map[config.CallSite]int{}
	for _, s := range r.Unbound {
		sites[s.CallSite]++
	}
	want := map[config.CallSite]int{config.CallFilter: 1, config.CallMapJoin: 1, config.CallResolveJoin: 1, config.CallProject: 1,
		config.CallImportFlow: 2, config.CallExportFlow: 2, config.CallProvision: 1, config.CallDelete: 1}
	if len(r.Agents) != 3 || len(r.Missing) != 1 || !reflect.DeepEqual(sites, want) {
		t.Errorf("%s", dump(r))
	}
	s, _ := c.Setup()
	s.Start = s.Agents[0].Created
	if _, err := engine.New(s, engine.Edges{}); err != nil {
		t.Error(err)
	}
}
