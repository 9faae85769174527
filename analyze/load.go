package analyze

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/extension"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/analyze/scenario"
	"github.com/runhist/runhist/schemas/strict"
)

// Simulation is a scenario with everything that it names. It can be run any
// number of times.
type Simulation struct {
	Scenario      *scenario.Scenario
	Configuration *config.Configuration
	files         fs.FS
	setup         engine.Setup
	scripts       map[string][]byte // by file
	ready         *prepared         // made when the scenario was checked, for the first run; nil later
}

// prepared is what one simulation begins with: the sources with their first
// content, and the faults that they ask.
type prepared struct {
	plan    *fault.Plan
	sources connected
}

// prepare makes the sources, or hands over those that the check has made.
func (m *Simulation) prepare() (*prepared, error) {
	if p := m.ready; p != nil {
		m.ready = nil
		return p, nil
	}
	p := &prepared{plan: new(fault.Plan)}
	var err error
	p.sources, err = m.sources(p.plan)
	return p, err
}

// Invalid is the error of a scenario, of its configuration or of one of its
// scripts: what people have to correct. Its text is one problem a line, each
// with file, line and column.
type Invalid struct{ err error }

func (e *Invalid) Error() string { return e.err.Error() }

func (e *Invalid) Unwrap() error { return e.err }

// stepCost is what a step takes on the virtual clock before its first object: no
// server makes two attempts at one object within a second (C131).
const stepCost = 2 * time.Second

// Load reads a scenario: the file name in files, and what it names beside it.
// The error is an [*Invalid] where the files say something wrong; else it is
// that of reading.
func Load(files fs.FS, name string) (*Simulation, error) {
	s, err := readScenario(files, name)
	if err != nil {
		return nil, err
	}
	m := &Simulation{Scenario: s, files: files, scripts: map[string][]byte{}}
	if m.Configuration, err = readConfiguration(files, s); err != nil {
		return nil, err
	}
	if err := named(name, s.Against(m.Configuration)); err != nil {
		return nil, err
	}
	if err := m.readScripts(); err != nil {
		return nil, err
	}
	m.setup, _ = m.Configuration.Setup()
	m.setup.Seed, m.setup.Start, m.setup.Account = s.Seed, s.Start, s.Account
	m.setup.Limits, m.setup.Switches = s.Limits, s.Switches
	m.setup.Costs = engine.DefaultCosts()
	m.setup.Costs.Step = stepCost
	for i := range m.setup.Agents {
		m.capabilities(&m.setup.Agents[i])
		m.setup.Agents[i].DNFrom = m.dnFrom(m.setup.Agents[i].Name)
	}
	if err := m.check(); err != nil {
		return nil, err
	}
	return m, nil
}

func readScenario(files fs.FS, name string) (*scenario.Scenario, error) {
	in, err := files.Open(path.Clean(name))
	if err != nil {
		return nil, fmt.Errorf("read scenario: %w", err)
	}
	defer in.Close()
	s, err := scenario.Read(name, in)
	if err != nil {
		return nil, named(name, err)
	}
	return s, nil
}

// named puts the name of its file before each problem.
func named(file string, err error) error {
	var invalid *strict.Invalid
	switch {
	case err == nil:
		return nil
	case !errors.As(err, &invalid):
		return fmt.Errorf("read %s: %w", file, err)
	}
	var lines []string
	for _, p := range invalid.Problems {
		lines = append(lines, fmt.Sprintf("%s:%d:%d: %s", file, p.Line, p.Column, p.Message))
	}
	return &Invalid{errors.New(strings.Join(lines, "\n"))}
}

// readConfiguration reads the folder of a server export, or what the scenario
// holds itself.
func readConfiguration(files fs.FS, s *scenario.Scenario) (*config.Configuration, error) {
	documents := []*config.Document{s.Configuration}
	if s.Config != "" {
		var err error
		if documents, err = readExport(files, path.Clean(s.Config)); err != nil {
			return nil, err
		}
	}
	c, err := config.Load(documents...)
	if err != nil {
		return nil, &Invalid{err}
	}
	return c, nil
}

