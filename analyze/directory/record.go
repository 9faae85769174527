package directory

import "fmt"

// action is what a record of a text does.
type action uint8

// A content record describes an object; the others are change records.
const (
	content action = iota
	addObject
	deleteObject
	modifyObject
	renameObject
)

// record is one record of a text, before anything is known of its meaning. It
// is valid until the next one is read.
type record struct {
	place
	action action
	// name is the DN as LDIF writes it; delimited text has none.
	name   string
	fields []field // in the order of the text
	buf    []byte  // the values of the fields
	mods   []mod   // of modifyObject

	newRDN, newSuperior string // of renameObject
	moved               bool   // newSuperior is given
	deleteOldRDN        bool

	untyped bool         // the text has no place for an object class
	fault   *recordFault // the record cannot be understood
}

// describes reports whether a record of a first content describes an object,
// though it has a change type: delimited text has the column in full files too,
// where it says Add or nothing.
func (r *record) describes(form Form) bool {
	if form != Delimited {
		return false
	}
	if r.fault != nil && r.fault.kind == "missing-change-type" {
		r.fault = nil
		return true
	}
	return r.action == addObject
}

// field is one value of an attribute.
type field struct {
	attr      int32
	from, to  int  // in buf
	undecoded bool // a binary value of delimited text that is no base64
}

// modOp is what a modification does with an attribute.
type modOp uint8

const (
	modAdd modOp = iota
	modDelete
	modReplace
)

// mod is one modification of a change record: the values of one attribute.
type mod struct {
	place
	op       modOp
	attr     int32
	from, to int // in the fields of the record
}

// recordFault is a record that becomes a discovery error.
type recordFault struct {
	kind          string // error-type
	entry, column int    // of parse-error
	attr          string
}

func (r *record) reset() {
	*r = record{fields: r.fields[:0], buf: r.buf[:0], mods: r.mods[:0]}
}

func (r *record) value(f field) []byte { return r.buf[f.from:f.to] }

func (r *record) put(attr int32, value []byte) {
	from := len(r.buf)
	r.buf = append(r.buf, value...)
	r.fields = append(r.fields, field{attr: attr, from: from, to: len(r.buf)})
}

// place is where something stands in a text, both from 1. Columns are bytes.
type place struct {
	line, column int
}

// TextError is a text that cannot be read.
type TextError struct {
	Name         string // of the text
	Line, Column int    // from 1; 0 if the error has no place
	Text         string
	Err          error // underlying, or nil
}

func (e *TextError) Error() string {
	at := e.Name
	if e.Line > 0 {
		at = fmt.Sprintf("%s:%d:%d", e.Name, e.Line, e.Column)
	}
	if e.Err != nil {
		return fmt.Sprintf("%s: %s: %v", at, e.Text, e.Err)
	}
	return at + ": " + e.Text
}

func (e *TextError) Unwrap() error { return e.Err }

// wrong makes the error of something at a place; the name of the text is
// added where it is known.
func (p place) wrong(format string, args ...any) error {
	return &TextError{Line: p.line, Column: p.column, Text: fmt.Sprintf(format, args...)}
}

// short is a value as messages show it.
func short(b []byte) string {
	if len(b) > 60 {
		return fmt.Sprintf("%q...", b[:57])
	}
	return fmt.Sprintf("%q", b)
}
