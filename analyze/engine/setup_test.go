package engine_test

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/runhist/runhist/analyze/engine"
)

// world is an engine under test with its sources.
type world struct {
	setup   engine.Setup
	sources map[string]*memory
	script  *script
	engine  *engine.Engine
	events  []engine.Event
	faults  *faults
	checks  bool  // look for broken promises after every object
	broken  error // the first that was found
}

// Event keeps the events of the last run.
func (w *world) Event(ev engine.Event) {
	w.events = append(w.events, ev)
	if w.checks && w.broken == nil && ev.Kind == engine.EventCount && ev.Block != "staging" {
		w.broken = w.engine.CheckInvariants()
	}
}

// faults holds objects that another run has locked.
type faults struct {
	locked map[string]string
	before engine.StepResult
	during engine.Stop
}

func (f *faults) Locked(_, dn string, _ []byte) string { return f.locked[dn] }
func (f *faults) Before(string, int) engine.StepResult { return f.before }
func (f *faults) During(string, int) engine.Stop       { return f.during }
func testGUID(kind, name string) engine.GUID           { return engine.NewGUID(1, kind+name, 0) }
func (w *world) agent(name string) *engine.Agent {
	for i := range w.setup.Agents {
		if w.setup.Agents[i].Name == name {
			return &w.setup.Agents[i]
		}
	}
	panic("no agent " + name)
}

var stepKinds = map[string]engine.StepKind{"fi": engine.FullImport, "fids": engine.FullImportDeltaSync, "fifs": engine.FullImportFullSync,
	"di": engine.DeltaImport, "dids": engine.DeltaImportDeltaSync, "ds": engine.DeltaSync, "fs": engine.FullSync, "ex": engine.Export, "rj": engine.FullSyncAll}

// newWorld reads the setup language of the test scripts: see testdata/README.
func newWorld(text string, traced bool) (*world, error) {
	w := &world{sources: map[string]*memory{}, script: &script{}, faults: &faults{locked: map[string]string{}}}
	w.setup = engine.Setup{Seed: 42, Start: time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC), Account: `FABRIKAM\svc-sync`, Switches: map[string]string{}}
	for _, line := range strings.Split(text, "\n") {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		if err := w.line(fields[0], fields[1:]); err != nil {
			return nil, fmt.Errorf("%q: %w", line, err)
		}
	}
	edges := engine.Edges{Sources: map[string]engine.Source{}, Extension: w.script, Faults: w.faults}
	if traced {
		edges.Tracer = w
	}
	for name, s := range w.sources {
		edges.Sources[name] = s
	}
	var err error
	w.engine, err = engine.New(w.setup, edges)
	return w, err
}

func (w *world) line(verb string, f []string) error {
	switch verb {
	case "agent":
		w.addAgent(f)
	case "attrs":
		for _, name := range f[1:] {
			a := parseAttribute(name)
			w.agent(f[0]).Schema.Attributes = append(w.agent(f[0]).Schema.Attributes, a)
		}
	case "types":
		for _, name := range f[1:] {
			name, container := strings.CutSuffix(name, "/")
			w.agent(f[0]).Schema.Types = append(w.agent(f[0]).Schema.Types, engine.ObjectType{Name: name, Container: container})
		}
	case "mvattrs":
		for _, name := range f {
			w.setup.Metaverse.Schema.Attributes = append(w.setup.Metaverse.Schema.Attributes, parseAttribute(name))
		}
	case "mvtypes":
		for _, name := range f {
			w.setup.Metaverse.Schema.Types = append(w.setup.Metaverse.Schema.Types, engine.ObjectType{Name: name})
		}
	case "switch":
		w.setup.Switches[f[0]] = f[1]
	case "limit":
		w.setup.Limits.Errors, _ = strconv.Atoi(f[0])
	case "partition": // partition AD DC=eu,DC=x, one more
		a := w.agent(f[0])
		a.Partitions = append(a.Partitions, engine.Partition{ID: testGUID("partition", f[1]), Name: f[1], Selected: true})
	case "profile": // profile AD small fi+ds objects=2 deletes=1 partition=DC=eu,DC=x
		return w.profile(f)
	default:
		return w.ruleLine(verb, f)
	}
	return nil
}