// readExport reads the files of a folder, or, as Entra Connect sorts them into
// folders (Connectors, GlobalSettings, SynchronizationRules), those of the
// folders in it.
func readExport(files fs.FS, folder string) ([]*config.Document, error) {
	names, folders, err := exported(files, folder)
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		for _, f := range folders {
			below, _, err := exported(files, f)
			if err != nil {
				return nil, err
			}
			names = append(names, below...)
		}
	}
	var documents []*config.Document
	for _, name := range names {
		d, err := readDocument(files, name)
		if err != nil {
			return nil, err
		}
		documents = append(documents, d)
	}
	if len(documents) == 0 {
		return nil, &Invalid{fmt.Errorf("%s: there is no file of a server export (MA-*.XML, MV.XML)", folder)}
	}
	return documents, nil
}

// exported lists the XML files and the folders of a folder, by name.
func exported(files fs.FS, folder string) (names, folders []string, err error) {
	if info, err := fs.Stat(files, folder); err == nil && !info.IsDir() {
		return nil, nil, &Invalid{fmt.Errorf("%s is a file: config names the folder of a server export", folder)}
	}
	entries, err := fs.ReadDir(files, folder)
	if err != nil {
		return nil, nil, fmt.Errorf("read configuration: %w", err)
	}
	for _, e := range entries {
		switch name := path.Join(folder, e.Name()); {
		case e.IsDir():
			folders = append(folders, name)
		case strings.EqualFold(path.Ext(name), ".xml"):
			names = append(names, name)
		}
	}
	return names, folders, nil
}

func readDocument(files fs.FS, name string) (*config.Document, error) {
	in, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	defer in.Close()
	d, err := config.Parse(name, in)
	if wrong := (*config.Invalid)(nil); errors.As(err, &wrong) {
		return nil, &Invalid{err}
	}
	return d, err
}

// readScript reads a script, or so much of it that its length is refused.
func readScript(files fs.FS, name string) ([]byte, error) {
	in, err := files.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return io.ReadAll(io.LimitReader(in, extension.MaxSource+1))
}

// readScripts reads the Starlark files of the scenario.
func (m *Simulation) readScripts() error {
	for _, x := range m.Scenario.Extensions {
		if _, read := m.scripts[x.File]; read {
			continue
		}
		source, err := readScript(m.files, path.Clean(x.File))
		if err != nil {
			return fmt.Errorf("read script of %s: %w", x.Assembly, err)
		}
		m.scripts[x.File] = source
	}
	return nil
}

// extensions loads the scripts anew, with the faults of one simulation.
func (m *Simulation) extensions(o extension.Options) (*extension.Extensions, error) {
	o.Module = func(name string) ([]byte, error) {
		if !fs.ValidPath(name) {
			return nil, fmt.Errorf("%s is no path below the scenario", name)
		}
		return readScript(m.files, name)
	}
	all := extension.New(o)
	for _, x := range m.Scenario.Extensions {
		if err := all.Load(x.Assembly, x.File, m.scripts[x.File]); err != nil {
			return nil, &Invalid{err}
		}
	}
	return all, nil
}

// check makes everything once, so that what is wrong is told before anything
// runs.
func (m *Simulation) check() error {
	scripts, err := m.extensions(extension.Options{})
	if err != nil {
		return err
	}
	p, err := m.prepare()
	if err != nil {
		return err
	}
	edges := engine.Edges{Extension: scripts, Sources: p.sources.edges()}
	if _, err := engine.New(m.setup, edges); err != nil {
		return &Invalid{err}
	}
	for _, a := range m.Scenario.Actions {
		if a.Apply == nil {
			continue
		}
		if _, err := fs.Stat(m.files, path.Clean(a.Apply.File)); err != nil {
			return fmt.Errorf("line %d, apply: %w", a.Line, err)
		}
	}
	m.ready = p
	return nil
}

// Check tells what was understood of the configuration, what is kept unread and
// which scripted rules no script carries out.
func (m *Simulation) Check() config.Report {
	scripts, err := m.extensions(extension.Options{})
	if err != nil {
		return m.Configuration.Check(nil) // not reached: check has loaded them
	}
	r := m.Configuration.Check(func(assembly string, site config.CallSite) bool { return scripts.Implements(assembly, string(site)) })
	for i := range r.Agents {
		if k := slices.IndexFunc(m.setup.Agents, func(a engine.Agent) bool { return a.ID == r.Agents[i].ID }); k >= 0 {
			r.Agents[i].Capabilities = m.setup.Agents[k].Capabilities
		}
	}
	return r
}
