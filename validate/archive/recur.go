package archive

import (
	"encoding/binary"
	"math/bits"
)

// Recurrence is an error that an earlier run, or a later one, lists too.
type Recurrence struct {
	Run   *Run
	Error *Error
	Other *Seen
	File  string // of the other run, "" where both stand in one
	// Earlier means that the other run began before.
	Earlier bool
	// First and Number are first-occurred and retry-count there; Number is -1
	// where it is not known.
	First, Number int64
	// Unknown means that there was no room to remember the error.
	Unknown bool
}

// Where says where the other run stands.
func (r *Recurrence) Where() string { return where(r.Other.Line, r.File) }

// occurrence is an error in the last run, in time, that has it. There may be
// very many: they hold no pointers, and are found by half a digest.
type occurrence struct {
	first  int64
	run    uint32
	number uint32 // noNumber where it is not known
}

const noNumber = ^uint32(0)

func occurrenceOf(run *Seen, first int64, number uint32) occurrence {
	return occurrence{first: first, run: run.index, number: number}
}

// recur compares an error with the same one in another run.
func (a *Archive) recur(r *Run, s *Seen, e *Error) {
	key := e.key ^ binary.LittleEndian.Uint64(r.agent[:]) ^ bits.RotateLeft64(binary.LittleEndian.Uint64(r.agent[8:]), 32)
	o, ok := a.errors[key]
	if !ok {
		if len(a.errors) >= maxErrors {
			a.visitor.Recurrence(&Recurrence{Run: r, Error: e, Unknown: true})
			return
		}
		a.errors[key] = occurrenceOf(s, e.First, e.number)
		return
	}
	switch other := a.seen[o.run]; {
	case other == s: // several steps of a run may try again
		if e.number != noNumber && (o.number == noNumber || o.number < e.number) {
			o.number = e.number
		}
		a.errors[key] = occurrenceOf(s, max(o.first, e.First), o.number)
	case other.Start != s.Start:
		earlier := other.Start < s.Start
		a.visitor.Recurrence(&Recurrence{Run: r, Error: e, Other: other, File: a.fileOf(other), Earlier: earlier,
			First: o.first, Number: count(o.number)})
		if earlier {
			a.errors[key] = occurrenceOf(s, e.First, e.number)
		}
	}
}

// count is a retry-count, or -1.
func count(number uint32) int64 {
	if number == noNumber {
		return -1
	}
	return int64(number)
}
