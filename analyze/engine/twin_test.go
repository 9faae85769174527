package engine_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/runhist/runhist/analyze/engine"
	"pgregory.net/rapid"
)

// twin is staging once more, the plain way: a list of objects that is searched
// from end to end. It knows no references and no containers.
type twin struct {
	objects []*twinObject
	staging engine.StagingCounters
	dropped engine.DiscoveryCounters
	added   map[string]bool // anchors that the import added
}

type twinObject struct {
	anchor, dn, typ string
	synced          map[string]string // nil: never synchronized
	op              string            // pending import
	pending         map[string]string
	pendingType     string
	seen            bool
	transient       bool
	moved           bool // has another DN than when it was synchronized
}

func (t *twin) find(match func(*twinObject) bool) *twinObject {
	i := slices.IndexFunc(t.objects, match)
	if i < 0 {
		return nil
	}
	return t.objects[i]
}

func (t *twin) remove(o *twinObject) {
	t.objects = slices.DeleteFunc(t.objects, func(x *twinObject) bool { return x == o })
}

// displace takes the DN of an object away.
func (o *twinObject) displace() { o.transient, o.dn = true, "" }

func (o *twinObject) image() map[string]string {
	switch o.op {
	case "":
		return o.synced
	case "delete":
		return nil
	}
	return o.pending
}

func (t *twin) stage(e engine.ImportEntry) {
	values := map[string]string{}
	for _, a := range e.Attributes {
		if len(a.Values) > 0 {
			values[a.Name] = a.Values[0]
		}
	}
	byAnchor := t.find(func(o *twinObject) bool { return o.anchor == string(e.Anchor) })
	if e.Kind == engine.Delete {
		t.delete(byAnchor)
		return
	}
	if e.Kind == engine.Add && t.added[string(e.Anchor)] { // even if a delete came between (SE-K07)
		t.staging[engine.StageFailure]++
		return
	}
	if e.Kind == engine.Update {
		if byAnchor == nil || byAnchor.image() == nil {
			t.staging[engine.StageFailure]++
			return
		}
		next := maps.Clone(byAnchor.image())
		for _, a := range e.Attributes {
			delete(next, a.Name)
		}
		maps.Copy(next, values)
		values = next
	}
	byDN := t.find(func(o *twinObject) bool { return strings.EqualFold(o.dn, e.DN) })
	o := byAnchor
	switch {
	case o == nil:
		if byDN != nil {
			byDN.displace()
		}
		o = &twinObject{anchor: string(e.Anchor), dn: e.DN, typ: e.Type}
		t.objects = append(t.objects, o)
		t.staging[engine.StageAdd]++
	default:
		if byDN != nil && byDN != o {
			byDN.displace()
		}
		t.staging[t.class(o, e, values)]++
	}
	o.moved = o.moved || !strings.EqualFold(o.dn, e.DN)
	o.dn, o.transient, o.seen = e.DN, false, true
	t.added[string(e.Anchor)] = t.added[string(e.Anchor)] || e.Kind == engine.Add
	o.compose(e.Type, values)
}

func (t *twin) class(o *twinObject, e engine.ImportEntry, values map[string]string) engine.StagingCounter {
	typ := o.typ
	if o.op == "delete-add" {
		typ = o.pendingType
	}
	switch {
	case o.op == "delete" && e.Type == o.typ:
		return engine.StageUpdate
	case e.Type != typ:
		return engine.StageDeleteAdd
	case !strings.EqualFold(o.dn, e.DN):
		return engine.StageRename
	case maps.Equal(o.image(), values):
		return engine.StageNoChange
	}
	return engine.StageUpdate
}

func (o *twinObject) compose(typ string, values map[string]string) {
	o.pending, o.pendingType = values, typ
	switch {
	case o.synced == nil:
		o.op, o.typ = "add", typ
	case typ != o.typ, o.op == "delete-add": // SE-K53: it stays one
		o.op = "delete-add"
	case maps.Equal(values, o.synced) && !o.moved:
		o.op, o.pending = "", nil
	default:
		o.op = "update"
	}
}

func (t *twin) delete(o *twinObject) {
	if o == nil {
		t.dropped.FilteredDeletions++
		return
	}
	if o.op == "delete" {
		return
	}
	t.staging[engine.StageDelete]++
	o.transient = false
	if o.synced == nil {
		t.remove(o)
		return
	}
	o.op, o.pending = "delete", nil
}

func (t *twin) run(entries []engine.ImportEntry, full bool) {
	t.staging, t.dropped, t.added = engine.StagingCounters{}, engine.DiscoveryCounters{}, map[string]bool{}
	for _, o := range t.objects {
		o.seen = o.seen && !full
	}
	for _, e := range entries {
		t.stage(e)
	}
	if full && t.staging[engine.StageFailure] == 0 {
		for _, o := range slices.Clone(t.objects) {
			if !o.seen {
				t.delete(o)
				o.transient = false // SE-I14
			}
		}
	}
}

