package rundetails

import (
	"io"
	"strings"
	"unsafe"

	"github.com/runhist/runhist/schemas/source"
)

// Tag is a start tag that is to be written.
type Tag struct {
	Sym   source.Sym // of the name as it was read, 0 when the vocabulary lacks it
	Name  string     // as it is to be written, prefix included
	Attrs []TagAttr
}

// TagAttr is an attribute of a [Tag], namespace declarations included.
type TagAttr struct {
	Sym          source.Sym // of the name as it was read
	Name         string     // as it is to be written, prefix included
	Space, Local string     // as they were read
	Value        string
}

// TokenWriter writes markup as it comes, whatever it is, in the form of
// [Writer]: what the model does not know is written too, and children keep
// their order. Elements that only hold others are indented by two blanks a
// level; text in them that is not white space stays as it is. All other
// elements, those of free content and those that nobody knows among them, are
// written as they were. So a document that [Writer] wrote comes out the same.
//
// It holds no more than the names of the open elements. Errors are kept, as
// Writer keeps them.
type TokenWriter struct {
	markup
	frames []tokenFrame
	base   int  // levels around what is written
	begun  bool // something stands before the next line
	glued  bool // text goes up to the tag that comes next
}

type tokenFrame struct {
	name   string
	holder bool // holds others only, and so do all around it
	filled bool
}

// NewTokenWriter returns a writer to w of what stands so many levels deep.
func NewTokenWriter(w io.Writer, level int) *TokenWriter {
	return &TokenWriter{markup: markup{out: w, buf: make([]byte, 0, flushAt+4<<10)}, base: level}
}

// Declaration writes the declaration, which comes first.
func (w *TokenWriter) Declaration() {
	w.raw(`<?xml version="1.0" encoding="utf-8"?>`)
	w.begun = true
}

// Start writes a start tag.
func (w *TokenWriter) Start(tag *Tag) {
	outer := w.fill()
	if outer == nil || outer.holder {
		w.line()
	}
	w.raw("<")
	w.raw(tag.Name)
	for i := range tag.Attrs {
		a := &tag.Attrs[i]
		w.raw(" ")
		w.raw(a.Name)
		w.raw(`="`)
		w.escape(a.Value, &inAttribute)
		w.raw(`"`)
	}
	w.frames = append(w.frames, tokenFrame{
		name:   tag.Name,
		holder: (outer == nil || outer.holder) && int(tag.Sym) < len(holders) && holders[tag.Sym],
	})
	w.begun = true
}

// Text writes the character data between two tags. The writer does not keep
// the slice.
func (w *TokenWriter) Text(text []byte, blank bool) {
	if len(text) == 0 || blank && (len(w.frames) == 0 || w.frames[len(w.frames)-1].holder) {
		return
	}
	w.fill()
	w.glued, w.begun = true, true
	w.escape(unsafe.String(&text[0], len(text)), &inText)
}

// End writes the end tag of the innermost open element.
func (w *TokenWriter) End() {
	last := len(w.frames) - 1
	f := w.frames[last]
	w.frames = w.frames[:last]
	switch {
	case !f.filled:
		w.raw("/>")
	default:
		if f.holder {
			w.line()
		}
		w.raw("</")
		w.raw(f.name)
		w.raw(">")
	}
	w.glued = false
}

// fill notes that the innermost open element is not empty, and returns it.
func (w *TokenWriter) fill() *tokenFrame {
	if len(w.frames) == 0 {
		return nil
	}
	f := &w.frames[len(w.frames)-1]
	if !f.filled {
		f.filled = true
		w.raw(">")
	}
	return f
}

// line begins a line for a tag, unless there is text before it.
func (w *TokenWriter) line() {
	if w.glued {
		w.glued = false
		return
	}
	if w.begun {
		w.raw("\n")
	}
	w.raw(strings.Repeat("  ", w.base+len(w.frames)))
}

// Err returns the first error so far, so that a long document can stop early.
func (w *TokenWriter) Err() error { return w.err }

// Close writes what is still held back, with a line feed behind it, and
// returns the first error. It does not close the writer below.
func (w *TokenWriter) Close() error {
	if w.begun {
		w.raw("\n")
	}
	w.flush()
	return w.err
}

// holders are the elements that only hold others.
var holders = func() (t [len(names)]bool) {
	for _, sym := range []source.Sym{
		NameExecutionHistories, NameRunHistory, NameRunDetails, NameStepDetails,
		NameMAConnection, NameConnectionLog, NameIncident, NameCDError,
		NameMADiscoveryErrors, NameMAObjectError, NameMADiscoveryCounters,
		NameSynchronizationErrors, NameImportError, NameExportError, NameMVRetryErrors, NameRetryError,
		NameChangeNotReimported, NameDelta, NameEntry, NameObjectclass, NameDNAttr, NameDNValue, NameAttr,
		NameExtensionErrorInfo, NameRulesErrorInfo, NameRuleErrorInfo, NameContext, NameAttributeMapping,
		NameDirectMapping, NameScriptedMapping, NameConstantMapping, NameDNPartMapping,
		NameOutboundFlowCounters, NameStagingCounters, NameInboundFlowCounters, NameExportCounters,
	} {
		t[sym] = true
	}
	return t
}()
