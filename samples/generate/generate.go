// Package generate makes run histories of any size that look like those of a
// server and are correct: no rule of the requirement tables finds more than an
// information in them. They are the material of load tests and of
// demonstrations; a [Violation] puts a fault of choice into them.
//
// The same options give the same bytes on every platform: numbers come from
// PCG generators that are seeded by the options and a label, arithmetic is on
// integers, and neither the clock nor the order of a map has a say.
//
// It imports rundetails, whose writer gives the canonical form. To add an error
// that servers write, add an entry to a table of imports.go, exports.go or
// objects.go; to add a fault, one
// to a table of violations.go.
package generate

import (
	"errors"
	"fmt"
	"io"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Options say what is generated. The zero Options make one small run.
type Options struct {
	Seed uint64
	// Size is the number of bytes of the whole output, all runs together. It
	// is met within five per cent where there is room for it: a run has at
	// least one step, of about four thousand bytes. 0 means that the counts
	// below decide.
	Size int64
	// Runs is the number of runs, 0 for one. They belong to several agents in
	// turn, with growing numbers and dates.
	Runs int
	// Steps is the number of steps of each run; 0 means nine, or as many as
	// Size needs for steps that stay below the error limit.
	Steps int
	// Errors is the number of import and export errors of each run, half of
	// them each, where Size is 0. 0 means forty, a negative number none. A run
	// of one step has import errors only.
	Errors int
	// Violations are introduced where they first fit, spread over the runs.
	Violations []Violation
}

const (
	defaultSteps  = 9
	defaultErrors = 40
)

// Write writes a document with the only run of the options.
func Write(w io.Writer, o Options) error {
	if o.Runs > 1 {
		return errors.New("generate: a document of its own for each run needs WriteRuns")
	}
	return WriteRuns(w, o, 0, 1)
}

// WriteRuns writes a document with count runs of the options, from the run
// first on, which is counted from 0. The bytes of a run do not depend on what
// else stands in its document.
func WriteRuns(w io.Writer, o Options, first, count int) error {
	o.Runs = max(o.Runs, 1)
	if first < 0 || count < 1 || count > o.Runs-first {
		return fmt.Errorf("generate: runs %d to %d of %d do not exist", first, first+count-1, o.Runs)
	}
	if o.Size < 0 || o.Steps < 0 {
		return errors.New("generate: size and steps cannot be negative")
	}
	if len(o.Violations) == 0 {
		return document(w, &o, first, count)
	}
	if err := o.checkViolations(); err != nil {
		return err
	}
	// Whether all of them find a place shows when all has been made: find
	// that out before anything is written.
	if err := document(discard{}, &o, first, count); err != nil {
		return err
	}
	return document(w, &o, first, count)
}

func document(out io.Writer, o *Options, first, count int) error {
	var lines faults
	for _, p := range o.faults(first, count) {
		if p.line != nil {
			lines = append(lines, p)
		}
	}
	if len(lines) > 0 {
		out = &lineWriter{out: out, faults: lines}
	}
	w := rundetails.NewWriter(out)
	w.BeginHistory(false)
	for i := first; i < first+count; i++ {
		if err := newRun(o, i).write(w); err != nil {
			return err
		}
	}
	w.EndHistory()
	if err := w.Close(); err != nil {
		return err
	}
	return lines.missing()
}