// sync is a delta synchronization without rules.
func (t *twin) sync() {
	for _, o := range slices.Clone(t.objects) {
		switch {
		case o.transient:
		case o.op == "delete":
			t.remove(o)
		case o.op != "":
			o.synced, o.typ, o.op, o.pending, o.moved = o.pending, o.pendingType, "", nil, false
		}
	}
}

func (t *twin) String() string {
	var out []string
	for _, o := range t.objects {
		dn := strings.ToUpper(o.dn)
		if o.dn == "" {
			dn = "(displaced)"
		}
		op := o.op
		if op == "" {
			op = "none"
		}
		out = append(out, fmt.Sprintf("%s %s %s %v %s %v\n", dn, o.anchor, o.typ, o.synced, op, o.pending))
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

func spaceOf(w *world, agent string) string {
	flat := func(list []engine.AttributeRecord, there bool) map[string]string {
		if !there {
			return nil
		}
		m := map[string]string{}
		for _, a := range list {
			m[a.Attribute.Name] = a.Values[0].Text
		}
		return m
	}
	var out []string
	for o := range w.engine.Objects(agent) {
		dn := strings.ToUpper(o.DN)
		if strings.HasPrefix(dn, "TRANSIENT:") {
			dn = "(displaced)"
		}
		op := strings.Replace(o.PendingImport, "obsolete", "delete", 1)
		pending := flat(o.Import, op != "none" && op != "delete")
		out = append(out, fmt.Sprintf("%s %s %s %v %s %v\n", dn, o.Anchor, o.Type, flat(o.Synced, o.HasSynced), op, pending))
	}
	slices.Sort(out)
	return strings.Join(out, "")
}

// TestStagingTwin holds staging against the plain twin: SE-N1, SE-K53, SE-N3.
func TestStagingTwin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w, err := newWorld("agent AD generic\nattrs AD x y\ntypes AD u g\nmvattrs x\nmvtypes p", false)
		if err != nil {
			t.Fatal(err)
		}
		model := &twin{}
		run := func(profile string) engine.StepRecord {
			rec, err := w.engine.Run(engine.RunRequest{Agent: "AD", Profile: profile})
			if err != nil {
				t.Fatal(err)
			}
			if err := w.engine.CheckInvariants(); err != nil {
				t.Fatal(err)
			}
			return rec.Steps[0]
		}
		imported := false
		for range rapid.IntRange(1, 8).Draw(t, "runs") {
			kind := rapid.SampledFrom([]string{"fi", "di", "ds"}).Draw(t, "kind")
			if kind == "ds" {
				run("ds")
				model.sync()
				continue
			}
			if kind == "di" && !imported {
				continue
			}
			entries := rapid.SliceOfN(entry(kind == "fi"), 0, 6).Draw(t, "entries")
			if entries == nil {
				entries = []engine.ImportEntry{}
			}
			w.sources["AD"].raw = entries
			rec := run(kind)
			model.run(entries, kind == "fi")
			imported = imported || kind == "fi" && len(rec.Discovery) == 0
			if rec.Staging != model.staging || rec.Filtered != model.dropped {
				t.Fatalf("counters: engine %v %v, twin %v %v", rec.Staging, rec.Filtered, model.staging, model.dropped)
			}
			if got, want := spaceOf(w, "AD"), model.String(); got != want {
				t.Fatalf("engine:\n%s\ntwin:\n%s", got, want)
			}
		}
	})
}

func entry(full bool) *rapid.Generator[engine.ImportEntry] {
	return rapid.Custom(func(t *rapid.T) engine.ImportEntry {
		var e engine.ImportEntry
		if !full {
			e.Kind = rapid.SampledFrom([]engine.ImportKind{engine.Add, engine.Update, engine.Delete}).Draw(t, "kind")
		}
		e.DN = rapid.SampledFrom([]string{"CN=a", "CN=b", "CN=c", "cn=A"}).Draw(t, "dn")
		e.Anchor = []byte(rapid.SampledFrom([]string{"1", "2", "3", "4"}).Draw(t, "anchor"))
		e.Type = rapid.SampledFrom([]string{"u", "u", "u", "g"}).Draw(t, "type")
		if e.Kind == engine.Delete {
			return e
		}
		for _, name := range []string{"x", "y"} {
			if v := rapid.SampledFrom([]string{"", "1", "2"}).Draw(t, name); v != "" {
				e.Attributes = append(e.Attributes, engine.Attr{Name: name, Values: []string{v}})
			}
		}
		return e
	})
}
