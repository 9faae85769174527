package directory

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/runhist/runhist/analyze/engine"
)

// The properties compare the directory with a model that is nothing but maps:
// objects by DN, attributes by name, references as DNs that are searched
// through whenever something moves or goes.

type modelObject struct {
	anchor string
	attrs  map[string][]string
}

type model struct {
	objects map[string]*modelObject // by DN
}

func (m *model) dns() []string { return slices.Sorted(maps.Keys(m.objects)) }

func (m *model) hasChildren(dn string) bool {
	return slices.ContainsFunc(m.dns(), func(o string) bool { return strings.HasSuffix(o, ","+dn) })
}

func (m *model) rewrite(change func(dn string) (string, bool)) {
	for _, o := range m.objects {
		for _, name := range []string{"manager", "member"} {
			var kept []string
			for _, v := range o.attrs[name] {
				if to, ok := change(v); ok {
					kept = append(kept, to)
				}
			}
			if o.attrs[name] = kept; len(kept) == 0 {
				delete(o.attrs, name)
			}
		}
	}
}

func (m *model) delete(dn string) {
	delete(m.objects, dn)
	m.rewrite(func(v string) (string, bool) { return v, v != dn })
}

func (m *model) rename(from, to string) {
	moved := func(dn string) string {
		if dn == from {
			return to
		}
		if head, ok := strings.CutSuffix(dn, ","+from); ok {
			return head + "," + to
		}
		return dn
	}
	objects := make(map[string]*modelObject)
	for dn, o := range m.objects {
		objects[moved(dn)] = o
	}
	m.objects = objects
	m.rewrite(func(v string) (string, bool) { return moved(v), true })
}

func (m *model) show() map[string]string {
	out := make(map[string]string)
	for dn, o := range m.objects {
		out[o.anchor] = dn + showAttrs(o.attrs)
	}
	return out
}

func showAttrs(attrs map[string][]string) string {
	out := ""
	for _, name := range slices.Sorted(maps.Keys(attrs)) {
		if values := slices.Compact(slices.Sorted(slices.Values(attrs[name]))); len(values) > 0 {
			out += fmt.Sprintf(" %s=%q", name, values)
		}
	}
	return out
}

// image is what an importer that keeps what it is told knows of the source.
type image map[string]*modelObject // by anchor; the DN is attribute "dn"

// read runs an import into the image and returns the last watermark.
func (i image) read(t *rapid.T, d *Directory, since []byte) []byte {
	r := engine.ImportRequest{Delta: since != nil, Watermark: since}
	if o := d.OpenImport(r); o.Result != "" {
		t.Fatalf("open: %s", o.Result)
	}
	defer d.Close()
	for {
		p := d.NextPage()
		if len(p.Entries) > d.o.Capabilities.PageSize {
			t.Fatalf("a page of %d entries", len(p.Entries))
		}
		for _, e := range p.Entries {
			key := string(e.Anchor)
			if e.Kind == engine.Delete {
				delete(i, key)
				continue
			}
			o := i[key]
			if o == nil && e.Kind == engine.Update {
				t.Fatalf("update of %s, which was never delivered", e.DN)
			}
			if e.Kind == engine.Add {
				o = &modelObject{attrs: make(map[string][]string)}
				i[key] = o
			}
			o.attrs["dn"] = []string{e.DN}
			for _, a := range e.Attributes {
				o.attrs[a.Name] = a.Values
			}
		}
		if !p.More {
			return p.Watermark
		}
	}
}

func (i image) show() map[string]string {
	out := make(map[string]string)
	for anchor, o := range i {
		attrs := maps.Clone(o.attrs)
		delete(attrs, "dn")
		out[anchor] = o.attrs["dn"][0] + showAttrs(attrs)
	}
	return out
}

