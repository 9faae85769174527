package archive

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

// occurrence is an error in the last run, in time, that has it.
type occurrence struct {
	run    *Seen
	first  int64
	number int64
}

// recur compares an error with the same one in another run.
func (a *Archive) recur(r *Run, s *Seen, e *Error) {
	key := e.key
	for i := range key {
		key[i] ^= r.agent[i]
	}
	o, ok := a.errors[key]
	switch {
	case !ok && len(a.errors) >= maxErrors:
		a.visitor.Recurrence(&Recurrence{Run: r, Error: e, Unknown: true})
	case !ok:
		a.errors[key] = occurrence{s, e.First, e.Number}
	case o.run == s: // several steps of a run may try again
		a.errors[key] = occurrence{s, max(o.first, e.First), max(o.number, e.Number)}
	case o.run.Start != s.Start:
		a.visitor.Recurrence(&Recurrence{Run: r, Error: e, Other: o.run, File: a.fileOf(o.run),
			Earlier: o.run.Start < s.Start, First: o.first, Number: o.number})
		if o.run.Start < s.Start {
			a.errors[key] = occurrence{s, e.First, e.Number}
		}
	}
}
