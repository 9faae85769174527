// Package convert takes documents of any form apart into their runs, and
// writes each of them in canonical form: UTF-8, the right label, one
// run-history around it.
//
// It works on the markup and not on the model, so that what the model does not
// know (unknown elements and attributes, values that are wrong) comes through.
// Children keep their order. Comments, processing instructions and CDATA
// sections are not part of a history and do not: only their text does. What
// stands beside the runs goes with the run that it follows, and what stands
// before the first goes with that. Where an element around the runs is not
// written, its attributes stand at the next one inside that is: so namespace
// declarations stay in scope.
//
// A [Converter] holds one value at a time, never a run. It imports forms, source
// and rundetails; who asks for it says where runs go ([Target]) and what is
// changed on the way ([Rewriter]).
package convert

import (
	"bytes"
	"errors"
	"io"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Form is what is written.
type Form uint8

// The forms.
const (
	// Single is a document of its own for each run: run-history with one
	// run-details, which is all that [MS-UPSMODS] knows.
	Single Form = iota
	// Shared is one document whose run-history has all runs, as the schema of
	// FIM 2010 has it.
	Shared
	// Wrapped is one document whose execution-histories has a run-history for
	// each run.
	Wrapped
)

// Begin returns what stands before the runs of a document.
func (f Form) Begin() string {
	const declaration = `<?xml version="1.0" encoding="utf-8"?>` + "\n"
	switch f {
	case Shared:
		return declaration + "<run-history>\n"
	case Wrapped:
		return declaration + "<execution-histories>\n"
	}
	return ""
}

// End returns what stands behind the runs of a document.
func (f Form) End() string {
	switch f {
	case Shared:
		return "</run-history>\n"
	case Wrapped:
		return "</execution-histories>\n"
	}
	return ""
}

// level is how deep a run, with what is written around it, stands.
func (f Form) level() int {
	if f == Single {
		return 0
	}
	return 1
}

// Identity is what a run is known by, as it is written.
type Identity struct {
	Agent, Number, Profile string
	Start                  string // the earliest start-date of its steps that is a date, or ""
}

// Target takes runs. Its errors end the conversion.
type Target interface {
	// Begin returns where the next run is to be written.
	Begin() (io.Writer, error)
	// Complete is called when the run has been written.
	Complete(run Identity) error
	// Abandon is called instead when the document broke off inside the run.
	Abandon() error
}

// Rewriter changes markup on the way.
type Rewriter interface {
	// Start takes a start tag and may change its name and its attributes.
	Start(tag *rundetails.Tag)
	// Text returns what is written for a piece of the text of the innermost
	// element that was started and not ended. Both slices are valid until the
	// next call.
	Text(text []byte) []byte
	// End is called at the end of an element.
	End()
}

// Same is a Rewriter that changes nothing.
type Same struct{}

// Start changes nothing.
func (Same) Start(*rundetails.Tag) {}

// Text returns the text.
func (Same) Text(text []byte) []byte { return text }

// End does nothing.
func (Same) End() {}

// maxFaults is how many faults that do not end the reading are kept.
const maxFaults = 20

// Outcome is what came of a document.
type Outcome struct {
	Runs int // that were completed
	// Faults are what is wrong with the bytes or the markup: the first ones
	// and the one that ended the reading. A label that contradicts the bytes
	// is none here, because it is put right.
	Faults []source.Fault
	More   int // further faults
	// Broken means that the document could not be read to its end; Cut, that
	// this was inside a run, of which nothing is kept.
	Broken, Cut bool
	// Lost are the places of elements around the runs with an attribute that
	// an inner one hides, and of what stands beside runs where there is none.
	Lost []source.Pos
}

// Converter converts documents, one after the other. It is not safe for
// concurrent use.
type Converter struct {
	form    Form
	target  Target
	rewrite Rewriter
	forms   *forms.Documents
	origin  *forms.Origin // of the document under way
	reader  *source.Reader
	outcome Outcome

	around []around // elements around the runs that are open
	depth  int      // open elements inside of what is written
	unit   *unit    // the run under way, with what stands beside it
}

// around is an open element that is not written itself.
type around struct {
	sym     source.Sym // 0 in a document that is no history
	attrs   []rundetails.TagAttr
	pos     source.Pos
	written bool // at the run-history of the unit under way
}

// New returns a converter. Documents are read within limits.
func New(limits source.Limits, form Form, rewrite Rewriter, target Target) *Converter {
	c := &Converter{form: form, target: target, rewrite: rewrite}
	c.reader = source.NewReader(rundetails.Vocabulary(), limits, c.fault)
	c.forms = forms.NewDocuments(limits, func(f source.Fault) {
		c.origin = nil
		c.fault(f)
	})
	return c
}

func (c *Converter) fault(f source.Fault) {
	f, theirs := c.origin.Fault(f)
	switch {
	case !theirs:
		return
	case f.ID == source.SRCLabel:
	case len(c.outcome.Faults) >= maxFaults && !f.Fatal:
		c.outcome.More++
	default:
		c.outcome.Faults = append(c.outcome.Faults, f)
	}
	c.outcome.Broken = c.outcome.Broken || f.Fatal
}

// Document converts the documents of an input. What is wrong with them is part
// of the outcome; the error is that of the target, a [ReadError] that of the
// input.
func (c *Converter) Document(in io.Reader) (Outcome, error) {
	c.outcome = Outcome{}
	c.forms.Reset(in)
	for {
		doc, err := c.forms.Next()
		switch {
		case err == io.EOF:
			return c.outcome, nil
		case err != nil:
			c.outcome.Broken = true
			return c.outcome, &ReadError{err}
		}
		if err := c.one(doc); err != nil {
			return c.outcome, err
		}
	}
}

// one converts a document.
func (c *Converter) one(doc *forms.Document) error {
	c.origin = doc.Origin
	c.around, c.depth, c.unit = c.around[:0], 0, nil
	c.reader.Reset(doc)
	err := c.document()
	if err != nil && c.unit != nil {
		err = errors.Join(err, c.target.Abandon())
	}
	c.unit = nil
	return err
}

// ReadError is an error of the input.
type ReadError struct{ Err error }

// Error says what the input said.
func (e *ReadError) Error() string { return e.Err.Error() }

// Unwrap returns the error of the input.
func (e *ReadError) Unwrap() error { return e.Err }

func (c *Converter) document() error {
	for {
		var err error
		switch c.reader.Next() {
		case source.StartElement:
			err = c.start()
		case source.EndElement:
			err = c.end()
		case source.EndDocument:
			return c.close()
		case source.Stop:
			err := c.close()
			if failed := c.reader.Err(); failed != nil {
				c.outcome.Broken = true
				err = errors.Join(&ReadError{failed}, err)
			}
			return err
		}
		if err != nil {
			return err
		}
	}
}

func (c *Converter) start() error {
	if c.depth == 0 {
		if err := c.beside(); err != nil {
			return err
		}
		sym := c.reader.Sym()
		if c.isAround(sym) {
			c.enter(sym)
			return nil
		}
		if c.foreign() || len(c.around) == 0 && sym != rundetails.NameRunDetails {
			c.around = append(c.around, around{}) // nothing in it is a run
			return nil
		}
		if err := c.beginUnit(sym == rundetails.NameRunDetails); err != nil {
			return err
		}
	} else {
		c.unit.text(c.rewrite, c.reader.Lead())
	}
	c.depth++
	tag := c.tag()
	if c.depth == 1 {
		tag.Attrs = c.inherit(tag.Attrs, tag.Sym == rundetails.NameRunDetails)
	}
	c.unit.start(c.rewrite, tag)
	return c.unit.out.Err()
}

// isAround tells whether an element at the current place stands around runs.
func (c *Converter) isAround(sym source.Sym) bool {
	switch len(c.around) {
	case 0:
		return sym == rundetails.NameRunHistory || sym == rundetails.NameExecutionHistories
	case 1:
		return sym == rundetails.NameRunHistory && c.around[0].sym == rundetails.NameExecutionHistories
	}
	return false
}

// foreign tells whether the document is no history.
func (c *Converter) foreign() bool { return len(c.around) > 0 && c.around[0].sym == 0 }

// enter goes into an element around runs.
func (c *Converter) enter(sym source.Sym) {
	c.around = append(c.around, around{sym: sym, attrs: c.tag().Attrs, pos: c.reader.Pos()})
}

func (c *Converter) end() error {
	if c.depth > 0 {
		c.unit.text(c.rewrite, c.reader.Lead())
		c.depth--
		c.unit.end(c.rewrite)
		return c.unit.out.Err()
	}
	if err := c.beside(); err != nil {
		return err
	}
	c.around = c.around[:len(c.around)-1]
	return nil
}

// beside takes the text between runs.
func (c *Converter) beside() error {
	text := bytes.Trim(c.reader.Lead(), space)
	if len(text) == 0 || len(c.around) == 0 || c.foreign() {
		return nil
	}
	if err := c.beginUnit(false); err != nil {
		return err
	}
	c.unit.text(c.rewrite, text)
	return c.unit.out.Err()
}

// tag is the current start tag.
func (c *Converter) tag() *rundetails.Tag {
	r := c.reader
	tag := &rundetails.Tag{Sym: r.Sym(), Name: r.Name()}
	if attrs := r.Attrs(); len(attrs) > 0 {
		tag.Attrs = make([]rundetails.TagAttr, 0, len(attrs)+2)
		for i := range attrs {
			a := &attrs[i]
			tag.Attrs = append(tag.Attrs, rundetails.TagAttr{
				Sym: a.Sym, Name: string(a.Name), Space: a.Space, Local: string(a.Local), Value: string(a.Value),
			})
		}
	}
	return tag
}

// space is the white space of XML.
const space = " \t\r\n"

func blank(text []byte) bool { return len(bytes.Trim(text, space)) == 0 }
