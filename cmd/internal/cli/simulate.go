package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/scenario"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/schemas/wording"
)

// simulateFlags are the flags of the command simulate.
type simulateFlags struct {
	output, trace, state, init, progress string
	verify, check, switches, quiet       bool
}

func newSimulate(s Streams) *cobra.Command {
	var f simulateFlags
	c := &cobra.Command{
		Use:   "simulate SCENARIO",
		Short: "Run a scenario, write the histories it produces",
		Long: `simulate executes run profiles of a server's configuration on connected data
sources, as the synchronization engine would, and writes the run histories that a
correct server would have written. SCENARIO is a folder with scenario.yaml, or
that file. The clock is virtual and everything that is chosen comes from the
seed: the same version and scenario give the same bytes.

The folder of --output gets NNN-<agent>-<profile>-run<number>.xml for each run, in
the order of the actions, and summary.json: the result, the file and the hash of
the state for each. A file is replaced only when its successor is complete.
Histories that summary.json lists from an earlier simulation are removed, unless
somebody changed them.

A table at the end has a line for each step, and below it what the previews of the
scenario say: the decisions of the engine about one object, in order. summary.json
has them too. A preview keeps nothing.

Exit status: 0 the scenario was carried out, whatever its runs ended with; 2 the
scenario, its configuration or a script is wrong; 3 something could not be read
or written, or two runs of --verify differ.`,
		Example: `  runhist simulate --init first && runhist simulate first -o histories
  runhist simulate first --check
  runhist simulate first -o histories --trace trace.jsonl --state state.jsonl
  runhist simulate first --verify`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			return runSimulate(c.Context(), s, &f, args)
		},
	}
	flags := c.Flags()
	flags.StringVarP(&f.output, "output", "o", "", "`FOLDER` for the histories and summary.json; it is made if need be")
	flags.StringVar(&f.trace, "trace", "", "write every decision of the engine to this `FILE`, a JSON object a line; - is standard output")
	flags.StringVar(&f.state, "state", "", "write the connector spaces and the metaverse after the last action to this `FILE`, a JSON object a line; - is standard output")
	flags.BoolVar(&f.verify, "verify", false, "run twice and compare the hashes of states and histories")
	flags.BoolVar(&f.check, "check", false, "say what was understood of the configuration, what is kept unread and which scripted rules have no script; run nothing")
	flags.BoolVar(&f.switches, "switches", false, "list the assumptions of the engine that a scenario may change; no SCENARIO is needed")
	flags.StringVar(&f.init, "init", "", "write a small example scenario into this `FOLDER`, which must not exist or be empty; no SCENARIO is needed")
	progressFlag(flags, &f.progress)
	flags.BoolVarP(&f.quiet, "quiet", "q", false, "no table, no summary and no progress")
	return c
}

// runSimulate is the command.
func runSimulate(ctx context.Context, s Streams, f *simulateFlags, args []string) error {
	if f.switches || f.init != "" {
		return f.withoutScenario(s, args)
	}
	if len(args) == 0 {
		return usage("a scenario is wanted: a folder with %s (--init makes one)", scenario.FileName)
	}
	if f.output == "" && !f.check && !f.verify {
		return usage("--output is wanted: the folder for the histories")
	}
	if f.check && (f.output != "" || f.verify || f.trace != "" || f.state != "") {
		return usage("--check runs nothing: it excludes --output, --verify, --trace and --state")
	}
	defer roomy()()
	m, err := loadScenario(args[0])
	if err != nil {
		return err
	}
	if f.check {
		r := m.Check()
		if err := simulation.WriteCheck(s.Out, &r); err != nil {
			return unfinished("write: %w", err)
		}
		return nil
	}
	return f.simulate(ctx, s, m)
}

// withoutScenario does what needs none.
func (f *simulateFlags) withoutScenario(s Streams, args []string) error {
	if len(args) > 0 || f.switches && f.init != "" || f.output != "" || f.check || f.verify || f.trace != "" || f.state != "" {
		return usage("--switches and --init stand alone")
	}
	if f.init != "" {
		return initScenario(s, f.init)
	}
	if err := simulation.WriteSwitches(s.Out); err != nil {
		return unfinished("write: %w", err)
	}
	return nil
}

// simulationGC is the growth of the heap between two collections while a
// simulation runs, in per cent. All objects live on: a limit as low as that of
// other commands would have the collector run all the time.
const simulationGC = 100

