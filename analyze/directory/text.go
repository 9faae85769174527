package directory

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// Form is a form of text that sources are given in.
type Form uint8

// The forms of texts.
const (
	LDIF      Form = iota // RFC 2849, content or change records
	Delimited             // as Layout says
)

// FormOf returns the form of a text by the ending of its name.
func FormOf(name string) (Form, error) {
	switch ending := strings.ToLower(path.Ext(name)); ending {
	case ".ldif", ".ldf":
		return LDIF, nil
	case ".csv", ".txt":
		return Delimited, nil
	case ".avp":
		return 0, fmt.Errorf("source %s: attribute-value-pair text is not read; write it as LDIF", name)
	case ".xml", ".dsml":
		return 0, fmt.Errorf("source %s: DSML is not read; write it as LDIF", name)
	case ".fix", ".prn":
		return 0, fmt.Errorf("source %s: fixed-width text is not read; write it as delimited text", name)
	default:
		return 0, fmt.Errorf("source %s: no form of text ends in %q: .ldif, .csv and .txt are read", name, ending)
	}
}

// reader reads the records of a text, in order; io.EOF ends it.
type reader interface {
	next() (*record, error)
}

// textState is what became of the last text.
type textState struct {
	// noStart keeps an import from starting; stop ends it behind what could
	// be read. File errors of SE-N9.
	noStart, stop engine.StepResult
}

// fileResult is a text whose fault is a step result.
type fileResult struct {
	noStart, stop engine.StepResult
}

func (*fileResult) Error() string { return "the text has a fault that imports report" }

func (d *Directory) open(form Form, src io.Reader) reader {
	if form == LDIF {
		return newLDIFReader(src, d.attrs)
	}
	return newDelimitedReader(src, &d.o, d.attrs)
}

// Load gives an empty source its first content: what it holds before the first
// action. A name and the reader of the text come from the caller; the name
// stands in errors, which are a [*TextError] with line and column wherever the
// fault has a place.
func (d *Directory) Load(form Form, name string, src io.Reader) error {
	if len(d.objects) > 1 || len(d.log) > 0 {
		return fmt.Errorf("source %s: load %s: it has a content already", d.o.Agent, name)
	}
	r := d.open(form, src)
	linked := false
	err := d.each(r, name, func(rec *record) error {
		if rec.describes(form) {
			rec.action = content
		}
		if rec.action != content {
			return rec.wrong("a change record has no place in the first content of a source; apply it")
		}
		o, links := d.resolve(rec, form)
		d.insert(o)
		linked = linked || links
		return nil
	})
	if err == nil && linked {
		for n := range d.objects {
			d.relink(int32(n))
		}
	}
	d.given = true
	return err
}

// Apply carries out what a text says: its change records, one after another,
// or, if it has none, it is the whole new content, and what is not in it goes.
// After an error the source is of no more use.
func (d *Directory) Apply(form Form, name string, src io.Reader) error {
	r := d.open(form, src)
	var fresh []object
	first, changes := true, false
	err := d.each(r, name, func(rec *record) error {
		if first {
			first, changes = false, rec.action != content
		}
		if changes != (rec.action != content) {
			return rec.wrong("content and change records stand in one text")
		}
		if changes {
			return d.applyChange(rec, form)
		}
		o, _ := d.resolve(rec, form)
		fresh = append(fresh, o)
		return nil
	})
	if err != nil {
		return err
	}
	if !changes {
		d.replace(fresh)
	}
	d.given = true
	return nil
}

// each reads a text to its end.
func (d *Directory) each(r reader, name string, do func(*record) error) error {
	d.text = textState{}
	for {
		rec, err := r.next()
		if err == nil {
			err = do(rec)
		}
		if err != nil {
			return d.ended(err, name)
		}
	}
}

// ended says what it means that a text gave an error: that it is over, a fault
// that imports report, or an error of the caller's.
func (d *Directory) ended(err error, name string) error {
	var place *TextError
	var result *fileResult
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.As(err, &result):
		d.text = textState{noStart: result.noStart, stop: result.stop}
		return nil
	case errors.As(err, &place):
		place.Name = name
		return place
	}
	return fmt.Errorf("source %s: read %s: %w", d.o.Agent, name, err)
}

// resolve makes an object of a record. What cannot be understood is an object
// too: it is delivered as a discovery error.
func (d *Directory) resolve(r *record, form Form) (o object, links bool) {
	o = object{state: alive}
	fault := r.fault
	if fault == nil {
		o.typ, fault = d.typeOf(r, form)
	}
	if r.fault == nil || r.fault.kind != "parse-error" {
		// The names are told even if something else is wrong (SE-K56).
		if unnamed := d.identify(r, form, &o); fault == nil {
			fault = unnamed
		}
	}
	if fault == nil {
		r.fields = slices.DeleteFunc(r.fields, func(f field) bool { return d.attrs.list[f.attr].hidden })
		o.attrs, links, fault = d.encode(r)
	}
	if fault == nil {
		return o, links
	}
	d.discovery = append(d.discovery, engine.DiscoveryError{Type: fault.kind, EntryNumber: fault.entry, LineNumber: lineOf(r, fault),
		ColumnNumber: fault.column, DN: o.dn, Anchor: []byte(o.anchor), AttributeName: fault.attr})
	return object{state: unread, typ: int32(len(d.discovery) - 1), dn: o.dn, anchor: o.anchor}, false
}

