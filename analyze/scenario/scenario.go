package scenario

import (
	"io"
	"time"

	"github.com/runhist/runhist/analyze/config"
	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
	"github.com/runhist/runhist/schemas/strict"
)

// FileName is what the file of a scenario is called in its folder.
const FileName = "scenario.yaml"

// maxFile is how large a file may be, in bytes.
const maxFile = 4 << 20

// DefaultStart is the start of the virtual clock where a scenario sets none.
func DefaultStart() time.Time { return time.Date(2026, 1, 5, 8, 0, 0, 0, time.UTC) }

// Place is a place in the file: line and column, both 1-based.
type Place = config.Place

// Scenario is a file. Lists keep its order.
type Scenario struct {
	Name    string
	Start   time.Time // UTC; [DefaultStart] where the file has none
	Seed    uint64
	Profile string // upsmods, where the file has none, or server
	Account string // "" where the file has none
	// Config is the folder of a server export, below that of the scenario;
	// "" if Configuration holds the configuration instead.
	Config        string
	Configuration *config.Document
	Sources       []Source
	Capabilities  []Capabilities
	Extensions    []Extension
	Switches      map[string]string
	Limits        engine.Limits
	Actions       []Action
}

// Source is the connected data source of one management agent.
type Source struct {
	Place
	Agent string
	// File is its first content, a path below the scenario; "" if it is
	// empty at first. The ending says what it is: .ldif, .csv or .txt.
	File         string
	Anchor       []string // attributes that make the anchor
	DNStyle      *engine.DNStyle
	AssignAnchor bool   // gives anchors on export
	Server       string // that the agent says it is connected to
	// Separator between the values of a multi-valued column of delimited
	// text, "" if there is none.
	Separator string
}

// Capabilities change what an agent can do; nil leaves what its category says.
type Capabilities struct {
	Place
	Agent                                                              string
	DNStyle                                                            *engine.DNStyle
	ExportType                                                         *engine.ExportType
	Confirmation                                                       *engine.Confirmation
	DNAsAnchor, DeltaImport, FullObject, ImmediateConfirmation, Rename *bool
	DeleteAddAsReplace, ReferencesInFirstExport, PasswordInFirstExport *bool
	FullExport, Uppercase, RemoveAccents                               *bool
	PageSize, BatchSize                                                int
	// ChangeLog says that a delta import delivers changes one by one, and not
	// one entry for each object (deltaGranularity: change; SE-D12).
	ChangeLog bool
}

// Apply changes the capabilities of an agent.
func (c *Capabilities) Apply(to *engine.Capabilities) {
	set(&to.DNStyle, c.DNStyle)
	set(&to.ExportType, c.ExportType)
	set(&to.Confirmation, c.Confirmation)
	set(&to.DNAsAnchor, c.DNAsAnchor)
	set(&to.DeltaImport, c.DeltaImport)
	set(&to.FullObject, c.FullObject)
	set(&to.ImmediateConfirmation, c.ImmediateConfirmation)
	set(&to.Rename, c.Rename)
	set(&to.DeleteAddAsReplace, c.DeleteAddAsReplace)
	set(&to.FullExport, c.FullExport)
	set(&to.Uppercase, c.Uppercase)
	set(&to.RemoveAccents, c.RemoveAccents)
	if c.ReferencesInFirstExport != nil {
		to.NoReferencesInFirstExport = !*c.ReferencesInFirstExport
	}
	if c.PasswordInFirstExport != nil {
		to.PasswordInSecondExport = !*c.PasswordInFirstExport
	}
	if c.PageSize > 0 {
		to.PageSize = c.PageSize
	}
	if c.BatchSize > 0 {
		to.BatchSize = c.BatchSize
	}
}

func set[T any](to, from *T) {
	if from != nil {
		*to = *from
	}
}

// Extension binds the assembly of a rules extension to a Starlark file.
type Extension struct {
	Place
	Assembly, File string
}

// Action is one action; exactly one of its fields is set.
type Action struct {
	Place
	Apply   *Apply
	Run     *Run
	Fault   *fault.Fault
	End     string // id of a fault
	Preview *Preview
}

// Apply changes the content of a source.
type Apply struct {
	Agent, File string
}

// Run executes a run profile.
type Run struct {
	Agent, Profile string
	Resume         bool
	Stop           engine.Stop
}

// Preview synchronizes one object without keeping anything.
type Preview struct {
	Agent  string
	Object string // anchor, or DN
	DN     string
	Full   bool
}

// Runs is the number of actions that are runs.
func (s *Scenario) Runs() int {
	n := 0
	for i := range s.Actions {
		if s.Actions[i].Run != nil {
			n++
		}
	}
	return n
}

// Read reads a file. The error is an [*strict.Invalid] that tells all problems,
// or that of in. name stands for the file in problems of a configuration that
// it holds.
func Read(name string, in io.Reader) (*Scenario, error) {
	var r strict.Reader
	s := &Scenario{Start: DefaultStart(), Profile: "upsmods"}
	root, err := r.Load(in, maxFile)
	if err != nil {
		return nil, err
	}
	if root != nil {
		file(s, name).read(&r, root)
		s.faultsEnd(&r)
	} else if r.Err() == nil {
		r.At(1, 1, "the file is empty: it needs version, config or configuration, and actions")
	}
	if err := r.Err(); err != nil {
		return nil, err
	}
	return s, nil
}
