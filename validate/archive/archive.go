// Package archive is what one call of the validator remembers of the runs that
// it has seen, so that rules can compare runs, whatever document they stand in.
//
//	nodes -> Collector -> Facts of a document -> Archive -> pairs, recurrences, accounts -> rules
//
// A [Collector] follows the nodes of a document and keeps a few numbers of each
// run, with memory of their own: [Facts]. An [Archive] takes the facts of one
// document after the other, in their order, compares each run with those it has
// seen before and hands what it finds to a [Visitor]: a [Pair] for every two
// runs that have something to do with each other, a [Recurrence] for every
// error that comes back, and at the end an [Account] for every export.
//
// Everything that grows has a limit. What does not fit is not forgotten
// silently: it is handed out as not comparable.
//
// The package imports the model and source.
package archive

import (
	"math"

	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// The limits of what is remembered in one call; all of it together stays
// below 40 MiB.
const (
	maxRuns     = 1 << 17
	maxAgents   = 1 << 12
	maxProfiles = 1 << 14
	maxSteps    = 1 << 16 // ids of configured steps
	maxErrors   = 1 << 17 // errors, each of one object
	maxFlows    = 1 << 17 // provisionings, and exports

	// Of one document, which waits for its turn together with others.
	maxDocumentErrors = 1 << 13
	maxDocumentFlows  = 1 << 16
)

// Facts are what is kept of the runs of a document.
type Facts struct {
	runs   slab[Run]
	steps  slab[Step]
	errors slab[Error]
	flows  slab[flow]
}

// Run is a run of the document whose turn it is.
type Run struct {
	rundetails.Place // of run-details

	ID      rundetails.ID // of the agent, where Known
	Known   bool          // the id can be read and is no mask
	Name    string        // of the agent, cut when it is long
	Profile string        // cut when it is long
	Number  Value
	Start   Value  // of the step with the lowest number
	End     Value  // of the step with the highest number, where it has ended
	Result  string // of that step
	Steps   int

	agent   rundetails.ID // a key: the id, or a digest of the name
	named   bool          // there is such a key
	profile uint64        // digest
	print   uint64        // digest of the content

	maID, name, number, start spot
	first                     *rundetails.Place // step that Start is of

	stepsTo, errorsTo, flowsTo int // ends of the run's part of the facts
	errorsCut, flowsCut        bool
}

// Value is a number or an instant of a run.
type Value struct {
	N          int64
	Valid      bool
	Unreadable bool // it is there
}

func number(n *rundetails.Number) Value {
	return Value{N: int64(n.N), Valid: n.Valid, Unreadable: n.Present && !n.Valid}
}

func instant(i *rundetails.Instant) Value {
	return Value{N: i.Millis, Valid: i.Valid, Unreadable: i.Present && !i.Valid}
}

// spot is the place of a child or an attribute whose parent is known.
type spot struct{ line, column uint32 }

func spotOf(p *rundetails.Place) spot { return spot{p.Line, p.Column} }

func (s spot) element(up *rundetails.Place, name source.Sym) *rundetails.Place {
	p := rundetails.Place{Line: s.line, Column: s.column, Index: 1, Name: name}.Under(up)
	return &p
}

// MAIDAt is where ma-id stands.
func (r *Run) MAIDAt() *rundetails.Place { return r.maID.element(&r.Place, rundetails.NameMAID) }

// NameAt is where ma-name stands.
func (r *Run) NameAt() *rundetails.Place { return r.name.element(&r.Place, rundetails.NameMAName) }

// NumberAt is where run-number stands.
func (r *Run) NumberAt() *rundetails.Place {
	return r.number.element(&r.Place, rundetails.NameRunNumber)
}

// StartAt is where the start-date of the first step stands.
func (r *Run) StartAt() *rundetails.Place {
	return r.start.element(r.first, rundetails.NameStartDate)
}

// Step is the id of a step.
type Step struct {
	rundetails.Place // of step-details
	ID               rundetails.ID
	id               spot
}

// IDAt is where @step-id stands.
func (s *Step) IDAt() *rundetails.Place {
	p := rundetails.Place{Line: s.id.line, Column: s.id.column, Name: rundetails.NameStepID}.Under(&s.Place)
	return &p
}

// Error is an import-error or export-error.
type Error struct {
	rundetails.Place
	First int64 // first-occurred

	key          uint64 // of object, kind and type
	number       uint32 // retry-count, or noNumber
	first, retry spot
}

// Number is retry-count, or -1 where it cannot be read.
func (e *Error) Number() int64 { return count(e.number) }

// FirstAt is where first-occurred stands.
func (e *Error) FirstAt() *rundetails.Place {
	return e.first.element(&e.Place, rundetails.NameFirstOccurred)
}

// RetryAt is where retry-count stands.
func (e *Error) RetryAt() *rundetails.Place {
	return e.retry.element(&e.Place, rundetails.NameRetryCount)
}

// flow is what a step did to the pending changes of an agent.
type flow struct {
	rundetails.Place               // of export-add
	kind             flowKind      //
	complete         bool          // an export: it came to its end
	agent            rundetails.ID // the key of the target, for provisioned
	partition        uint64        // of an export
	at, until        int64
	adds, failures   uint32
}

type flowKind uint8

const (
	provisioned flowKind = iota // adds toward another agent
	returned                    // exported before, and missing when read again
	exported
)

// clamp makes a counter fit.
func clamp(n uint64) uint32 { return uint32(min(n, math.MaxUint32)) }