// TestAgainstModel carries out random exports in a directory and in the model.
// The directory must answer and hold what the model does, and a delta import
// on top of what was known must come to the same as a full one, apart from the
// effects on references that a directory does not report.
func TestAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, err := New(Options{Agent: "AD", Anchor: []string{"guid"}, AssignAnchor: true, Containers: ContainersRequired,
			Schema: engine.Schema{Types: []engine.ObjectType{{Name: "user"}}, Attributes: []engine.Attribute{{Name: "title"},
				{Name: "mail", MultiValued: true}, {Name: "manager", Kind: engine.Reference}, {Name: "member", Kind: engine.Reference, MultiValued: true}}},
			Capabilities: engine.Capabilities{DNStyle: engine.StyleLDAP, DeltaImport: true, PageSize: rapid.IntRange(1, 4).Draw(t, "page")},
			Partitions:   []engine.Partition{{Name: "DC=x"}}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := &model{objects: make(map[string]*modelObject)}
		known := make(image)
		watermark := known.read(t, d, nil)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			exportOne(t, d, m)
			if rapid.IntRange(0, 3).Draw(t, "import") == 0 {
				watermark = known.read(t, d, watermark)
				full := make(image)
				full.read(t, d, nil)
				equal(t, "full import", full.show(), m.show())
				samePlain(t, known, full)
			}
		}
	})
}

func equal(t *rapid.T, what string, got, want map[string]string) {
	if !maps.Equal(got, want) {
		t.Fatalf("%s:\n got %q\nwant %q", what, got, want)
	}
}

// samePlain compares what a delta importer knows with a full import: objects
// and plain attributes. DNs below a renamed container and references that
// followed or went with their targets are not reported by a directory.
func samePlain(t *rapid.T, known, full image) {
	plain := func(i image) map[string]string {
		out := make(map[string]string)
		for anchor, o := range i {
			out[anchor] = showAttrs(map[string][]string{"title": o.attrs["title"], "mail": o.attrs["mail"]})
		}
		return out
	}
	equal(t, "delta import", plain(known), plain(full))
}

func exportOne(t *rapid.T, d *Directory, m *model) {
	names := []string{"CN=a,DC=x", "CN=b,DC=x", "OU=c,DC=x", "CN=a,OU=c,DC=x", "CN=b,OU=c,DC=x", "OU=e,OU=c,DC=x", "CN=a,OU=e,OU=c,DC=x"}
	dn := rapid.SampledFrom(names).Draw(t, "dn")
	to := rapid.SampledFrom(names).Draw(t, "to")
	o := m.objects[dn]
	hasParent := func(dn string) bool { p := parentDN(dn); return p == "DC=x" || m.objects[p] != nil }
	r := engine.ExportRequestEntry{DN: dn, Type: "user"}
	want, do := "", func([]byte) {}
	switch rapid.SampledFrom([]string{"add", "title", "mail", "manager", "member", "rename", "delete"}).Draw(t, "kind") {
	case "add":
		r.Kind = engine.ExportAdd
		switch {
		case o != nil:
			want = "cd-existing-object"
		case !hasParent(dn):
			want = "non-existent-parent"
		}
		do = func(anchor []byte) { m.objects[dn] = &modelObject{string(anchor), make(map[string][]string)} }
	case "title":
		r.Kind = engine.ExportUpdate
		value := rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "value")
		values := []string{value}
		if value == "" {
			values = nil
		}
		r.Attributes = []engine.Attr{{Name: "title", Values: values}}
		do = func([]byte) { o.attrs["title"] = values }
	case "mail":
		r.Kind = engine.ExportUpdate
		add := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "add")
		remove := rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "remove")
		r.Changes = []engine.AttributeChange{{Name: "mail", Add: []string{add}, Remove: []string{remove}}}
		do = func([]byte) {
			o.attrs["mail"] = append(slices.DeleteFunc(o.attrs["mail"], func(v string) bool { return v == remove }), add)
		}
	case "manager":
		r.Kind = engine.ExportUpdate
		r.Attributes = []engine.Attr{{Name: "manager", Values: []string{to}}}
		if m.objects[to] == nil {
			want = "reference"
		}
		do = func([]byte) { o.attrs["manager"] = []string{to} }
	case "member":
		r.Kind = engine.ExportUpdate
		r.Changes = []engine.AttributeChange{{Name: "member", Add: []string{to}}}
		if m.objects[to] == nil {
			want = "reference"
		}
		do = func([]byte) { o.attrs["member"] = append(o.attrs["member"], to) }
	case "rename":
		r.Kind, r.NewDN = engine.ExportUpdate, to
		switch {
		case dn == to:
		case m.objects[to] != nil:
			want = "cd-existing-object"
		case !hasParent(to):
			want = "non-existent-parent"
		case strings.HasSuffix(to, ","+dn):
			want = "constraint-violation"
		}
		do = func([]byte) { m.rename(dn, to) }
	case "delete":
		r.Kind = engine.ExportDelete
		if m.hasChildren(dn) {
			want = "constraint-violation"
		}
		do = func([]byte) { m.delete(dn) }
	}
	if o == nil && r.Kind != engine.ExportAdd {
		want = "cd-missing-object"
	}
	d.OpenExport(engine.ExportRequest{})
	a := d.Export([]engine.ExportRequestEntry{r})[0]
	d.Close()
	got := a.ErrorType
	if a.Status == engine.ReferenceFailure {
		got = "reference"
	}
	if got != want {
		t.Fatalf("%+v: %q, want %q", r, got, want)
	}
	if want == "" {
		do(a.Anchor)
	}
}

