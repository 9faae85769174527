package operations

import (
	"io"
	"strings"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Reader reads inputs of any form, one at a time, in one pass. It is not safe
// for concurrent use.
type Reader struct {
	forms    *forms.Documents
	origin   *forms.Origin // of the document under way
	source   *source.Reader
	builder  *rundetails.Builder
	follower Follower
	outcome  Outcome
}

// Follower is a Visitor that is told where documents begin, and where one ends
// early: what was open there is handed out after Cut.
type Follower interface {
	rundetails.Visitor
	Begin()
	Cut()
}

// Outcome is what became of an input.
type Outcome struct {
	Runs int
	// Faults are what is wrong with the bytes or the markup: the first that
	// did not end the reading, and the one that did. That a label contradicts
	// the bytes is no fault here: every product writes it.
	Faults []source.Fault
	More   int // further faults
	// Oversize is the place of the first record that is larger than may be
	// held; parts of it are not shown.
	Oversize *source.Pos
}

// Malformed tells whether the document is not well-formed.
func (o *Outcome) Malformed() bool {
	for i := range o.Faults {
		if !o.Faults[i].Unread {
			return true
		}
	}
	return false
}

// Unread tells whether there was something that could not be read although it
// may be well-formed: a limit, an encoding, a compression.
func (o *Outcome) Unread() bool {
	for i := range o.Faults {
		if o.Faults[i].Unread {
			return true
		}
	}
	return o.Oversize != nil
}

// NewReader returns a reader that hands each run to yield.
func NewReader(limits source.Limits, keep Keep, yield func(*Run)) *Reader {
	return Follow(limits, newCollector(keep, yield))
}

// Follow returns a reader that hands all nodes to the follower.
func Follow(limits source.Limits, f Follower) *Reader {
	r := &Reader{follower: f}
	r.forms = forms.NewDocuments(limits, func(f source.Fault) {
		r.origin = nil
		r.fault(f)
	})
	r.source = source.NewReader(rundetails.Vocabulary(), limits, r.fault)
	r.builder = rundetails.NewBuilder(f, limits.Value, func(at *rundetails.Place) {
		if r.outcome.Oversize == nil {
			pos := at.Pos()
			r.outcome.Oversize = &pos
		}
	})
	return r
}

func (r *Reader) fault(f source.Fault) {
	f, theirs := r.origin.Fault(f)
	if !theirs {
		return
	}
	switch {
	case f.ID == source.SRCLabel:
	case f.Fatal || len(r.outcome.Faults) == 0:
		r.outcome.Faults = append(r.outcome.Faults, f)
	default:
		r.outcome.More++
	}
}

// Document reads an input. What could be read of a document that ends early is
// handed out too. The error is that of in.
func (r *Reader) Document(in io.Reader) (Outcome, error) {
	r.outcome = Outcome{}
	r.forms.Reset(in)
	for {
		doc, err := r.forms.Next()
		if err == nil {
			err = r.read(doc)
		}
		if err == io.EOF {
			return r.outcome, nil
		}
		if err != nil {
			return r.outcome, err
		}
	}
}

// read reads one of its documents.
func (r *Reader) read(doc *forms.Document) error {
	r.origin = doc.Origin
	r.follower.Begin()
	r.source.Reset(doc)
	r.builder.Locate(nil)
	if doc.Origin != nil {
		r.builder.Locate(doc.Origin.At)
	}
	r.builder.Reset()
	open := 0
	for {
		switch r.source.Next() {
		case source.StartElement:
			open++
			r.builder.Start(r.source)
		case source.EndElement:
			open--
			r.builder.End(r.source)
		case source.EndDocument:
			r.builder.Finish()
			r.outcome.Runs += r.builder.Runs()
			return nil
		case source.Stop:
			r.close(open)
			r.outcome.Runs += r.builder.Runs()
			return r.source.Err()
		}
	}
}

// close ends the elements that are open where reading stopped, so that the
// run and the step under way are handed out with what they have.
func (r *Reader) close(open int) {
	// The end tag that each of them is given stands for nothing: the text
	// before it is empty, because half a value could be taken for a whole one.
	end := source.NewReader(rundetails.Vocabulary(), source.DefaultLimits(), func(source.Fault) {})
	end.Reset(strings.NewReader("<end/>"))
	for end.Next() != source.EndElement {
	}
	r.follower.Cut()
	for range open {
		r.builder.End(end)
	}
}
