package diff_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/diff"
	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/validate/requirements"
)

// TestKnownFaults puts one fault into a history whose names and times differ
// too: that fault is the difference, and nothing else.
func TestKnownFaults(t *testing.T) {
	const file = "39-ad-nightly-cycle-old-errors.xml"
	step := func(h *rd.History, number uint64) *rd.Step {
		for _, s := range h.Runs[0].Steps {
			if s.Number.Is(number) {
				return s
			}
		}
		t.Fatalf("no step %d", number)
		return nil
	}
	const run = "/run-history/run-details[Corporate AD, Nightly cycle, 231]"
	for _, c := range []struct {
		name  string
		fault func(h *rd.History)
		want  []string // action, path, values
	}{
		{"a wrong counter", func(h *rd.History) { step(h, 1).Staging.Set(rd.NameStageAdd, 99) },
			[]string{"change " + run + "/step-details[1]/staging-counters/stage-add 1 99"}},
		{"a wrong outbound counter", func(h *rd.History) { step(h, 3).Outbound[0].Set(rd.NameConnectorFlow, 99) },
			[]string{"change " + run + "/step-details[3]/outbound-flow-counters[HR database]/connector-flow 2 99"}},
		{"a lost error", func(h *rd.History) { s := step(h, 5); s.ExportErrors = s.ExportErrors[1:] },
			[]string{"remove " + run + "/step-details[5]/synchronization-errors/export-error[CN=Tomás Rivera,OU=Denver,OU=Staff,DC=corp,DC=adatum,DC=example]"}},
		{"a retry-count that does not grow", func(h *rd.History) { step(h, 3).ImportErrors[0].RetryCount = rd.NewNumber(104) },
			[]string{"change " + run + "/step-details[3]/synchronization-errors/import-error[CN=Ines Barros,OU=Seattle,OU=Staff,DC=corp,DC=adatum,DC=example]/retry-count 105 104"}},
		{"a step is missing", func(h *rd.History) {
			h.Runs[0].Steps = slices.DeleteFunc(h.Runs[0].Steps, func(s *rd.Step) bool { return s.Number.Is(4) })
		}, []string{"remove " + run + "/step-details[4]"}},
		{"another error type", func(h *rd.History) { step(h, 3).ImportErrors[0].Type = rd.NewText("join-object-type-mismatch") },
			[]string{"change " + run + "/step-details[3]/synchronization-errors/import-error[CN=Ines Barros,OU=Seattle,OU=Staff,DC=corp,DC=adatum,DC=example]/error-type ambiguous-import-flow-from-multiple-connectors join-object-type-mismatch"}},
		{"a GUID for two objects", func(h *rd.History) { step(h, 5).ExportErrors[0].CSGUID = step(h, 3).ImportErrors[0].CSGUID },
			[]string{"change " + run + "/step-details[5]/synchronization-errors/export-error[CN=Tomás Rivera,OU=Denver,OU=Staff,DC=corp,DC=adatum,DC=example]/@cs-guid"}},
		{"an instant beside the offset", func(h *rd.History) { s := step(h, 3); s.End = rd.NewInstant(s.End.Millis + 1) },
			[]string{"change " + run + "/step-details[3]/end-date"}},
		{"an instant out of order", func(h *rd.History) { s := step(h, 3); s.End = rd.NewInstant(s.Start.Millis - 1) },
			[]string{"change " + run + "/step-details[3]/end-date"}},
	} {
		h := samples(t)[file]
		other := parse(t, written(t, h))
		c.fault(other)
		other = parse(t, rewrite(written(t, other), renamed, by(5_000_000)))
		tree := diff.Histories(h, other, diff.Options{})
		var got []string
		for path, n := range tree.All() {
			text := n.Action.String() + " " + diff.Path(path)
			if n.Action == diff.Change && n.Kind != diff.GUID && n.Kind != diff.Instant {
				text += " " + n.Before + " " + n.After
			}
			got = append(got, text)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}

func TestAnnotate(t *testing.T) {
	tables, err := requirements.Load()
	if err != nil {
		t.Fatal(err)
	}
	h := samples(t)["05-ad-export-with-errors.xml"]
	other := clone(t, h)
	for _, s := range other.Runs[0].Steps {
		s.Export.Set(rd.NameExportFailure, 17)
		s.Result.Text = rd.NewText("success")
	}
	tree := diff.Histories(h, other, diff.Options{})
	diff.Annotate(tree, tables)
	seen := map[string][]string{}
	for _, n := range tree.All() {
		seen[n.Name] = n.Rows
	}
	for name, want := range map[string][]string{"export-failure": {"R555", "C016"}, "step-result": {"R140", "C025"}} {
		for _, row := range want {
			if !slices.Contains(seen[name], row) {
				t.Errorf("%s: rows %q lack %s", name, seen[name], row)
			}
		}
	}
}

// TestPairing pairs the runs of an archive although numbers, order and one run
// differ.
func TestPairing(t *testing.T) {
	var a, b []*rd.Run
	for _, h := range samples(t) {
		a = append(a, h.Runs...)
		b = append(b, clone(t, h).Runs...)
	}
	wantSame(t, "the archive in another order", diff.Runs(a, b, diff.Options{}))
	lost := slices.IndexFunc(b, func(r *rd.Run) bool { return r.MAName.Value == "HR database" && r.Number.Is(3) })
	gone := b[lost]
	b = slices.Delete(b, lost, lost+1)
	tree := diff.Runs(a, b, diff.Options{})
	if tree.Differences() != 1 || tree.Removed != 1 || tree.Runs.OnlyA != 1 {
		t.Fatalf("one run of %d is lost:\n%s", len(a), report(tree))
	}
	for path := range tree.All() {
		if want := "/run-history/run-details[HR database, " + gone.ProfileName.Value + ", 3]"; diff.Path(path) != want {
			t.Errorf("got %s, want %s", diff.Path(path), want)
		}
	}
}

// TestNamesOfAgents pairs agents by name where their GUIDs differ or are masked,
// and by --map where their names do.
func TestNamesOfAgents(t *testing.T) {
	all := samples(t)
	a := []*rd.Run{all["01-hr-full-import.xml"].Runs[0], all["03-profiles-full-import-no-objects.xml"].Runs[0]}
	b := []*rd.Run{clone(t, all["03-profiles-full-import-no-objects.xml"]).Runs[0], clone(t, all["01-hr-full-import.xml"]).Runs[0]}
	id, _ := rd.ParseGUID("{12345678-0000-0000-0000-000000000001}")
	for _, r := range b {
		r.MAID = rd.NewGUID(id)
	}
	tree := diff.Runs(a, b, diff.Options{})
	wantSame(t, "masked GUIDs", tree)
	if tree.GUIDs.Masked != 2 {
		t.Errorf("%d places are masked, want 2", tree.GUIDs.Masked)
	}
	// One run of an agent kept the GUID, another has a new one.
	third := clone(t, all["01-hr-full-import.xml"]).Runs[0]
	fourth := clone(t, all["01-hr-full-import.xml"]).Runs[0]
	fourth.MAID = rd.NewGUID(rd.ID{1, 2, 3})
	if tree := diff.Runs([]*rd.Run{a[0], third}, []*rd.Run{fourth, third}, diff.Options{}); tree.Runs.Paired != 2 || tree.Differences() != 1 {
		t.Errorf("two GUIDs of one agent: %+v\n%s", tree.Runs, report(tree))
	}
	for _, r := range b {
		r.MAName = rd.NewText("new " + r.MAName.Value)
	}
	names, err := diff.NewNames([][2]string{{"hr database", "new HR database"}, {"Profile store", "new Profile store"}})
	if err != nil {
		t.Fatal(err)
	}
	wantSame(t, "other names", diff.Runs(a, b, diff.Options{Names: names}))
	if tree := diff.Runs(a, b, diff.Options{}); tree.Runs.OnlyA != 2 || tree.Runs.OnlyB != 2 {
		t.Errorf("without a map: %+v", tree.Runs)
	}
}
