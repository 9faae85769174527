package extension

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/cockroachdb/datadriven"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// TestScripts runs testdata/scripts: "load" binds a script, the other commands
// call a function of engine.Extension on the entries of newWorld and show what
// it returned and what it did to them. Rewrite the results with -rewrite.
func TestScripts(t *testing.T) {
	datadriven.Walk(t, "testdata/scripts", func(t *testing.T, path string) {
		plan := new(fault.Plan)
		var printed []string
		o := Options{Budget: 20_000, Faults: plan, Print: func(assembly, text string) { printed = append(printed, assembly+": "+text) },
			Module: func(name string) ([]byte, error) {
				switch name {
				case "names.star":
					return []byte("def upper(s):\n    return s.upper()\n"), nil
				case "self.star":
					return []byte(`load("self.star", "x")`), nil
				}
				return nil, errors.New("there is no such file in the scenario")
			}}
		x := New(o)
		datadriven.RunTest(t, path, func(t *testing.T, td *datadriven.TestData) string {
			if td.Cmd == "load" {
				x = New(o)
				if err := x.Load("Mv.dll", "mv.star", []byte(td.Input)); err != nil {
					return err.Error() + "\n"
				}
				return "ok\n"
			}
			printed = nil
			out := call1(t, x, plan, td)
			for _, line := range printed {
				out += "printed " + line + "\n"
			}
			return out
		})
	})
}

func call1(t *testing.T, x *Extensions, plan *fault.Plan, td *datadriven.TestData) string {
	w := newWorld()
	const dll = "mv.DLL"
	context := "ctx"
	td.MaybeScanArgs(t, "context", &context)
	var result any
	var err error
	switch td.Cmd {
	case "fault":
		return begin(t, plan, td)
	case "runs":
		var agent string
		td.ScanArgs(t, "ma", &agent)
		plan.Before(agent, 1)
		return "ok\n"
	case "filter":
		result, err = x.Filter(dll, w.cs)
	case "map_join":
		var declined bool
		result, declined, err = x.MapJoin(dll, context, w.cs)
		if declined {
			result = "declined"
		}
	case "resolve_join":
		var choice int
		var typ string
		choice, typ, err = x.ResolveJoin(dll, context, w.cs, []engine.MVEntry{w.mv, w.mv})
		result = fmt.Sprint(choice, " ", typ)
	case "should_project":
		var typ string
		var project bool
		typ, project, err = x.ShouldProject(dll, w.cs)
		result = fmt.Sprintf("%q %t", typ, project)
	case "import_flow":
		result, err = x.ImportFlow(dll, context, w.cs, w.mv)
	case "provision":
		err = x.Provision(dll, w.mv)
		result = "done"
	case "export_flow":
		result, err = x.ExportFlow(dll, context, w.mv, w.cs)
	case "deprovision":
		result, err = x.Deprovision(dll, w.cs)
	case "should_delete":
		result, err = x.ShouldDelete(dll, w.cs, w.mv)
	default:
		t.Fatalf("unknown command %s", td.Cmd)
	}
	var failed *engine.ExtensionError
	if errors.As(err, &failed) {
		out := fmt.Sprintf("%s at %s of %s", failed.Type, failed.CallSite, failed.Name)
		if failed.Context != "" {
			out += " in " + failed.Context
		}
		if failed.Terminate {
			out += ", the run ends"
		}
		return strings.TrimRight(out+"\n"+failed.CallStack, "\n") + "\n" + strings.Join(w.did, "")
	}
	if err != nil {
		return "unexpected: " + err.Error() + "\n"
	}
	return fmt.Sprintln(result) + strings.Join(w.did, "")
}

// begin makes a fault hold.
func begin(t *testing.T, plan *fault.Plan, td *datadriven.TestData) string {
	f := fault.Fault{Kind: fault.Extension, Times: 1}
	td.MaybeScanArgs(t, "outcome", (*string)(&f.Outcome))
	td.MaybeScanArgs(t, "ma", &f.Agent)
	td.MaybeScanArgs(t, "site", &f.CallSite)
	td.MaybeScanArgs(t, "context", &f.Context)
	if td.MaybeScanArgs(t, "dn", &f.DN) {
		f.DN += ",OU=Users"
	}
	if td.HasArg("object") {
		f.Object = "\x01\x02" // the anchor of every entry
	}
	if err := plan.Begin(f); err != nil {
		return err.Error() + "\n"
	}
	return "ok\n"
}

// world is a connector space entry, a metaverse entry with one connector, and
// what was done to them.
type world struct {
	did []string
	cs  *fakeEntry
	mv  *fakeMV
}

func newWorld() *world {
	w := new(world)
	w.cs = &fakeEntry{w: w, name: "cs", typ: "user", values: map[string][]string{"givenName": {"Ann"}, "sn": {"Smith"}, "age": {"42"},
		"active": {"true"}, "photo": {"\x01\xFF"}, "mail": {"a@x", "b@x"}, "manager": {"CN=bob,OU=Users"}}}
	w.mv = &fakeMV{fakeEntry{w: w, name: "mv", typ: "person", values: map[string][]string{"displayName": {"Ann Smith"}, "age": {"9000000000"}, "mail": {"m@x"}}}}
	return w
}

