package simulation

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"io"
	"slices"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/schemas/convert"
)

// Schema is the JSON Schema of the summary.
//
//go:embed summary.schema.json
var Schema string

// Summary is summary.json: what was run, and what came of it. It holds no
// clock time and no path, so the same scenario gives the same bytes.
type Summary struct {
	Version  int          `json:"version"` // of this format
	Tool     Tool         `json:"tool"`
	Scenario string       `json:"scenario"` // its name
	Profile  string       `json:"profile"`
	Seed     uint64       `json:"seed"`
	Runs     []SummaryRun `json:"runs"`
	// Previews are those of the scenario, left out without one.
	Previews []SummaryPreview `json:"previews,omitempty"`
	// State is the hash of the state after the last run, "" without runs.
	State string `json:"state"`
}

// Tool is the program that wrote the summary.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// SummaryRun is one run.
type SummaryRun struct {
	Action  int           `json:"action"` // in the scenario, from 1
	Agent   string        `json:"agent"`
	Profile string        `json:"profile"`
	Number  int           `json:"number"` // 0: refused, there was no run
	File    string        `json:"file"`
	SHA256  string        `json:"sha256"` // of the file
	Result  string        `json:"result"`
	Steps   []SummaryStep `json:"steps"`
	Hash    string        `json:"hash"` // of the state after the run
}

// SummaryStep is one step.
type SummaryStep struct {
	Number int    `json:"number"`
	Result string `json:"result"`
	Errors int    `json:"errors"`
	Note   string `json:"note,omitempty"` // why it did not start, or what it ended with, where the history has no place for it
	Hash   string `json:"hash"`           // of the state after the step
}

// NewSummary returns a summary without runs.
func NewSummary(version, scenario, profile string, seed uint64) *Summary {
	return &Summary{Version: 1, Tool: Tool{"runhist", version}, Scenario: scenario, Profile: profile, Seed: seed, Runs: []SummaryRun{}}
}

// Add adds a run: its action, its file and the hash of that.
func (s *Summary) Add(action int, r *engine.RunRecord, file, sha256 string, state engine.Hash) {
	run := SummaryRun{Action: action, Agent: r.AgentName, Profile: r.Profile, Number: r.Number, File: file, SHA256: sha256,
		Result: string(r.Result), Hash: state.String(), Steps: []SummaryStep{}}
	for i := range r.Steps {
		step := &r.Steps[i]
		run.Steps = append(run.Steps, SummaryStep{Number: step.Number, Result: string(step.Result), Note: step.Note, Hash: step.Hash.String(),
			Errors: len(step.Discovery) + len(step.SyncErrors) + len(step.ExportErrors) + len(step.RetryErrors)})
	}
	s.Runs, s.State = append(s.Runs, run), run.Hash
}

// FileName is the name of the history of a run: the index is that in the
// simulation, from 1, of so many runs.
func FileName(index, runs int, r *engine.RunRecord) string {
	width := max(3, len(fmt.Sprint(runs)))
	return fmt.Sprintf("%0*d-%s-%s-run%d.xml", width, index, convert.NamePart(r.AgentName, "agent"), convert.NamePart(r.Profile, "profile"), r.Number)
}

// maxSummary is how large a summary may be that is read again, in bytes.
const maxSummary = 64 << 20

// ReadSummary reads a summary of this version. The error says what is wrong
// with it.
func ReadSummary(in io.Reader) (*Summary, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxSummary+1))
	if err != nil {
		return nil, fmt.Errorf("read summary: %w", err)
	}
	if len(text) > maxSummary {
		return nil, fmt.Errorf("read summary: it is larger than %d bytes", maxSummary)
	}
	s := new(Summary)
	if err := json.Unmarshal(text, s); err != nil {
		return nil, fmt.Errorf("read summary: %w", err)
	}
	if s.Version != 1 || s.Tool.Name != "runhist" {
		return nil, fmt.Errorf("read summary: version %d of %q is not known", s.Version, s.Tool.Name)
	}
	return s, nil
}

// LeftBehind returns the runs of an older summary of the same folder whose
// histories this one does not write over.
func (s *Summary) LeftBehind(older *Summary) []SummaryRun {
	var left []SummaryRun
	for _, old := range older.Runs {
		if old.File != "" && !slices.ContainsFunc(s.Runs, func(r SummaryRun) bool { return r.File == old.File }) {
			left = append(left, old)
		}
	}
	return left
}

// Write writes the summary as indented JSON.
func (s *Summary) Write(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(s)
}
