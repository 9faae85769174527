package directory

import (
	"slices"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// exporting is an export in progress.
type exporting struct {
	done    int  // requests carried out
	under   bool // a request is being carried out
	altered bool // and a fault stores something else
}

// OpenExport implements engine.Source.
func (d *Directory) OpenExport(engine.ExportRequest) engine.Opening {
	d.export = exporting{}
	return d.connect()
}

// Export implements engine.Source: the directory does what it is asked to, so
// that a later import shows it, as far as no fault interferes.
func (d *Directory) Export(batch []engine.ExportRequestEntry) []engine.ExportAnswer {
	answers := make([]engine.ExportAnswer, 0, len(batch))
	for i := range batch {
		if result, incident := d.interruption(d.export.done); result != "" {
			return append(answers, engine.ExportAnswer{Status: engine.ExportConnectionLost, Result: result, Incident: incident})
		}
		d.export.under = true
		a := d.answer(&batch[i])
		d.export.under, d.export.altered = false, false
		d.export.done++
		answers = append(answers, a)
		if a.Status == engine.ExportFailedStop {
			break
		}
	}
	return answers
}

// answer asks the faults first, in the order in which a directory would come
// to them, and carries the request out.
func (d *Directory) answer(r *engine.ExportRequestEntry) engine.ExportAnswer {
	if !d.faults.Holds(d.o.Agent) {
		return d.carryOut(r)
	}
	dns, anchors := d.namesOf(r.DN, r.Anchor)
	if r.NewDN != "" {
		dns = append(dns, r.NewDN)
	}
	strike := func(kind fault.Kind, meets func(*fault.Fault) bool) *fault.Fault {
		return d.faults.Strike(kind, d.o.Agent, func(f *fault.Fault) bool { return f.Names(dns, anchors) && meets(f) })
	}
	f := strike(fault.ExportError, func(f *fault.Fault) bool { return f.Attribute == "" || carries(r, f.Attribute, "") })
	if f != nil {
		return refused(f.Type, f)
	}
	if f = strike(fault.Answer, func(f *fault.Fault) bool { return d.answers(r, f.Answer) }); f != nil {
		return d.answerOtherwise(r, f)
	}
	if f = strike(fault.ReferenceFailure, func(f *fault.Fault) bool { return carries(r, f.Attribute, f.Value) }); f != nil {
		return d.withoutReferences(r, engine.ReferenceFailure)
	}
	gone := r.Kind == engine.ExportDelete
	if gone && strike(fault.IgnoreDelete, func(*fault.Fault) bool { return true }) != nil {
		return engine.ExportAnswer{}
	}
	if f = strike(fault.DropWrite, func(f *fault.Fault) bool { return f.Attribute == "" || carries(r, f.Attribute, "") }); f != nil {
		if f.Attribute == "" {
			return d.unwritten(r)
		}
		r = without(r, func(name string) bool { return same(name, f.Attribute) })
	}
	if f = strike(fault.StoreOtherValue, func(f *fault.Fault) bool { return carries(r, f.Attribute, "") }); f != nil {
		r = without(r, func(name string) bool { return same(name, f.Attribute) })
		r.Attributes = append(r.Attributes, engine.Attr{Name: f.Attribute, Values: []string{f.Value}})
		d.export.altered = true
	}
	return d.carryOut(r)
}

// refused is the answer of an error.
func refused(kind string, f *fault.Fault) engine.ExportAnswer {
	a := engine.ExportAnswer{Status: engine.ExportFailed, ErrorType: kind}
	if f != nil {
		a.Error = f.CDError()
	}
	if a.Error == nil && kind == "cd-error" {
		a.Error = &engine.CDError{} // the document needs the element
	}
	return a
}

// answers reports whether a request can be answered so.
func (d *Directory) answers(r *engine.ExportRequestEntry, answer engine.ExportStatus) bool {
	switch answer {
	case engine.ConvertUpdateToAdd:
		return r.Kind == engine.ExportUpdate
	case engine.ProvisioningParent:
		return d.ldap() && r.Kind != engine.ExportDelete && parentDN(r.DN) != "" && !d.isObject(parentDN(r.DN))
	case engine.RetryReferences:
		return slices.ContainsFunc(r.Attributes, d.isReference) || slices.ContainsFunc(r.Changes, d.changesReference)
	}
	return true
}

func (d *Directory) isReference(a engine.Attr) bool { return d.kind(a.Name) == engine.Reference }

func (d *Directory) changesReference(c engine.AttributeChange) bool {
	return d.kind(c.Name) == engine.Reference
}

func (d *Directory) kind(name string) engine.AttributeKind {
	if n := d.attrs.number([]byte(name)); n != dropped {
		return d.attrs.list[n].kind
	}
	return engine.String
}

func (d *Directory) answerOtherwise(r *engine.ExportRequestEntry, f *fault.Fault) engine.ExportAnswer {
	switch f.Answer {
	case engine.ConvertUpdateToAdd:
		// Somebody deleted the object, and no change log tells.
		if n := d.find(r.Anchor, r.DN); n != 0 {
			d.vanish(n)
		}
		return engine.ExportAnswer{Status: engine.ConvertUpdateToAdd}
	case engine.ProvisioningParent:
		return engine.ExportAnswer{Status: engine.ProvisioningParent}
	case engine.RetryReferences:
		return d.withoutReferences(r, engine.RetryReferences)
	}
	kind := f.Type
	if kind == "" {
		kind = "cd-error"
	}
	a := refused(kind, f)
	a.Status = f.Answer
	return a
}

// vanish takes an object out without a trace.
func (d *Directory) vanish(n int32) {
	logged := len(d.log)
	d.remove(n)
	d.log = d.log[:logged]
}

// unwritten accepts a request and does nothing.
func (d *Directory) unwritten(r *engine.ExportRequestEntry) engine.ExportAnswer {
	if r.Kind != engine.ExportAdd && r.Kind != engine.ExportReplace {
		return engine.ExportAnswer{}
	}
	parts, fault := d.anchorOfRequest(r)
	if fault != "" {
		return refused(fault, nil)
	}
	return engine.ExportAnswer{Anchor: d.anchorAnswer(parts)}
}

// withoutReferences carries out the other part of a request.
func (d *Directory) withoutReferences(r *engine.ExportRequestEntry, status engine.ExportStatus) engine.ExportAnswer {
	a := d.carryOut(without(r, func(name string) bool { return d.kind(name) == engine.Reference }))
	if a.Status == engine.ExportOK {
		a.Status = status
	}
	return a
}

// without copies a request without some attributes.
func without(r *engine.ExportRequestEntry, leaves func(name string) bool) *engine.ExportRequestEntry {
	part := *r
	part.Attributes = slices.DeleteFunc(slices.Clone(r.Attributes), func(a engine.Attr) bool { return leaves(a.Name) })
	part.Changes = slices.DeleteFunc(slices.Clone(r.Changes), func(c engine.AttributeChange) bool { return leaves(c.Name) })
	return &part
}

// carries reports whether a request changes an attribute, and if a value is
// given, whether that value is among those added.
func carries(r *engine.ExportRequestEntry, attr, value string) bool {
	return slices.ContainsFunc(r.Attributes, func(a engine.Attr) bool {
		return same(a.Name, attr) && (value == "" || slices.ContainsFunc(a.Values, func(v string) bool { return same(v, value) }))
	}) || slices.ContainsFunc(r.Changes, func(c engine.AttributeChange) bool {
		return same(c.Name, attr) && (value == "" || slices.ContainsFunc(c.Add, func(v string) bool { return same(v, value) }))
	})
}