type fakeEntry struct {
	w         *world
	name, typ string
	values    map[string][]string
}

func (e *fakeEntry) MA() string      { return "AD" }
func (e *fakeEntry) ID() engine.GUID { return engine.NewGUID(1, e.name, 1) }
func (e *fakeEntry) DN() string      { return "CN=ann,OU=Users" }
func (e *fakeEntry) Type() string    { return e.typ }
func (e *fakeEntry) Anchor() []byte  { return []byte{1, 2} }
func (e *fakeEntry) Kind(attribute string) (engine.AttributeKind, bool, bool) {
	kinds := map[string]engine.AttributeKind{"givenName": engine.String, "sn": engine.String, "displayName": engine.String, "title": engine.String,
		"age": engine.Integer, "active": engine.Boolean, "photo": engine.Binary, "mail": engine.String, "manager": engine.Reference}
	kind, known := kinds[attribute]
	return kind, attribute == "mail", known
}
func (e *fakeEntry) Values(attribute string) []string { return e.values[attribute] }
func (e *fakeEntry) Set(attribute string, values []string) error {
	if attribute == "sn" {
		return errors.New("sn cannot be written here")
	}
	e.w.did = append(e.w.did, fmt.Sprintf("%s.%s = %q\n", e.name, attribute, values))
	e.values[attribute] = values
	return nil
}

type fakeMV struct{ fakeEntry }

func (m *fakeMV) HasAgent(name string) bool { return name == "AD" || name == "HR" }

func (m *fakeMV) Connectors(agent string) []engine.Connector {
	if agent != "AD" {
		return nil
	}
	return []engine.Connector{&fakeConnector{fakeEntry{w: m.w, name: "connector", typ: "user", values: map[string][]string{"title": {"Boss"}}}}}
}

func (m *fakeMV) NewConnector(agent, objectType, dn string, initial []engine.Attr) (engine.Connector, error) {
	if strings.Contains(dn, "taken") {
		return nil, &engine.ProvisionError{Status: "Failed: Duplicate Object", Agent: agent, DN: dn}
	}
	m.w.did = append(m.w.did, fmt.Sprintf("new %s in %s: %s %q\n", objectType, agent, dn, initial))
	return &fakeConnector{fakeEntry{w: m.w, name: "new", typ: objectType, values: map[string][]string{}}}, nil
}

type fakeConnector struct{ fakeEntry }

func (c *fakeConnector) Rename(dn string) error {
	if strings.Contains(dn, "taken") {
		return &engine.ProvisionError{Status: "Failed: Duplicate Object", Agent: "AD", DN: dn}
	}
	c.w.did = append(c.w.did, "rename to "+dn+"\n")
	return nil
}

func (c *fakeConnector) Deprovision() error {
	c.w.did = append(c.w.did, "deprovision\n")
	return nil
}

// TestSites holds that every call site has its function, and that an empty
// script implements none.
func TestSites(t *testing.T) {
	x := New(Options{})
	if err := x.Load("Empty.dll", "empty.star", nil); err != nil {
		t.Fatal(err)
	}
	var functions []string
	for _, s := range Sites() {
		if x.Implements("Empty.dll", s.Name) {
			t.Errorf("an empty script implements %s", s.Name)
		}
		functions = append(functions, fmt.Sprintf("def %s(%s):\n    pass\n", s.Function, strings.Join(s.Parameters, ", ")))
	}
	slices.Sort(functions)
	if err := x.Load("All.dll", "all.star", []byte(strings.Join(functions, "\n"))); err != nil {
		t.Fatal(err)
	}
	for _, s := range Sites() {
		if !x.Implements("all.DLL", s.Name) {
			t.Errorf("a script that defines %s does not implement %s", s.Function, s.Name)
		}
	}
	if x.Bound("None.dll") || !x.Bound("ALL.dll") {
		t.Error("Bound is wrong")
	}
}

// FuzzLoad: no script makes the loader panic, and none runs for ever.
func FuzzLoad(f *testing.F) {
	for _, seed := range []string{"def filter(cs):\n    return cs['a'] == 1\n", "x = [i for i in range(10)]\n", "load('a', 'b')", "((((", "x = 1\nx += 'a'", "def f(): return f()\nf()",
		"provision = 3", "def provision(): pass", "y = 'a' * 10", "def filter(cs):\n    a = [1]\n    a[0] += 'x%s' % [a]\n    a *= 3\n    return sorted(*a, **{})[1:] in a", "x = [0]\nx[0] = x\ny = str(x) + '{}'.format(x)\n", "[0 for a in range(1000) for b in range(1000) for c in range(1000)]"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		if len(source) > 4<<10 {
			return
		}
		x := New(Options{Budget: 10_000, Module: func(string) ([]byte, error) { return source, nil }})
		if err := x.Load("F.dll", "fuzz.star", source); err != nil {
			return
		}
		w := newWorld()
		x.Filter("F.dll", w.cs)
		x.Provision("F.dll", w.mv)
	})
}
