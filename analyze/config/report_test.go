package config_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/config"
)

var update = flag.Bool("update", false, "write the expected reports")

// TestReports compares what was understood of the samples, and of the
// configurations in testdata, with their golden files: a dump of the whole
// report.
func TestReports(t *testing.T) {
	for _, name := range []string{"adatum", "portal", "agent", "cloud"} {
		r := load(t, name).Check(func(assembly string, site config.CallSite) bool {
			return assembly == "Badges.dll" && site == config.CallFilter
		})
		got := dump(r)
		path := "testdata/" + name + ".golden"
		if *update {
			if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s: got\n%s", path, got)
		}
	}
}

// dump writes a report, a line each.
func dump(r config.Report) string {
	var b strings.Builder
	for _, a := range r.Agents {
		fmt.Fprintf(&b, "agent %s %s %s %v: types %v, %d of %d attributes, %d filters, %d joins, %d projections, %d import flows, %d export flows, %s, recall %t, extension %q\n",
			a.Name, a.Category, a.File, a.ID, a.Types, a.Included, a.Attributes, a.Filters, a.Joins, a.Projections, a.ImportFlows, a.ExportFlows, a.Deprovisioning, a.Recall, a.Extension)
		if a.Anchor != nil {
			fmt.Fprintf(&b, "  anchor %v\n", a.Anchor)
		}
		fmt.Fprintf(&b, "  capabilities %+v, assumed %t\n", a.Capabilities, a.Assumed)
		for _, p := range a.Partitions {
			fmt.Fprintf(&b, "  partition %s, selected %t, %v, in %q, not in %q\n", p.Name, p.Selected, p.Types, p.Inclusions, p.Exclusions)
		}
		for _, p := range a.Profiles {
			fmt.Fprintf(&b, "  profile %s: %s\n", p.Name, strings.Join(p.Steps, "; "))
		}
	}
	if r.Metaverse != nil {
		fmt.Fprintf(&b, "metaverse %+v\n", *r.Metaverse)
	}
	for _, n := range r.NotExecuted {
		fmt.Fprintf(&b, "not executed %s:%d %q: %s: %s\n", n.File, n.Line, n.Agent, n.What, n.Reason)
	}
	for _, s := range r.Unbound {
		fmt.Fprintf(&b, "unbound %s:%d %q %q %s %q\n", s.File, s.Line, s.Agent, s.Assembly, s.CallSite, s.Context)
	}
	fmt.Fprintf(&b, "bound %d\n", r.Bound)
	for _, m := range r.Missing {
		fmt.Fprintf(&b, "missing %v, named in %s:%d\n", m.ID, m.File, m.Line)
	}
	for _, k := range r.Kept {
		fmt.Fprintf(&b, "kept %s:%d %s: %s\n", k.File, k.Line, k.Path, k.Reason)
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(&b, "warning %s\n", w)
	}
	return b.String()
}
