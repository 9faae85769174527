package rundetails

import (
	"errors"
	"io"
	"iter"
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// Writer writes run histories in their canonical form: UTF-8 with a
// declaration, line feeds, two blanks for each level, children in the order of
// the schema whatever the order in the model, an element without content
// self-closed, and what is not Present left out. Text is escaped so that it
// reads back the same; its line ends stay. step-description is free content
// and is written as it is, without indentation of its own.
//
// A Writer holds no more than the record under way, so that a step may have
// any number of records. Errors are kept: after the first one nothing is
// written, and [Writer.Close] returns it.
type Writer struct {
	markup
	wrapped bool
}

// NewWriter returns a writer to w.
func NewWriter(w io.Writer) *Writer {
	return &Writer{markup: markup{out: w, buf: make([]byte, 0, flushAt+4<<10)}}
}

// Write writes a history that [Read] returned or a program made.
func Write(w io.Writer, h *History) error {
	x := NewWriter(w)
	x.BeginHistory(h.Wrapped)
	for _, r := range h.Runs {
		x.BeginRun(r)
		for _, s := range r.Steps {
			x.WriteStep(s, s.Records())
		}
		x.EndRun()
	}
	x.EndHistory()
	return x.Close()
}

// BeginHistory writes the beginning of a document. Where wrapped is set,
// execution-histories is its root and run-history stands below.
func (w *Writer) BeginHistory(wrapped bool) {
	w.wrapped = wrapped
	w.raw(`<?xml version="1.0" encoding="utf-8"?>` + "\n")
	if wrapped {
		w.start(NameExecutionHistories)
	}
	w.start(NameRunHistory)
}

// EndHistory writes the end of the document.
func (w *Writer) EndHistory() {
	w.end(NameRunHistory)
	if w.wrapped {
		w.end(NameExecutionHistories)
	}
}

// BeginRun writes the beginning of a run: all that stands before its steps.
func (w *Writer) BeginRun(r *Run) {
	w.start(NameRunDetails)
	w.leaf(NameMAID, &r.MAID.Text)
	w.leaf(NameMAName, &r.MAName)
	w.leaf(NameRunNumber, &r.Number.Text)
	w.leaf(NameRunProfileName, &r.ProfileName)
	w.leaf(NameSecurityID, &r.SecurityID)
}

// EndRun writes the end of the run.
func (w *Writer) EndRun() { w.end(NameRunDetails) }

// Close writes what is still held back and returns the first error. It does
// not close the writer below.
func (w *Writer) Close() error {
	if w.err == nil && w.depth > 0 {
		w.err = errors.New("rundetails: the document was closed with open elements")
	}
	w.flush()
	return w.err
}

// Err returns the first error so far, so that a long iteration can stop early.
func (w *Writer) Err() error { return w.err }

// Written is the number of bytes written so far, those still held back
// included.
func (w *Writer) Written() int64 { return w.flushed + int64(len(w.buf)) }

// Records are the records of a step, handed over one at a time. A nil
// sequence is one without records. A record needs to be valid only until the
// next one is asked for.
type Records struct {
	Incidents    iter.Seq[*Incident]
	ObjectErrors iter.Seq[*ObjectError]
	ImportErrors iter.Seq[*ImportError]
	ExportErrors iter.Seq[*ExportError]
	RetryErrors  iter.Seq[*RetryError]
	Outbound     iter.Seq[*CounterBlock]
}

// Records returns the records that the step itself holds, in its retaining
// form.
func (s *Step) Records() Records {
	return Records{
		Incidents:    each(s.Incidents),
		ObjectErrors: each(s.ObjectErrors),
		ImportErrors: each(s.ImportErrors),
		ExportErrors: each(s.ExportErrors),
		RetryErrors:  each(s.RetryErrors),
		Outbound:     each(s.Outbound),
	}
}

func each[R any](list []R) iter.Seq[R] {
	return func(yield func(R) bool) {
		for _, r := range list {
			if !yield(r) {
				return
			}
		}
	}
}

// WriteStep writes a step with its records. What the step itself holds of
// records is not written unless it is handed over: see [Step.Records]. The
// fields of s that stand behind the records in the document, its counter
// blocks, are read only when the records have been written, so that counting
// can go along with the iteration.
func (w *Writer) WriteStep(s *Step, r Records) {
	w.tag(NameStepDetails)
	w.attribute(NameStepNumber, &s.Number.Text)
	w.attribute(NameStepID, &s.ID.Text)
	w.leaf(NameStartDate, &s.Start.Text)
	w.leaf(NameEndDate, &s.End.Text)
	if s.Result.Present {
		w.tag(NameStepResult)
		w.attribute(NameProgress, &s.Result.Progress)
		w.attribute(NameFile, &s.Result.File)
		w.content(NameStepResult, s.Result.Value)
	}
	w.description(&s.Description)
	w.leaf(NameCurrentExportStepCounter, &s.CurrentExport.Text)
	w.leaf(NameLastSuccessfulExportStepCounter, &s.LastExport.Text)
	w.connection(&s.Connection, r.Incidents)
	list(w, &s.DiscoveryErrors, NameMADiscoveryErrors, func() { records(w, r.ObjectErrors, w.objectError) })
	if s.DiscoveryCounters.Present {
		w.start(NameMADiscoveryCounters)
		w.leaf(NameFilteredDeletions, &s.DiscoveryCounters.FilteredDeletions.Text)
		w.leaf(NameFilteredObjects, &s.DiscoveryCounters.FilteredObjects.Text)
		w.end(NameMADiscoveryCounters)
	}
	list(w, &s.SyncErrors, NameSynchronizationErrors, func() {
		records(w, r.ImportErrors, w.importError)
		records(w, r.ExportErrors, w.exportError)
	})
	list(w, &s.RetryErrorBlock, NameMVRetryErrors, func() { records(w, r.RetryErrors, w.retryError) })
	records(w, r.Outbound, func(b *CounterBlock) { w.counterBlock(b, Outbound) })
	w.blocks(&s.Staging, Staging, s.MoreBlocks)
	w.blocks(&s.Inbound, Inbound, s.MoreBlocks)
	w.blocks(&s.Export, Export, s.MoreBlocks)
	w.end(NameStepDetails)
}

// records writes the records of a sequence, until an error.
func records[R any](w *Writer, seq iter.Seq[*R], write func(*R)) {
	if seq == nil {
		return
	}
	for r := range seq {
		write(r)
		if w.err != nil {
			return
		}
	}
}

// list writes an element that holds records. One that is not Present is
// written all the same when there are records, which nothing else could hold.
func list(w *Writer, b *Block, name source.Sym, content func()) {
	if b.Present {
		w.start(name)
		content()
		w.end(name)
		return
	}
	w.hold(name)
	content()
	w.release(name)
}

func (w *Writer) connection(c *Connection, incidents iter.Seq[*Incident]) {
	log := func() {
		list(w, &c.Log, NameConnectionLog, func() { records(w, incidents, w.incident) })
	}
	if !c.Present {
		w.hold(NameMAConnection)
		log()
		w.release(NameMAConnection)
		return
	}
	w.start(NameMAConnection)
	w.leaf(NameConnectionResult, &c.Result)
	w.leaf(NameServer, &c.Server)
	log()
	w.end(NameMAConnection)
}

// blocks writes the counter blocks of one kind.
func (w *Writer) blocks(first *CounterBlock, kind BlockKind, more []*CounterBlock) {
	w.counterBlock(first, kind)
	for _, b := range more {
		if b.Kind == kind {
			w.counterBlock(b, kind)
		}
	}
}

func (w *Writer) counterBlock(b *CounterBlock, kind BlockKind) {
	if !b.Present {
		return
	}
	element := kind.Element()
	w.tag(element)
	w.attribute(NameMA, &b.MA)
	w.attribute(NameMAID, &b.MAID.Text)
	for i, name := range kind.Names() {
		c := &b.counters[i]
		if c.Present {
			w.tag(name)
			w.attribute(NameDetail, &c.Detail)
			w.content(name, c.Value)
		}
	}
	w.end(element)
}

// description writes step-description as it is: blanks are content there.
func (w *Writer) description(d *Description) {
	switch {
	case d.Root != nil:
		w.indent()
		w.free(d.Root, "step-description")
		w.raw("\n")
	case d.Present:
		w.start(NameStepDescription)
		w.end(NameStepDescription)
	}
}

func (w *Writer) free(a *Any, tag string) {
	w.raw("<")
	w.name(tag)
	for i := range a.Attributes {
		at := &a.Attributes[i]
		w.raw(" ")
		w.name(at.Name)
		w.raw(`="`)
		w.escape(at.Value, &inAttribute)
		w.raw(`"`)
	}
	if len(a.Children) == 0 {
		w.raw("/>")
		return
	}
	w.raw(">")
	for i := range a.Children {
		c := &a.Children[i]
		w.escape(c.Text, &inText)
		if c.Element != nil {
			w.free(c.Element, c.Element.Tag)
		}
	}
	w.raw("</")
	w.name(tag)
	w.raw(">")
}

// name writes a name of free content. A program could make one that would
// change the markup around it.
func (w *Writer) name(name string) {
	if name == "" || strings.ContainsAny(name, " \t\r\n<>&/='\"") {
		if w.err == nil {
			w.err = errors.New("rundetails: " + name + " is no name of an element or attribute")
		}
		return
	}
	w.raw(name)
}
