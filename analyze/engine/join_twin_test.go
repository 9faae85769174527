package engine_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
	"pgregory.net/rapid"
)

// TestJoinTwin holds the search of join rules against one that looks at every
// metaverse object: SE-Y6. Only HR gives the attributes that are searched, so
// that the order in which AD joins does not matter.
func TestJoinTwin(t *testing.T) {
	values := []string{"", "ann", "Ann", "ANN", "bob", "é", "É", "x"}
	draw := func(t *rapid.T, label string, names ...string) []engine.Entry {
		var list []engine.Entry
		for i := range rapid.IntRange(0, 6).Draw(t, label) {
			e := engine.Entry{DN: fmt.Sprint(label, i), Type: "t"}
			for _, name := range names {
				for _, v := range rapid.SliceOfNDistinct(rapid.SampledFrom(values[1:]), 0, 2, rapid.ID[string]).Draw(t, name) {
					setAttr(&e, name, append(getAttr(&e, name), v))
				}
			}
			list = append(list, e)
		}
		return list
	}
	rapid.Check(t, func(t *rapid.T) {
		w, err := newWorld("agent HR\nattrs HR a:multi b:multi\ntypes HR t\nagent AD\nattrs AD a:multi b:multi\ntypes AD t\nmvattrs a:multi b:multi\nmvtypes o\n"+
			"project HR t o\nflow o.a ranked HR t a\nflow o.b ranked HR t b\njoin AD t o a=a b=b\njoin AD t * b=a", false)
		if err != nil {
			t.Fatal(err)
		}
		w.sources["HR"].entries, w.sources["AD"].entries = draw(t, "h", "a", "b"), draw(t, "d", "a", "b")
		for _, agent := range []string{"HR", "AD"} {
			if _, err := w.engine.Run(engine.RunRequest{Agent: agent, Profile: "fids"}); err != nil {
				t.Fatal(err)
			}
		}
		joined := map[string]string{} // AD to HR, by what links them
		home := map[engine.GUID]string{}
		for o := range w.engine.Objects("HR") {
			home[o.Link] = o.DN
		}
		for o := range w.engine.Objects("AD") {
			if o.Link != (engine.GUID{}) {
				joined[o.DN] = home[o.Link]
			}
		}
		for _, d := range w.sources["AD"].entries {
			if want := plainJoin(&d, w.sources["HR"].entries); joined[d.DN] != want {
				t.Fatalf("%v joined %q, want %q", d, joined[d.DN], want)
			}
		}
	})
}

// plainJoin is the two criteria of the test, tried on every object of HR.
func plainJoin(d *engine.Entry, people []engine.Entry) string {
	meets := func(have, want []string) bool {
		for _, h := range have {
			for _, w := range want {
				if strings.EqualFold(h, w) {
					return true
				}
			}
		}
		return false
	}
	for _, criterion := range [...][][2]string{{{"a", "a"}, {"b", "b"}}, {{"b", "a"}}} {
		var found []string
		for i := range people {
			all := true
			for _, m := range criterion {
				all = all && meets(getAttr(d, m[0]), getAttr(&people[i], m[1]))
			}
			if all {
				found = append(found, people[i].DN)
			}
		}
		if len(found) == 1 {
			return found[0]
		}
	}
	return ""
}

func TestSwitches(t *testing.T) {
	last := ""
	for _, s := range engine.Switches() {
		if s.Name <= last || len(s.Values) < 2 || s.Moves == "" || !strings.HasPrefix(s.Rule, "SE") || s.Meaning == "" {
			t.Errorf("%+v: incomplete, or out of order", s)
		}
		last = s.Name
		for _, v := range s.Values {
			if _, err := engine.New(engine.Setup{Switches: map[string]string{s.Name: v}}, engine.Edges{}); err != nil {
				t.Errorf("%s=%s: %v", s.Name, v, err)
			}
		}
		if _, err := engine.New(engine.Setup{Switches: map[string]string{s.Name: "?"}}, engine.Edges{}); err == nil {
			t.Errorf("%s=?: taken", s.Name)
		}
	}
	if _, err := engine.New(engine.Setup{Switches: map[string]string{"nothing": "true"}}, engine.Edges{}); err == nil {
		t.Error("an unknown switch was taken")
	}
}

// TestSetupErrors: what a setup names has to be there.
func TestSetupErrors(t *testing.T) {
	const base = "agent HR\nattrs HR id\ntypes HR person\nmvattrs id\nmvtypes person\n"
	for line, want := range map[string]string{
		"project HR nobody person":             `no object type "nobody"`,
		"project HR person nobody":             `no object type "nobody"`,
		"join HR person person none=id":        `no attribute "none"`,
		"join HR person person id=none":        `no attribute "none"`,
		"flow person.none ranked HR person id": `no attribute "none"`,
		"flow person.id ranked HR person none": `no attribute "none"`,
		"flow person.id ranked HR nobody id":   `no object type "nobody"`,
		"flow person.id ranked HR person dn#0": "parts count from 1",
		"export HR person person none id":      `no attribute "none"`,
		"export HR person person id none":      `no attribute "none"`,
		"filter HR person none present":        `no attribute "none"`,
		"delete nobody last":                   `no object type "nobody"`,
		"agent HR":                             "used twice",
		"attrs HR ID":                          "there twice",
		"mvattrs id":                           "there twice",
	} {
		_, err := newWorld(base+line, false)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", line, err, want)
		}
	}
	if _, err := newWorld(base+"flow person.id ranked Gone person id", false); err != nil {
		t.Errorf("a flow of an agent that is not there: %v", err) // it keeps its rank
	}
}