func (w *world) addAgent(f []string) {
	a := engine.Agent{ID: testGUID("ma", f[0]), Name: f[0], Recall: true, Extension: f[0] + ".dll"}
	a.Capabilities = engine.Capabilities{Rename: true, DeltaImport: true, PageSize: 2, BatchSize: 10}
	c, m := &a.Capabilities, &memory{bad: map[string]string{}, drop: map[string]bool{}, answers: map[string][]engine.ExportAnswer{}}
	part := engine.Partition{Name: "default", Selected: true}
	for _, option := range f[1:] {
		key, value, _ := strings.Cut(option, "=")
		switch key {
		case "ldap":
			c.DNStyle = engine.StyleLDAP
		case "generic":
			c.DNStyle = engine.StyleGeneric
		case "dnanchor":
			c.DNAsAnchor = true
		case "assign":
			m.assign = true
		case "norecall":
			a.Recall = false
		case "nodelta":
			c.DeltaImport = false
		case "norename":
			c.Rename = false
		case "fullobject":
			c.FullObject = true
		case "partition":
			part.Name = value
		case "include":
			part.Inclusions = append(part.Inclusions, value)
		case "exclude":
			part.Exclusions = append(part.Exclusions, value)
		case "only":
			part.Types = append(part.Types, value)
		case "batch":
			c.BatchSize, _ = strconv.Atoi(value)
		case "replace":
			c.DeleteAddAsReplace = true
		case "password":
			c.PasswordInSecondExport = true
		case "noreferences":
			c.NoReferencesInFirstExport = true
		case "noconfirm":
			c.Confirmation = engine.Confirmation(len(value))
		case "deprovision":
			a.Deprovisioning.Action = map[string]engine.DeprovisionAction{"explicit": engine.MakeExplicitDisconnector, "delete": engine.DeleteObject}[value]
			a.Deprovisioning.Scripted = value == "script"
		default:
			panic("agent option " + option)
		}
	}
	part.ID = testGUID("partition", f[0])
	a.Partitions = []engine.Partition{part}
	for _, name := range []string{"fi", "fids", "fifs", "di", "dids", "ds", "fs", "rj", "ex", "fi+ds", "di+ds"} {
		p := engine.Profile{ID: testGUID("profile", f[0]+name), Name: name}
		for _, kind := range strings.Split(name, "+") {
			p.Steps = append(p.Steps, engine.Step{Kind: stepKinds[kind], Partition: part.ID})
		}
		a.Profiles = append(a.Profiles, p)
	}
	w.setup.Agents = append(w.setup.Agents, a)
	w.sources[f[0]] = m
}

func (w *world) profile(f []string) error {
	a := w.agent(f[0])
	p := engine.Profile{ID: testGUID("profile", f[0]+f[1]), Name: f[1]}
	step := engine.Step{Partition: a.Partitions[0].ID}
	for _, option := range f[3:] {
		key, value, _ := strings.Cut(option, "=")
		if key == "partition" {
			step.Partition = testGUID("partition", value)
			continue
		}
		if key == "tofile" {
			step.ToFile = true
			continue
		}
		n, err := strconv.Atoi(value)
		if err != nil {
			return err
		}
		switch key {
		case "objects":
			step.ObjectLimit = n
		case "deletes":
			step.DeleteLimit = n
		case "batch":
			step.BatchSize = n
		}
	}
	for _, kind := range strings.Split(f[2], "+") {
		step.Kind = stepKinds[kind]
		p.Steps = append(p.Steps, step)
	}
	a.Profiles = append(a.Profiles, p)
	return nil
}

func parseAttribute(text string) engine.Attribute {
	parts := strings.Split(text, ":")
	a := engine.Attribute{Name: parts[0]}
	for _, p := range parts[1:] {
		switch p {
		case "ref":
			a.Kind = engine.Reference
		case "int":
			a.Kind = engine.Integer
		case "bool":
			a.Kind = engine.Boolean
		case "multi":
			a.MultiValued = true
		case "excluded":
			a.Excluded = true
		case "exportonly":
			a.ExportOnly = true
		default:
			a.MaxLength, _ = strconv.Atoi(p)
		}
	}
	return a
}
