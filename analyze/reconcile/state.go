package reconcile

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/runhist/runhist/validate/finding"
)

// State is what a call found, for the next one to tell what is new.
type State struct {
	found map[string]stated
}

// stated is a finding of an earlier call.
type stated struct {
	Severity string `json:"severity"`
	Message  string `json:"message"`
	Agent    string `json:"agent,omitempty"`
}

// stateFile is the form of a state.
type stateFile struct {
	Version  int               `json:"version"`
	Tool     string            `json:"tool"`
	Findings map[string]stated `json:"findings"`
}

// maxState is how large a state may be, in bytes.
const maxState = 64 << 20

// NewState returns the state of a first call: everything is new to it.
func NewState() *State { return &State{found: map[string]stated{}} }

// ReadState reads what [State.Write] wrote.
func ReadState(in io.Reader) (*State, error) {
	text, err := io.ReadAll(io.LimitReader(in, maxState+1))
	if err != nil {
		return nil, err
	}
	var f stateFile
	switch err := json.Unmarshal(text, &f); {
	case len(text) > maxState:
		return nil, errors.New("the file is too large for a state")
	case err != nil || f.Tool != "runhist reconcile":
		return nil, errors.New("the file is no state of runhist reconcile: name another one, which need not exist")
	case f.Version != 1:
		return nil, fmt.Errorf("the state has version %d, and this program reads version 1", f.Version)
	}
	if f.Findings == nil {
		f.Findings = map[string]stated{}
	}
	return &State{found: f.Findings}, nil
}

// Write writes the state.
func (s *State) Write(out io.Writer) error {
	e := json.NewEncoder(out)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(stateFile{1, "runhist reconcile", s.found})
}

// Resolved is a finding of the call before that this one does not have.
type Resolved struct {
	Agent, Message string
	Severity       finding.Severity
}

// Compare marks the findings that the state has already, at the same severity
// or a graver one, and returns those that are gone and the state to keep.
// Findings that do not count and infos are no part of it. Where the archive
// could not be read to its end, nothing is taken for gone.
func (s *State) Compare(r *Result) (gone []Resolved, next *State) {
	next = NewState()
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.Severity < finding.Warning || f.Suppressed != "" {
			continue
		}
		before, ok := s.found[f.Key]
		f.Old = ok && !graver(f.Severity, before.Severity)
		if was, twice := next.found[f.Key]; !twice || graver(f.Severity, was.Severity) {
			next.found[f.Key] = stated{f.Severity.String(), f.Message, f.Agent}
		}
	}
	var keys []string
	for key := range s.found {
		if _, ok := next.found[key]; !ok {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, strings.Compare)
	for _, key := range keys {
		f := s.found[key]
		if r.Incomplete || r.Cut > 0 {
			next.found[key] = f
			continue
		}
		severity, _ := finding.ParseSeverity(f.Severity)
		gone = append(gone, Resolved{f.Agent, f.Message, severity})
	}
	return gone, next
}

func graver(s finding.Severity, than string) bool {
	before, err := finding.ParseSeverity(than)
	return err != nil || s > before
}
