package directory_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/runhist/runhist/analyze/directory"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/extension"
	"github.com/runhist/runhist/analyze/fault"
)

const people = `version: 1

dn: cn=ann
objectClass: person
employeeID: 1001
name: Ann
title: Boss

dn: cn=bob
objectClass: person
employeeID: 1002
name: Bob
boss: 1001
`

const provisioning = `
def provision(mv):
    ad = mv.connectors("AD")
    dn = "CN=" + mv["name"] + ",OU=Users,DC=fab"
    if ad.count == 0:
        ad.new_connector("user", dn=dn)
    elif ad[0].dn != dn:
        ad[0].rename(dn)
`

// chain is a server with an HR file and an empty directory that HR's people
// are provisioned to.
type chain struct {
	t      *testing.T
	engine *engine.Engine
	hr, ad *directory.Directory
	faults *fault.Plan
}

func newChain(t *testing.T) *chain {
	id := func(n uint64) engine.GUID { return engine.NewGUID(1, "test", n) }
	attr := func(name string) engine.Mapping {
		return engine.Mapping{Sources: []engine.SourceAttribute{{Name: name}}}
	}
	step := func(n uint64, name string, kind engine.StepKind, partition engine.GUID) engine.Profile {
		return engine.Profile{ID: id(n), Name: name, Steps: []engine.Step{{Kind: kind, Partition: partition}}}
	}
	profiles := func(n uint64, partition engine.GUID) []engine.Profile {
		return []engine.Profile{step(n, "full import", engine.FullImport, partition), step(n+1, "delta import", engine.DeltaImport, partition),
			step(n+2, "full sync", engine.FullSync, partition), step(n+3, "delta sync", engine.DeltaSync, partition), step(n+4, "export", engine.Export, partition)}
	}
	hr := engine.Agent{ID: id(1), Name: "HR", Partitions: []engine.Partition{{ID: id(2), Name: "default", Selected: true}}, Profiles: profiles(10, id(2)),
		Schema: engine.Schema{Types: []engine.ObjectType{{Name: "person"}}, Attributes: []engine.Attribute{{Name: "employeeID"}, {Name: "name"}, {Name: "title"},
			{Name: "boss", Kind: engine.Reference}}},
		Capabilities: engine.Capabilities{DNStyle: engine.StyleNone, DeltaImport: true},
		Projections:  []engine.Projection{{ID: "p", CSType: "person", MVType: "person"}}}
	ad := engine.Agent{ID: id(3), Name: "AD", Partitions: []engine.Partition{{ID: id(4), Name: "DC=fab", Selected: true}}, Profiles: profiles(20, id(4)),
		Schema: engine.Schema{Types: []engine.ObjectType{{Name: "user", Hierarchy: []string{"top", "user"}}, {Name: "ou"}}, Attributes: []engine.Attribute{{Name: "objectGUID", Kind: engine.Binary},
			{Name: "title"}, {Name: "manager", Kind: engine.Reference}}},
		Capabilities: engine.Capabilities{DNStyle: engine.StyleLDAP, DeltaImport: true, Rename: true, BatchSize: 10},
		ExportFlows: []engine.ExportFlowSet{{CSType: "user", MVType: "person", Flows: []engine.ExportFlow{
			{ID: "t", Attribute: "title", AllowNull: true, Mapping: attr("title")}, {ID: "m", Attribute: "manager", AllowNull: true, Mapping: attr("boss")}}}},
		Deprovisioning: engine.Deprovisioning{Action: engine.DeleteObject}}
	mv := engine.Metaverse{Schema: engine.Schema{Types: []engine.ObjectType{{Name: "person"}}, Attributes: []engine.Attribute{{Name: "name"}, {Name: "title"}, {Name: "boss", Kind: engine.Reference}}},
		Extension: "Mv.dll", Provisioning: engine.ProvisionScripted,
		Deletion: []engine.DeletionRule{{ID: "d", MVType: "person", Kind: engine.DeleteWithAny, Agents: []engine.GUID{hr.ID}}}}
	for _, name := range []string{"name", "title", "boss"} {
		mv.ImportFlows = append(mv.ImportFlows, engine.ImportFlows{MVType: "person", Attribute: name,
			Flows: []engine.ImportFlow{{ID: name, Agent: hr.ID, CSType: "person", Mapping: attr(name)}}})
	}
	c := &chain{t: t, faults: new(fault.Plan)}
	source := func(o directory.Options, a engine.Agent) *directory.Directory {
		o.Agent, o.Schema, o.Capabilities, o.Partitions = a.Name, a.Schema, a.Capabilities, a.Partitions
		d, err := directory.New(o, c.faults)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	c.hr = source(directory.Options{Anchor: []string{"employeeID"}}, hr)
	c.ad = source(directory.Options{Anchor: []string{"objectGUID"}, AssignAnchor: true, Server: "dc1"}, ad)
	for _, load := range []struct {
		d    *directory.Directory
		text string
	}{{c.hr, people}, {c.ad, "dn: OU=Users,DC=fab\nobjectClass: ou\n"}} {
		if err := load.d.Load(directory.LDIF, "t0.ldif", strings.NewReader(load.text)); err != nil {
			t.Fatal(err)
		}
	}
	rules := extension.New(extension.Options{Faults: c.faults})
	if err := rules.Load("Mv.dll", "mv.star", []byte(provisioning)); err != nil {
		t.Fatal(err)
	}
	var err error
	c.engine, err = engine.New(engine.Setup{Seed: 42, Start: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), Agents: []engine.Agent{hr, ad}, Metaverse: mv},
		engine.Edges{Sources: map[string]engine.Source{"HR": c.hr, "AD": c.ad}, Extension: rules, Faults: c.faults})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// run executes a run profile and compares the counters above zero.
func (c *chain) run(agent, profile, want string) {
	c.t.Helper()
	r, err := c.engine.Run(engine.RunRequest{Agent: agent, Profile: profile})
	if err != nil {
		c.t.Fatal(err)
	}
	s := r.Steps[0]
	got := string(s.Result)
	count := func(name fmt.Stringer, n uint64) {
		if n > 0 {
			got += fmt.Sprintf(" %s=%d", name, n)
		}
	}
	for i, n := range s.Staging {
		count(engine.StagingCounter(i), n)
	}
	for i, n := range s.Inbound {
		count(engine.InboundCounter(i), n)
	}
	for _, o := range s.Outbound {
		for i, n := range o.Counters {
			count(engine.OutboundCounter(i), n)
		}
	}
	for i, n := range s.Export {
		count(engine.ExportCounter(i), n)
	}
	for _, e := range s.SyncErrors {
		got += " " + e.Type
		if e.Extension != nil {
			got += "\n" + e.Extension.CallStack
		}
	}
	for _, e := range s.ExportErrors {
		got += " " + e.Type
	}
	if got != want {
		c.t.Errorf("%s, %s:\n got %s\nwant %s", agent, profile, got, want)
	}
}

// TestChain sends people from a file through the engine to a directory and
// back: sources, scripts and faults work on one server.
func TestChain(t *testing.T) {
	c := newChain(t)
	c.run("AD", "full import", "success stage-add=1")
	c.run("AD", "full sync", "success disconnector-remains=1")
	c.run("HR", "full import", "success stage-add=2")
	c.run("HR", "full sync", "success disconnector-projected-flow=2 provisioned-add-flow=2")
	c.run("AD", "export", "success export-add=2 export-update=1")
	c.run("AD", "delta import", "success stage-add=2")
	c.run("AD", "delta sync", "success disconnector-remains=1 connector-no-flow=2")
	c.run("AD", "full import", "success stage-no-change=3")

	apply := func(text string) {
		t.Helper()
		if err := c.hr.Apply(directory.LDIF, "t1.ldif", strings.NewReader(text)); err != nil {
			t.Fatal(err)
		}
	}
	apply("dn: cn=bob\nchangetype: modify\nreplace: name\nname: Robert\n-\nreplace: title\ntitle: Clerk\n")
	c.run("HR", "delta import", "success stage-update=1")
	c.run("HR", "delta sync", "success connector-flow=1 provisioned-rename-flow=1")
	if err := c.faults.Begin(fault.Fault{Agent: "AD", Kind: fault.StoreOtherValue, DN: "CN=Robert,OU=Users,DC=fab", Attribute: "title", Value: "Manager", Times: 1}); err != nil {
		t.Fatal(err)
	}
	c.run("AD", "export", "success export-rename=1")
	c.run("AD", "delta import", "completed-warnings stage-update=1 exported-change-not-reimported")

	apply("dn: cn=ann\nobjectClass: person\nemployeeID: 1001\nname: Ann\ntitle: Boss\n")
	c.run("HR", "delta import", "success stage-delete=1")
	c.run("HR", "delta sync", "success connector-delete-remove-mv=1 provisioned-disconnect=1")
	c.run("AD", "export", "success export-delete=1")
	c.run("AD", "delta import", "success")
	c.run("AD", "full import", "success stage-no-change=2")
}
