package rundetails

import (
	"fmt"
	"io"
	"math"

	"github.com/runhist/runhist/schemas/source"
)

// maxFaults bounds the faults that Read returns: a document may consist of
// nothing but forbidden characters.
const maxFaults = 1000

// Read reads a document and keeps all of it: every step holds its records.
// What is wrong with the bytes or the markup comes back as faults, at most a
// thousand of them and the fatal one always; where a fault ended the reading,
// the history holds the steps that were complete and the beginning of the run
// they belong to. The error is that of in, and the history is nil then.
//
// The tree takes several times the memory of the document: limits.Bytes bounds
// both.
func Read(in io.Reader, limits source.Limits) (*History, []source.Fault, error) {
	return ReadLocated(in, limits, nil)
}

// ReadLocated is Read for a document that is part of something else: locate,
// where it is not nil, says where in that a place of the document stands, and
// the model has these places. The faults have those of the document.
func ReadLocated(in io.Reader, limits source.Limits, locate func(source.Pos) source.Pos) (*History, []source.Fault, error) {
	var faults []source.Fault
	r := source.NewReader(vocabulary, limits, func(f source.Fault) {
		if len(faults) < maxFaults || f.Fatal {
			faults = append(faults, f)
		}
	})
	r.Reset(in)
	b := &Builder{visitor: Ignore{}, retain: true, maxBytes: math.MaxInt}
	b.Locate(locate)
	b.Reset()
	for {
		switch r.Next() {
		case source.StartElement:
			b.Start(r)
		case source.EndElement:
			b.End(r)
		case source.EndDocument:
			b.Finish()
			return b.history, faults, nil
		case source.Stop:
			if err := r.Err(); err != nil {
				return nil, faults, fmt.Errorf("reading run details: %w", err)
			}
			b.abandon()
			return b.history, faults, nil
		}
	}
}

// abandon keeps the run that was under way when reading stopped.
func (b *Builder) abandon() {
	for _, e := range b.open {
		if r, ok := e.(*Run); ok {
			b.history.RunCount++
			b.history.Runs = append(b.history.Runs, r)
		}
	}
}
