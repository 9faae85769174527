package cli

import (
	"context"
	"io"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
	"github.com/runhist/runhist/validate"
)

// loaded is the runs of one side of a comparison, and the document of each.
type loaded struct {
	runs  []*rundetails.Run
	files []string
}

// loading reads the sides of a comparison into memory.
type loading struct {
	notices
	progress          string
	quiet             bool
	bytes             int64 // of a document, 0 for any
	malformed, unread bool
	told              int // faults that were told of the document under way
}

// side reads what an argument names. The error ends the command; what is wrong
// with a document alone is told and noted.
func (l *loading) side(ctx context.Context, s Streams, arg, stdinName string) (*loaded, error) {
	in, problems := s.inputs([]string{arg}, stdinName, l.quiet)
	l.unread = l.unread || len(problems) > 0
	_, done, stop, err := in.follow(l.progress, l.quiet, s)
	if err != nil {
		return nil, err
	}
	defer stop()
	side := &loaded{}
	for _, input := range in.list {
		if err := l.input(ctx, input, side); err != nil {
			return nil, err
		}
		done(0)
	}
	return side, nil
}

func (l *loading) input(ctx context.Context, input validate.Input, side *loaded) error {
	f, err := input.Open()
	if err != nil {
		l.unread = true
		l.tell("%v", err)
		return nil
	}
	defer f.Close()
	l.told = 0
	limits := source.DefaultLimits()
	limits.Bytes = l.bytes
	docs := forms.NewDocuments(limits, func(f source.Fault) { l.fault(input.File, f) })
	docs.Reset(until(ctx, f))
	before := len(side.runs)
	for {
		doc, err := docs.Next()
		if err == nil {
			err = l.document(input.File, doc, limits, side)
		}
		switch {
		case err == io.EOF:
			if len(side.runs) == before && l.told == 0 {
				l.tell("%s: there is no run in it", input.File)
			}
			return nil
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			l.unread = true
			l.tell("read %s: %v", input.File, err)
			return nil
		}
	}
}

// document reads one document of an input.
func (l *loading) document(file string, doc *forms.Document, limits source.Limits, side *loaded) error {
	var locate func(source.Pos) source.Pos
	if doc.Origin != nil {
		locate = doc.Origin.At
	}
	h, faults, err := rundetails.ReadLocated(doc, limits, locate)
	for _, fault := range faults {
		if fault, theirs := doc.Origin.Fault(fault); theirs {
			l.fault(file, fault)
		}
	}
	if err != nil {
		return err
	}
	for _, r := range h.Runs {
		side.runs = append(side.runs, r)
		side.files = append(side.files, file)
	}
	return nil
}

// maxTold is how many faults of a document are told.
const maxTold = 3

// fault tells what is wrong with a document. That a label contradicts the bytes
// is nothing to tell: every product writes it.
func (l *loading) fault(file string, f source.Fault) {
	if f.ID == source.SRCLabel {
		return
	}
	what := "not well-formed"
	if f.Unread {
		what = "could not be read on"
	}
	l.unread, l.malformed = l.unread || f.Unread, l.malformed || !f.Unread
	if l.told++; l.told <= maxTold || f.Fatal {
		l.tell("%s:%d:%d: %s: %s [%s]", file, f.Pos.Line, f.Pos.Column, what, f.Message, f.ID)
	}
}
