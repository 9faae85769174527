package extension

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"

	"github.com/runhist/runhist/analyze/fault"
)

// DefaultBudget is how many steps a call may take if nothing else is said:
// some hundred milliseconds.
const DefaultBudget = 5_000_000

// MaxSource is how many bytes the text of a script may have.
const MaxSource = 256 << 10

// maxDepth is how deep brackets nest, so that the parser's recursion is bounded.
const maxDepth = 200

// Options are what scripts run with.
type Options struct {
	Budget uint64 // steps of one call; 0: DefaultBudget
	Faults *fault.Plan
	// Anchors returns the texts by which a fault may name the object of an
	// agent, beside its DN. Nil: the bytes of its anchor.
	Anchors func(agent, dn string, anchor []byte) []string
	// Module returns the text of a file that a script loads, by the name in
	// its load statement. Nil: nothing can be loaded.
	Module func(name string) ([]byte, error)
	// Print receives what scripts print; nil discards it.
	Print func(assembly, text string)
}

// Extensions are the assemblies of a simulation. They implement
// engine.Extension and are not safe for concurrent use.
type Extensions struct {
	o          Options
	assemblies map[string]*assembly // by lower-case name
	running    *starlark.Thread     // of the call under way
}

// assembly is a script that was loaded.
type assembly struct {
	name        string
	functions   map[string]*starlark.Function // by call site
	initialized bool
}

// New returns no assemblies.
func New(o Options) *Extensions {
	if o.Budget == 0 {
		o.Budget = DefaultBudget
	}
	return &Extensions{o: o, assemblies: make(map[string]*assembly)}
}

// Load binds a script to an assembly. Its errors have the file, line and
// column; a function of a call site with other parameters is one.
func (x *Extensions) Load(name, file string, source []byte) error {
	key := strings.ToLower(name)
	if x.assemblies[key] != nil {
		return fmt.Errorf("extension %s: it has a script already", name)
	}
	m := modules{x: x, assembly: name, loaded: make(map[string]*module)}
	globals, err := m.exec(file, source)
	if err != nil {
		return fmt.Errorf("extension %s: %w", name, err)
	}
	a := &assembly{name: name, functions: make(map[string]*starlark.Function)}
	for _, site := range Sites() {
		v, ok := globals[site.Function]
		if !ok {
			continue
		}
		fn, ok := v.(*starlark.Function)
		if !ok {
			return fmt.Errorf("extension %s: %s: %s is a %s, not a function", name, file, site.Function, v.Type())
		}
		if !takes(fn, len(site.Parameters)) {
			return fmt.Errorf("extension %s: %s: %s takes %d parameters (%s)", name, fn.Position(), site.Function,
				len(site.Parameters), strings.Join(site.Parameters, ", "))
		}
		a.functions[site.Name] = fn
	}
	x.assemblies[key] = a
	return nil
}

// takes reports whether a function can be called with n arguments.
func takes(fn *starlark.Function, n int) bool {
	if fn.HasVarargs() {
		return true
	}
	params, needed := fn.NumParams()-fn.NumKwonlyParams(), 0
	if fn.HasKwargs() {
		params--
	}
	for i := range params {
		if fn.ParamDefault(i) == nil {
			needed++
		}
	}
	return needed <= n && n <= params && fn.NumKwonlyParams() == 0
}

// Unload ends what a run, or a preview, began: the next call of each assembly
// initializes it again.
func (x *Extensions) Unload() {
	for _, a := range x.assemblies {
		a.initialized = false
	}
}

// Bound reports whether an assembly has a script.
func (x *Extensions) Bound(name string) bool { return x.assemblies[strings.ToLower(name)] != nil }

// Implements reports whether an assembly has a function for a call site.
func (x *Extensions) Implements(name, site string) bool {
	a := x.assemblies[strings.ToLower(name)]
	return a != nil && a.functions[site] != nil
}

// modules are the files of one assembly.
type modules struct {
	x        *Extensions
	assembly string
	loaded   map[string]*module
}

// module is a file that was loaded, or is being loaded.
type module struct {
	globals starlark.StringDict
	err     error
	busy    bool
}

// exec runs a file; its globals are frozen.
func (m *modules) exec(file string, source []byte) (starlark.StringDict, error) {
	if err := checkSource(file, source); err != nil {
		return nil, err
	}
	t := m.x.thread(m.assembly)
	t.Load = m.load
	around := m.x.running
	m.x.running = t
	defer func() { m.x.running = around }()
	globals, err := m.x.execute(t, file, source)
	var evaluated *starlark.EvalError
	if errors.As(err, &evaluated) {
		return nil, fmt.Errorf("%s", evaluated.Backtrace())
	}
	if err != nil {
		return nil, err
	}
	globals.Freeze()
	return globals, nil
}

// execute runs the text of a file, metered. What it leaves can be frozen.
func (x *Extensions) execute(t *starlark.Thread, file string, source []byte) (starlark.StringDict, error) {
	f, err := (&syntax.FileOptions{Set: true}).Parse(file, source, 0)
	if err != nil {
		return nil, err
	}
	if err := metered(f); err != nil {
		return nil, err
	}
	predeclared := x.predeclared()
	program, err := starlark.FileProgram(f, predeclared.Has)
	if err != nil {
		return nil, err
	}
	globals, err := program.Init(t, predeclared)
	if err != nil {
		return nil, err
	}
	for _, name := range globals.Keys() {
		if err := meterOf(t).payFrozen(globals[name]); err != nil {
			return nil, fmt.Errorf("%s: %s: %w", file, name, err)
		}
	}
	return globals, nil
}

func (m *modules) load(_ *starlark.Thread, name string) (starlark.StringDict, error) {
	if got := m.loaded[name]; got != nil {
		if got.busy {
			return nil, fmt.Errorf("%s loads itself", name)
		}
		return got.globals, got.err
	}
	if m.x.o.Module == nil {
		return nil, fmt.Errorf("%s: nothing can be loaded here", name)
	}
	entry := &module{busy: true}
	m.loaded[name] = entry
	if len(m.loaded) > maxDepth {
		return nil, fmt.Errorf("%s: more than %d files are loaded", name, maxDepth)
	}
	source, err := m.x.o.Module(name)
	if err == nil {
		entry.globals, err = m.exec(name, source)
	}
	entry.err, entry.busy = err, false
	return entry.globals, err
}

// checkSource refuses what could exhaust the parser's stack.
func checkSource(file string, source []byte) error {
	if len(source) > MaxSource {
		return fmt.Errorf("%s is longer than %d bytes", file, MaxSource)
	}
	depth, line := 0, 1
	for _, c := range source {
		switch {
		case c == '\n':
			line++
		case slices.Contains([]byte("([{"), c):
			depth++
		case slices.Contains([]byte(")]}"), c) && depth > 0:
			depth--
		}
		if depth > maxDepth {
			return fmt.Errorf("%s:%d: brackets nest deeper than %d", file, line, maxDepth)
		}
	}
	return nil
}

// thread returns what one call runs on.
func (x *Extensions) thread(assembly string) *starlark.Thread {
	t := &starlark.Thread{Name: assembly, Print: func(_ *starlark.Thread, text string) {
		if x.o.Print != nil {
			x.o.Print(assembly, text)
		}
	}}
	t.SetMaxExecutionSteps(x.o.Budget)
	t.SetLocal(meterKey, &meter{thread: t, budget: x.o.Budget})
	return t
}