// lineOf gives a line to the one error that has it (SE-K56).
func lineOf(r *record, fault *recordFault) int {
	if fault.kind != "parse-error" {
		return 0
	}
	return r.line
}

// typeOf finds the object type.
func (d *Directory) typeOf(r *record, form Form) (int32, *recordFault) {
	if r.untyped && d.types.known == 1 {
		return 0, nil
	}
	classAttr := d.attrs.class
	if form == Delimited {
		classAttr = d.attrs.column
	}
	var classes []string
	for _, f := range r.fields {
		if v := r.value(f); f.attr == classAttr && len(v) > 0 {
			classes = append(classes, string(v))
		}
	}
	if len(classes) == 0 {
		return 0, &recordFault{kind: "missing-object-class"}
	}
	var typ int32
	var ok bool
	if form == Delimited && d.o.Layout != nil {
		typ, ok = d.types.prefix(classes, d.o.Layout.Classes)
	} else {
		typ, ok = d.types.match(classes)
	}
	if !ok {
		return 0, &recordFault{kind: "unmappable-object-type"}
	}
	return typ, nil
}

// maxAnchor is the longest anchor in bytes (SE-N9, reading 5).
const maxAnchor = 800

// identify finds the anchor and the DN: whatever is there of them, even if the
// record has a fault (SE-K56).
func (d *Directory) identify(r *record, form Form, o *object) *recordFault {
	parts, fault := d.anchorParts(r)
	if fault == nil && d.keyed() {
		o.anchor = d.anchorBytes(parts)
	}
	byAnchor := d.o.Capabilities.DNStyle == engine.StyleNone
	switch {
	case byAnchor && fault == nil:
		o.dn = d.anchorText(parts)
		o.written = r.name
	case byAnchor:
	case form == LDIF:
		o.dn = r.name
	case d.o.Layout != nil && len(d.o.Layout.DN) > 0:
		o.dn = d.namedBy(r)
	case fault == nil:
		o.dn = d.anchorText(parts)
	}
	switch {
	case fault != nil:
		return fault
	case len(o.anchor) > maxAnchor:
		return &recordFault{kind: "anchor-too-long"}
	case o.dn == "":
		return &recordFault{kind: "missing-dn"}
	case d.ldap() && !conforms(o.dn):
		return &recordFault{kind: "dn-not-ldap-conformant"}
	}
	return nil
}

// anchorParts are the values that the anchor is made of.
func (d *Directory) anchorParts(r *record) (parts []string, fault *recordFault) {
	for i, attr := range d.anchor {
		values := 0
		for _, f := range r.fields {
			if f.attr == attr && len(r.value(f)) > 0 {
				values++
				parts = append(parts[:i], string(r.value(f)))
			}
		}
		switch {
		case values > 1:
			return nil, &recordFault{kind: "multi-valued-anchor-component"}
		case values == 0 && d.o.AssignAnchor:
			value := d.assignTo(r.name)
			r.put(attr, []byte(value))
			parts = append(parts, value)
		case values == 0:
			return nil, &recordFault{kind: "missing-anchor-component", attr: d.attrs.list[attr].name}
		}
	}
	return parts, nil
}

// namedBy joins the values of the columns that the DN is made of (SE-N9,
// reading 7).
func (d *Directory) namedBy(r *record) string {
	var parts []string
	for _, name := range d.o.Layout.DN {
		attr := d.attrs.number([]byte(name))
		for _, f := range r.fields {
			if f.attr == attr {
				parts = append(parts, string(r.value(f)))
			}
		}
	}
	return strings.Join(parts, "+")
}

// anchorText is the anchor as a DN, where there is no other.
func (d *Directory) anchorText(parts []string) string {
	if len(parts) == 1 && d.attrs.list[d.anchor[0]].kind == engine.Binary {
		return base64.StdEncoding.EncodeToString([]byte(parts[0]))
	}
	return strings.Join(parts, "+")
}

// relink turns the references of an object that was just read into numbers.
func (d *Directory) relink(n int32) {
	if d.objects[n].state == alive && d.linked() && d.refers(d.objects[n].attrs) {
		d.objects[n].attrs = d.linkValues(d.objects[n].attrs)
	}
}

// refers reports whether attributes hold references.
func (d *Directory) refers(attrs string) bool {
	c := cursor{attrs}
	for {
		attr, n, ok := c.next()
		if !ok {
			return false
		}
		if d.attrs.list[attr].kind == engine.Reference {
			return true
		}
		for range n {
			c.value()
		}
	}
}
