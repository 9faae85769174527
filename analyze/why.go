package analyze

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Question asks what stands behind a counter or an error of a simulation.
type Question struct {
	Path string // as it was asked

	run      int    // of the simulation, from 1; 0 where agent, profile and number say which
	agent    string // names, compared without case
	profile  string
	number   int // 0: the first such run
	step     int
	block    string // staging, inbound, outbound, export, discovery; errors, discovery errors, retry errors
	target   string // agent of an outbound counter
	name     string // counter; of an error what its label has in brackets
	anyError bool   // there is nothing in brackets
}

// The blocks of errors.
const (
	blockErrors    = "errors"
	blockDiscovery = "discovery errors"
	blockRetry     = "retry errors"
)

// blocks are the elements that hold counters and errors, as the trace calls
// them.
func blocks() map[string]string {
	return map[string]string{"staging-counters": "staging", "inbound-flow-counters": "inbound", "outbound-flow-counters": "outbound",
		"export-counters": "export", "ma-discovery-counters": "discovery", "synchronization-errors": blockErrors,
		"ma-discovery-errors": blockDiscovery, "mv-retry-errors": blockRetry}
}

// Names are what an element of a step holds that a question can be about: the
// names of its counters, or those of its errors; nil for other elements.
func Names(element string) []string { return names(blocks()[element]) }

// names are what a block holds.
func names(block string) []string {
	var s engine.StepRecord
	var o engine.Outbound
	var list []string
	switch block {
	case "staging":
		for i := range s.Staging {
			list = append(list, engine.StagingCounter(i).String())
		}
	case "inbound":
		for i := range s.Inbound {
			list = append(list, engine.InboundCounter(i).String())
		}
	case "outbound":
		for i := range o.Counters {
			list = append(list, engine.OutboundCounter(i).String())
		}
	case "export":
		for i := range s.Export {
			list = append(list, engine.ExportCounter(i).String())
		}
	case "discovery":
		return []string{"filtered-deletions", "filtered-objects"}
	case blockErrors:
		return []string{"import-error", "export-error"}
	case blockDiscovery:
		return []string{"ma-object-error"}
	case blockRetry:
		return []string{"retry-error"}
	}
	return list
}

// ParseQuestion reads a path: as reports of differences name it,
//
//	run-details[AD, Export, 3]/step-details[1]/export-counters/export-update
//	run-details[HR, Delta Synchronization, 2]/step-details[1]/outbound-flow-counters[AD]/connector-flow
//	run-details[5]/step-details[1]/synchronization-errors/import-error[CN=Ann,DC=x]
//
// A number alone is that of the run in the simulation; agent and profile without
// one mean the first such run. A leading run-history is left out, and so is what
// stands below an error. Errors without a label are all errors of that kind.
func ParseQuestion(path string) (*Question, error) {
	q := &Question{Path: path}
	parts := segments(path)
	if len(parts) > 0 && parts[0].name == "run-history" {
		parts = parts[1:]
	}
	if len(parts) < 4 || parts[0].name != "run-details" || parts[1].name != "step-details" {
		return nil, fmt.Errorf("%q is no path such as run-details[AD, Export, 3]/step-details[1]/export-counters/export-update", path)
	}
	if err := q.ofRun(parts[0].key); err != nil {
		return nil, fmt.Errorf("%q: %w", path, err)
	}
	var err error
	if q.step, err = strconv.Atoi(parts[1].key); err != nil || q.step < 1 {
		return nil, fmt.Errorf("%q: step-details wants the number of the step, as in step-details[1]", path)
	}
	block, what := parts[2], parts[3]
	q.block = blocks()[block.name]
	if q.block == "" {
		return nil, fmt.Errorf("%q: %s holds neither counters nor errors of objects", path, block.name)
	}
	if known := names(q.block); !slices.Contains(known, what.name) {
		return nil, fmt.Errorf("%q: %s has no %q; it has %s", path, block.name, what.name, strings.Join(known, ", "))
	}
	switch {
	case q.ofErrors():
		q.name, q.anyError = what.key, what.key == ""
	case len(parts) > 4:
		return nil, fmt.Errorf("%q: nothing is below a counter", path)
	default:
		q.target, q.name = block.key, what.name
	}
	return q, nil
}

// ofErrors tells whether the question is about errors.
func (q *Question) ofErrors() bool {
	return q.block == blockErrors || q.block == blockDiscovery || q.block == blockRetry
}

// ofRun reads which run is meant.
func (q *Question) ofRun(key string) error {
	if n, err := strconv.Atoi(key); err == nil && n > 0 {
		q.run = n
		return nil
	}
	agent, profile, ok := strings.Cut(key, ", ")
	if !ok {
		return fmt.Errorf("run-details wants its agent and profile, or its number in the simulation")
	}
	q.agent, q.profile = agent, profile
	if last := strings.LastIndex(profile, ", "); last > 0 {
		if n, err := strconv.Atoi(profile[last+2:]); err == nil {
			q.profile, q.number = profile[:last], n
		}
	}
	return nil
}

type segment struct{ name, key string }

// segments splits a path at the slashes outside of brackets.
func segments(path string) []segment {
	var list []segment
	for rest := strings.TrimPrefix(path, "/"); rest != ""; {
		end := strings.IndexAny(rest, "/[")
		s := segment{name: rest}
		switch {
		case end < 0:
			rest = ""
		case rest[end] == '/':
			s.name, rest = rest[:end], rest[end+1:]
		default:
			s.name, rest = rest[:end], rest[end+1:]
			shut := strings.Index(rest, "]/")
			if shut < 0 {
				s.key, rest = strings.TrimSuffix(rest, "]"), ""
			} else {
				s.key, rest = rest[:shut], rest[shut+2:]
			}
		}
		list = append(list, s)
	}
	return list
}
