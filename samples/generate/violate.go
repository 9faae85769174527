package generate

import (
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/rundetails"
)

// Violation asks for a fault in what is otherwise correct.
type Violation struct {
	ID    string // of a rule or of a fault against the schema; see [Violations]
	Count int    // how often, in all runs together; 0 means once
}

// fault says how to violate a rule. One of its functions is set. It is shown
// one place after the other, in document order; where the fault can be, the
// function introduces it and returns true.
type fault struct {
	id string

	numbers     func(numbers []uint64, count int) bool // of the steps of a run, all at once
	run         func(h *rundetails.Run) bool
	step        func(s *step) bool // before its records are written
	objectError func(e *rundetails.ObjectError) bool
	outbound    func(b *rundetails.CounterBlock) bool
	importError func(r *run, e *rundetails.ImportError) bool
	exportError func(s *step, e *rundetails.ExportError) bool
	counters    func(s *step) bool // the blocks of a step, when its errors were written
	// line edits a line of the document, without its indentation, for what
	// the model cannot say.
	line func(line string) (string, bool)
	// also is an edit that goes with that of line.
	also func(line string) (string, bool)
}

// pending is a fault that is still to be introduced.
type pending struct {
	*fault
	left, alsoLeft int
}

// faults are those of a run, or of the lines of a document.
type faults []*pending

// each shows a place to the faults. Where one is enough for a place, such as a
// single error, the first that fits is the only one.
func (f faults) each(one bool, introduce func(*fault) bool) {
	for _, p := range f {
		if p.left > 0 && introduce(p.fault) {
			p.left--
			if one {
				return
			}
		}
	}
}

// faults returns those for the runs from first on, of which there are count:
// each fault is spread over all runs of the options.
func (o *Options) faults(first, count int) (list faults) {
	for i := range o.Violations {
		v := &o.Violations[i]
		left := 0
		for run := first; run < first+count; run++ {
			left += v.Count/o.Runs + b2i(run < v.Count%o.Runs)
		}
		if left > 0 {
			list = append(list, &pending{fault: known(v.ID), left: left, alsoLeft: left})
		}
	}
	return list
}

// checkViolations sets default counts and refuses ids that are not known.
func (o *Options) checkViolations() error {
	list := append([]Violation(nil), o.Violations...) // the caller's stay as they are
	for i := range list {
		v := &list[i]
		if known(v.ID) == nil {
			return fmt.Errorf("generate: no violation of %q is known; known are %s", v.ID, strings.Join(Violations(), ", "))
		}
		if v.Count < 0 {
			return fmt.Errorf("generate: %d violations of %s are not possible", v.Count, v.ID)
		}
		v.Count = max(v.Count, 1)
	}
	o.Violations = list
	return nil
}

// missing is an error when some faults found no place.
func (f faults) missing() error {
	for _, p := range f {
		if p.left > 0 {
			return fmt.Errorf("generate: there is no place for %d of the violations of %s in a run of this size", p.left, p.id)
		}
	}
	return nil
}

// breakStep introduces the faults of a step before it is written.
func (r *run) breakStep(s *step) {
	r.faults.each(false, func(f *fault) bool { return f.step != nil && f.step(s) })
	for _, e := range s.objects {
		r.faults.each(true, func(f *fault) bool { return f.objectError != nil && f.objectError(e) })
	}
	for _, b := range s.outbound {
		r.faults.each(true, func(f *fault) bool { return f.outbound != nil && f.outbound(b) })
	}
}

// lineWriter edits the lines that go through it.
type lineWriter struct {
	out    io.Writer
	faults faults
	rest   []byte // of a line whose end is not there yet
}

// Write writes the lines that are complete.
func (l *lineWriter) Write(p []byte) (int, error) {
	l.rest = append(l.rest, p...)
	var edited []byte
	for {
		i := bytes.IndexByte(l.rest, '\n')
		if i < 0 {
			break
		}
		edited = append(edited, l.edit(string(l.rest[:i]))...)
		edited = append(edited, '\n')
		l.rest = l.rest[i+1:]
	}
	if _, err := l.out.Write(edited); err != nil {
		return 0, err
	}
	return len(p), nil
}

func (l *lineWriter) edit(line string) string {
	content := strings.TrimLeft(line, " ")
	indent := line[:len(line)-len(content)]
	for _, p := range l.faults {
		if p.left > 0 {
			if with, ok := p.line(content); ok {
				p.left--
				return indent + strings.ReplaceAll(with, "\n", "\n"+indent)
			}
		}
		if p.also != nil && p.alsoLeft > 0 {
			if with, ok := p.also(content); ok {
				p.alsoLeft--
				return indent + with
			}
		}
	}
	return line
}