// roomy lets the heap grow with what lives, until the function that it returns is
// called. What the environment asks for is obeyed.
func roomy() (restore func()) {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return func() {}
	}
	limit, percent := debug.SetMemoryLimit(math.MaxInt64), debug.SetGCPercent(simulationGC)
	return func() {
		debug.SetMemoryLimit(limit)
		debug.SetGCPercent(percent)
	}
}

// loadScenario reads the scenario that an argument names: its folder or file.
func loadScenario(path string) (*analyze.Simulation, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, unfinished("%w", err)
	}
	folder, name := path, scenario.FileName
	if !info.IsDir() {
		folder, name = filepath.Split(path)
		if folder == "" {
			folder = "."
		}
	}
	m, err := analyze.Load(plainFiles{os.DirFS(folder)}, name)
	return m, scenarioError(err)
}

// plainFiles opens files and folders only: to open a pipe waits for whoever
// writes it, and a device may have no end.
type plainFiles struct{ fs.FS }

// Open implements fs.FS.
func (p plainFiles) Open(name string) (fs.File, error) {
	info, err := fs.Stat(p.FS, name)
	if err == nil && !info.IsDir() && !info.Mode().IsRegular() {
		return nil, &fs.PathError{Op: "open", Path: name, Err: errors.New("it is neither a file nor a folder")}
	}
	return p.FS.Open(name)
}

// scenarioError gives an error of a simulation its exit status.
func scenarioError(err error) error {
	var invalid *analyze.Invalid
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.As(err, &invalid):
		return usage("the scenario cannot be carried out:\n%w", err)
	}
	return unfinished("%w", err)
}

// simulate runs the scenario, and for --verify once more.
func (f *simulateFlags) simulate(ctx context.Context, s Streams, m *analyze.Simulation) error {
	show, stop, err := showActions(f.progress, f.quiet, s, m)
	if err != nil {
		return err
	}
	defer stop()
	first, err := f.once(ctx, s, m, show, f.output)
	if err != nil {
		return err
	}
	if f.verify {
		again := *f
		again.trace, again.state = "", ""
		second, err := again.once(ctx, s, m, show, "")
		if err != nil {
			return err
		}
		if err := first.same(second); err != nil {
			return unfinished("--verify: %w", err)
		}
	}
	stop()
	if f.quiet {
		return nil
	}
	if err := first.table.Write(s.Out); err != nil {
		return unfinished("write: %w", err)
	}
	text := wording.Counted(len(first.summary.Runs), "run")
	if f.output != "" {
		text += " written to " + f.output
	}
	if f.verify {
		text += "; the second time gave the same states and histories"
	}
	if first.summary.State != "" {
		text += "; state " + first.summary.State[:16]
	}
	fmt.Fprintln(s.Err, "runhist: "+text)
	return nil
}

// once carries the scenario out and writes what was asked for.
func (f *simulateFlags) once(ctx context.Context, s Streams, m *analyze.Simulation, show func(int, int), folder string) (*histories, error) {
	h := newHistories(m.Scenario, folder)
	if folder != "" {
		if err := os.MkdirAll(folder, 0o755); err != nil {
			return nil, unfinished("%w", err)
		}
	}
	edges := analyze.Edges{Begin: show, Run: h.take, Preview: h.preview, Print: func(assembly, text string) { fmt.Fprintf(s.Err, "%s: %s\n", assembly, text) }}
	complete := func() error { return nil }
	if f.trace != "" {
		out, err := create(f.trace, s.Out)
		if err != nil {
			return nil, unfinished("%w", err)
		}
		defer out.discard()
		trace := simulation.NewTrace(out)
		edges.Tracer = trace
		complete = func() error { return errors.Join(trace.Close(), out.commit()) }
	}
	outcome, err := m.Run(ctx, edges)
	if err != nil {
		return nil, scenarioError(err)
	}
	if err := complete(); err != nil {
		return nil, unfinished("%w", err)
	}
	if err := f.writeState(s, m, outcome.Engine); err != nil {
		return nil, err
	}
	return h, h.close()
}

func (f *simulateFlags) writeState(s Streams, m *analyze.Simulation, e *engine.Engine) error {
	if f.state == "" {
		return nil
	}
	var agents []string
	for _, a := range m.Configuration.Agents {
		agents = append(agents, a.Name)
	}
	return writeFile(f.state, s.Out, func(out *output) error { return simulation.WriteState(out, e, agents) })
}
