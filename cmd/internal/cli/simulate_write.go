package cli

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/runhist/runhist/analyze"
	"github.com/runhist/runhist/analyze/record"
	"github.com/runhist/runhist/analyze/scenario"
	"github.com/runhist/runhist/cmd/internal/progress"
	"github.com/runhist/runhist/report/simulation"
	"github.com/runhist/runhist/report/terminal"
	"github.com/runhist/runhist/samples"
	"github.com/runhist/runhist/schemas/rundetails"
)

// histories takes the runs of a simulation and writes each into a file of its
// own, if there is a folder for them.
type histories struct {
	folder  string // "" if nothing is written
	runs    int    // how many there are
	summary *simulation.Summary
	table   simulation.Table
}

func newHistories(s *scenario.Scenario, folder string) *histories {
	return &histories{folder: folder, runs: s.Runs(), summary: simulation.NewSummary(Version, s.Name, s.Profile, s.Seed)}
}

// take writes one run. A run without steps has no history: the schema demands
// one step at least.
func (h *histories) take(r *analyze.Run) error {
	index := len(h.summary.Runs) + 1
	h.table.Add(index, r.Record)
	if len(r.Record.Steps) == 0 {
		h.summary.Add(r.Action, r.Record, "", "", r.Hash)
		return nil
	}
	name := simulation.FileName(index, h.runs, r.Record)
	sum := sha256.New()
	write := func(w io.Writer) error { return rundetails.Write(io.MultiWriter(w, sum), record.History(r.Details)) }
	var err error
	if h.folder == "" {
		err = write(io.Discard)
	} else {
		err = writeFile(filepath.Join(h.folder, name), nil, func(out *output) error { return write(out) })
	}
	h.summary.Add(r.Action, r.Record, name, hex.EncodeToString(sum.Sum(nil)), r.Hash)
	return err
}

// preview takes what a preview says.
func (h *histories) preview(p *analyze.Preview) error {
	told := &simulation.Preview{Action: p.Action, Full: p.Full, Object: p.Object, Record: p.Record, Events: p.Events}
	h.table.AddPreview(told)
	h.summary.AddPreview(told)
	return nil
}

// close takes away the histories of an earlier simulation that this one did not
// write over, and writes the summary.
func (h *histories) close() error {
	if h.folder == "" {
		return nil
	}
	if err := h.sweep(); err != nil {
		return unfinished("%w", err)
	}
	return writeFile(filepath.Join(h.folder, "summary.json"), nil, func(out *output) error { return h.summary.Write(out) })
}

// sweep removes the files that the summary of the folder lists, that are as it
// says, and that do not belong to this simulation. Whoever reads the folder
// would take them for its runs. Nothing else is touched.
func (h *histories) sweep() error {
	old, err := os.Open(filepath.Join(h.folder, "summary.json"))
	if err != nil {
		return nil // the first simulation, in this folder
	}
	defer old.Close()
	summary, err := simulation.ReadSummary(old)
	if err != nil {
		return nil // it is not one of ours
	}
	for _, run := range h.summary.LeftBehind(summary) {
		path := filepath.Join(h.folder, run.File)
		if filepath.Base(run.File) != run.File {
			continue
		}
		text, err := os.ReadFile(path)
		if sum := sha256.Sum256(text); err != nil || hex.EncodeToString(sum[:]) != run.SHA256 {
			continue // gone, or changed by somebody
		}
		if err := os.Remove(path); err != nil {
			return fmt.Errorf("remove the history of an earlier simulation: %w", err)
		}
	}
	return nil
}

// same tells where a second simulation of the scenario differs.
func (h *histories) same(other *histories) error {
	if len(h.summary.Runs) != len(other.summary.Runs) {
		return fmt.Errorf("%d runs the first time, %d the second", len(h.summary.Runs), len(other.summary.Runs))
	}
	for i := range h.summary.Runs {
		a, b := &h.summary.Runs[i], &other.summary.Runs[i]
		switch {
		case a.Hash != b.Hash:
			return fmt.Errorf("after run %d (%s, %s) the states differ: %s and %s", i+1, a.Agent, a.Profile, a.Hash, b.Hash)
		case a.SHA256 != b.SHA256:
			return fmt.Errorf("the histories of run %d (%s, %s) differ: %s and %s", i+1, a.Agent, a.Profile, a.SHA256, b.SHA256)
		}
	}
	return nil
}

// writeFile writes a file that replaces its predecessor only when it is
// complete; "-" is the stream.
func writeFile(path string, stream io.Writer, write func(*output) error) error {
	out, err := create(path, stream)
	if err != nil {
		return unfinished("%w", err)
	}
	defer out.discard()
	if err := write(out); err != nil {
		return unfinished("write %s: %w", path, err)
	}
	if err := out.commit(); err != nil {
		return unfinished("%w", err)
	}
	return nil
}

// initScenario writes the example scenario into a folder.
func initScenario(s Streams, folder string) error {
	entries, err := os.ReadDir(folder)
	if err == nil && len(entries) > 0 {
		return usage("--init: %s is not empty", folder)
	}
	example := samples.Example()
	var names []string
	err = fs.WalkDir(example, ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			names = append(names, path)
		}
		return err
	})
	if err != nil {
		return unfinished("%w", err)
	}
	slices.Sort(names)
	for _, name := range names {
		text, err := fs.ReadFile(example, name)
		if err != nil {
			return unfinished("%w", err)
		}
		path := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return unfinished("%w", err)
		}
		if err := writeFile(path, nil, func(out *output) error { _, err := out.Write(text); return err }); err != nil {
			return err
		}
	}
	fmt.Fprintf(s.Out, "%s\nNow: runhist simulate %s -o histories\n", strings.Join(names, "\n"), folder)
	return nil
}

// showActions shows on standard error which action is carried out, by the choice
// of --progress.
func showActions(choice string, quiet bool, s Streams, m *analyze.Simulation) (show func(action, actions int), stop func(), err error) {
	after := progressAfter
	switch choice {
	case "always":
		after = 0
	case "auto":
		if quiet || !isTerminal(s.Err) {
			return nil, func() {}, nil
		}
	case "never":
		return nil, func() {}, nil
	default:
		return nil, nil, usage("--progress is %q, but must be auto, always or never", choice)
	}
	line, start := progress.NewLine(s.Err), time.Now()
	show = func(action, actions int) {
		if time.Since(start) < after {
			return
		}
		text := fmt.Sprintf("action %d of %d", action, actions)
		if r := m.Scenario.Actions[action-1].Run; r != nil {
			text += ": " + r.Agent + ", " + r.Profile
		}
		line.Show(terminal.Clean(text))
	}
	return show, sync.OnceFunc(line.Erase), nil
}