// TestReplaceAgainstModel gives a source one content after another. A full
// import must deliver the last one, and delta imports must add up to it.
func TestReplaceAgainstModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ldap := rapid.Bool().Draw(t, "ldap")
		o := Options{Agent: "HR", Anchor: []string{"id"}, Schema: engine.Schema{Types: []engine.ObjectType{{Name: "person"}},
			Attributes: []engine.Attribute{{Name: "id"}, {Name: "title"}, {Name: "mail", MultiValued: true}}},
			Capabilities: engine.Capabilities{DeltaImport: true, PageSize: 2}}
		if ldap {
			o.Capabilities.DNStyle = engine.StyleLDAP
		}
		o.EveryChange = rapid.Bool().Draw(t, "every change")
		d, err := New(o, nil)
		if err != nil {
			t.Fatal(err)
		}
		known := make(image)
		watermark := known.read(t, d, nil)
		for range rapid.IntRange(1, 6).Draw(t, "contents") {
			m := &model{objects: make(map[string]*modelObject)}
			text := ""
			ids := rapid.Permutation([]string{"1", "2", "3", "4", "5"}).Draw(t, "ids")
			dns := rapid.Permutation([]string{"CN=1,DC=x", "CN=2,DC=x", "CN=3,DC=x", "CN=4,CN=1,DC=x", "CN=5,DC=x"}).Draw(t, "dns")
			for i := range rapid.IntRange(0, 5).Draw(t, "n") {
				object := &modelObject{attrs: map[string][]string{"id": {ids[i]}}}
				dn := ids[i]
				if ldap {
					dn = dns[i]
				}
				text += fmt.Sprintf("dn: %s\nobjectClass: person\nid: %s\n", dns[i], ids[i])
				if title := rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "title"); title != "" {
					object.attrs["title"] = []string{title}
					text += "title: " + title + "\n"
				}
				for _, v := range rapid.SliceOfN(rapid.SampledFrom([]string{"p", "q", "r"}), 0, 3).Draw(t, "mail") {
					object.attrs["mail"] = append(object.attrs["mail"], v)
					text += "mail: " + v + "\n"
				}
				text += "\n"
				object.anchor = d.anchorBytes([]string{ids[i]})
				m.objects[dn] = object
			}
			if err := d.Apply(LDIF, "content", strings.NewReader(text)); err != nil {
				t.Fatal(err)
			}
			full := make(image)
			full.read(t, d, nil)
			equal(t, "full import", full.show(), m.show())
			watermark = known.read(t, d, watermark)
			equal(t, "delta import", known.show(), m.show())
		}
	})
}
