package engine_test

import (
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
	"pgregory.net/rapid"
)

// TestTree throws entries of a small tree with references at the engine, in any
// order and of any kind: names, parents, placeholders and links stay whole, a
// second run of the same does the same, and a second full import of the same
// finds nothing new.
func TestTree(t *testing.T) {
	const setup = `agent AD ldap
attrs AD id manager:ref member:ref:multi
types AD user ou/
mvattrs id path manager:ref member:ref:multi
mvtypes person
join AD user person id=id
project AD user person
flow person.id ranked AD user id
flow person.path ranked AD user dn
flow person.manager ranked AD user manager
flow person.member ranked AD user member`
	names := []string{"OU=a", "OU=b", "OU=a,OU=b", "OU=b,OU=a", "CN=x,OU=a", "CN=x,OU=b", "CN=y,OU=a,OU=b", "CN=y,OU=b,OU=a", "CN=x,CN=y,OU=b,OU=a"}
	drawEntry := rapid.Custom(func(t *rapid.T) engine.ImportEntry {
		e := engine.ImportEntry{Kind: rapid.SampledFrom([]engine.ImportKind{engine.Add, engine.Add, engine.Update, engine.Delete}).Draw(t, "kind")}
		e.DN, e.Anchor = rapid.SampledFrom(names).Draw(t, "dn"), []byte(rapid.SampledFrom([]string{"1", "2", "3", "4", "5"}).Draw(t, "anchor"))
		e.Type = rapid.SampledFrom([]string{"user", "user", "ou"}).Draw(t, "type")
		setAttr(&e.Entry, "id", []string{string(e.Anchor)})
		if v := rapid.SampledFrom(append(names, "")).Draw(t, "manager"); v != "" {
			setAttr(&e.Entry, "manager", []string{v})
		}
		setAttr(&e.Entry, "member", rapid.SliceOfNDistinct(rapid.SampledFrom(names), 0, 3, rapid.ID[string]).Draw(t, "member"))
		return e
	})
	rapid.Check(t, func(t *rapid.T) {
		a, errA := newWorld(setup, true)
		b, errB := newWorld(setup, false)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		a.checks = true
		both := func(profile string, entries []engine.ImportEntry) *engine.RunRecord {
			a.sources["AD"].raw, b.sources["AD"].raw = entries, entries
			rec := a.checked(t, "AD", profile)
			again, err := b.engine.Run(engine.RunRequest{Agent: "AD", Profile: profile})
			if err != nil || again.Steps[0].Hash != rec.Steps[0].Hash {
				t.Fatalf("the second engine went another way: %v", err)
			}
			return rec
		}
		both("fi", []engine.ImportEntry{})
		for range rapid.IntRange(1, 6).Draw(t, "runs") {
			kind := rapid.SampledFrom([]string{"fi", "di", "ds", "fs", "fids", "dids"}).Draw(t, "kind")
			entries := rapid.SliceOfN(drawEntry, 0, 6).Draw(t, "entries")
			if entries == nil {
				entries = []engine.ImportEntry{}
			}
			for i := range entries {
				if strings.HasPrefix(kind, "f") {
					entries[i].Kind = engine.Add
				}
			}
			rec := both(kind, entries)
			if !strings.HasPrefix(kind, "fi") || len(rec.Steps[0].Discovery) > 0 {
				continue
			}
			if s := both("fi", entries).Steps[0]; len(s.Discovery) == 0 && s.Staging[engine.StageAdd]+s.Staging[engine.StageDelete] > 0 {
				t.Fatalf("a second import of the same: %v", s.Staging)
			}
		}
	})
}
