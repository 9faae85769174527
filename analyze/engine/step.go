package engine

import (
	"strings"
	"time"
)

// step is one step of a run while it is at work.
type step struct {
	e    *Engine
	a    *agent
	part uint16 // number of the partition
	cfg  *Step
	run  *run
	rec  *StepRecord
	stop StepResult // what ended the step early
	done int        // objects of the step so far

	imported bool // the import of a combined step is done: what it read is not limited again

	until  Stop       // what ends it from outside
	ending StepResult // what a fault has it end with

	outbound [][numOutbound]uint64 // by agent
}

// run is one run while it is at work.
type run struct {
	rec              *RunRecord
	req              RunRequest
	errors, warnings int  // over all steps (SE-K31)
	imported         bool // a step of the run imports already
	// addedAndGone are anchors that an import added and deleted again: a third
	// report of one is a duplicate still (SE-K07).
	addedAndGone map[valueID]bool
}

// starts notes that the step has started, and what is to end it from outside:
// the request, or a fault. What ends it after no objects ends it now.
func (st *step) starts() {
	if s := st.run.req.Stop; s.Step == st.rec.Number {
		st.until = s
		if s.Result == "" {
			st.until.Result = StoppedUserTermination
		}
	}
	if f := st.e.edges.Faults; f != nil {
		switch s := f.During(st.a.cfg.Name, st.rec.Number); {
		case s.Result.completed():
			st.ending = s.Result
		case s.Result != "" && (st.until.Result == "" || s.Objects < st.until.Objects):
			st.until = s
		}
	}
	if st.until.Result != "" && st.until.Objects <= 0 {
		st.halt(st.until.Result, st.fileOf(st.until.Result))
	}
}

// next says whether the step may take one more object.
func (st *step) next() bool {
	if st.stop != "" {
		return false
	}
	if result := st.enough(); result != "" {
		st.halt(result, st.fileOf(result))
		return false
	}
	st.done++
	return true
}

// enough is the result of a step that has taken as many objects as it may: SE
// section 7, object limit and stops from outside.
func (st *step) enough() StepResult {
	switch {
	case st.until.Result != "" && st.done >= st.until.Objects:
		return st.until.Result
	case st.cfg.ObjectLimit > 0 && st.done >= st.cfg.ObjectLimit && !st.imported:
		return StoppedObjectLimit
	}
	return ""
}

// fileOf is the file that a result names: the one that the step is configured
// with, except where the file would be an assembly.
func (st *step) fileOf(result StepResult) string {
	if strings.HasPrefix(string(result), "stopped-extension-dll-") {
		return ""
	}
	return st.cfg.Description.InputFile
}

// halt ends the step; the first reason stands.
func (st *step) halt(result StepResult, file string) {
	if st.stop == "" {
		st.stop, st.rec.File = result, file
	}
}

// failed counts an error toward the limit of the run (SE-K31).
func (st *step) failed() {
	if st.run.errors++; st.run.errors > st.e.setup.Limits.Errors {
		st.halt(StoppedErrorLimit, "")
	}
}

// warned counts a warning.
func (st *step) warned() {
	if st.run.warnings++; st.run.warnings > st.e.setup.Limits.Warnings {
		st.halt(StoppedErrorLimit, "")
	}
}

// importError records an error of an object, with first-occurred and
// retry-count (SE-K40).
func (st *step) importError(id csID, record *ImportError) {
	o := st.e.edit(id)
	o.err = st.e.again(o.err, record.Type)
	record.FirstOccurred, record.DateOccurred, record.RetryCount = st.e.date(o.err.first), st.e.date(o.err.last), o.err.retries
	st.rec.SyncErrors = append(st.rec.SyncErrors, *record)
	if record.Warning && !(record.Type == errReimport && st.e.sw.reimportCounts) {
		st.warned()
	} else {
		st.failed()
	}
}

// again is the error state after an error of a type: another type starts anew.
// Retries are runs (SE-K40): an error that an earlier step of this run met
// already is met for the first time still, or is no further retry.
func (e *Engine) again(old *objectError, typ string) *objectError {
	switch {
	case old == nil || old.typ != typ, old.first > e.began:
		return &objectError{typ, e.clock, e.clock, 0}
	case old.last > e.began:
		return &objectError{typ, old.first, e.clock, old.retries}
	}
	return &objectError{typ, old.first, e.clock, old.retries + 1}
}

// incident dates an attempt to connect and adds it to the log (SE-K42).
func (st *step) incident(i Incident) {
	i.Date = st.e.date(st.e.clock)
	st.rec.Connection.Incidents = append(st.rec.Connection.Incidents, i)
}

// spend moves the virtual clock.
func (e *Engine) spend(d time.Duration) { e.clock += int64(d) }

// date is an instant of the virtual clock.
func (e *Engine) date(clock int64) time.Time { return time.Unix(0, clock).UTC() }
