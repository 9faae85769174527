package directory

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// same compares names without case.
func same(a, b string) bool { return strings.EqualFold(a, b) }

// carryOut does what an export request asks for. What a directory would
// refuse, it refuses with the error type that says so.
func (d *Directory) carryOut(r *engine.ExportRequestEntry) engine.ExportAnswer {
	if fault := d.writable(r); fault != "" {
		return refused(fault, nil)
	}
	n := d.find(r.Anchor, r.DN)
	switch r.Kind {
	case engine.ExportAdd:
		return d.exportAdd(r)
	case engine.ExportUpdate:
		if n == 0 {
			return refused("cd-missing-object", nil)
		}
		return d.exportUpdate(r, n)
	}
	switch {
	case n == 0:
		return refused("cd-missing-object", nil)
	case d.objects[n].children > 0:
		return refused("constraint-violation", nil)
	case r.Kind == engine.ExportDelete:
		d.remove(n)
		return engine.ExportAnswer{}
	}
	if fault := d.misplaced(r.DN, n); fault != "" {
		return refused(fault, nil)
	}
	d.remove(n) // ExportReplace
	return d.exportAdd(r)
}

// misplaced says why an object cannot have a DN; except is the object itself.
func (d *Directory) misplaced(dn string, except int32) string {
	if d.ldap() && !conforms(dn) {
		return "invalid-dn"
	}
	if n := d.findDN(dn); n != 0 && n != except && d.objects[n].state == alive {
		return "cd-existing-object"
	}
	if !d.parentExists(dn) {
		return "non-existent-parent"
	}
	return ""
}

func (d *Directory) exportAdd(r *engine.ExportRequestEntry) engine.ExportAnswer {
	if fault := d.misplaced(r.DN, 0); fault != "" {
		return refused(fault, nil)
	}
	typ, ok := d.types.of(r.Type)
	if !ok {
		return refused("no-export-to-this-object-type", nil)
	}
	var list []set
	if !d.update(&list, r) {
		return d.withoutReferences(r, engine.ReferenceFailure)
	}
	parts, fault := d.anchorOfRequest(r)
	if fault != "" {
		return refused(fault, nil)
	}
	anchor := d.anchorAnswer(parts)
	if len(anchor) > maxAnchor {
		return refused("anchor-too-long", nil)
	}
	if len(anchor) > 0 && d.findAnchor(string(anchor)) != 0 {
		return refused("duplicate-anchor", nil)
	}
	var given []engine.Attr
	give := func(attr int32, values []string) {
		if a := &d.attrs.list[attr]; !a.hidden {
			get(&list, attr).values = values
			given = append(given, engine.Attr{Name: a.name, Values: values})
		}
	}
	for i, attr := range d.anchor {
		if parts != nil {
			give(attr, []string{parts[i]})
		}
	}
	give(d.attrs.class, slices.Clone(d.types.list[typ].Hierarchy))
	o := object{dn: r.DN, anchor: string(anchor), typ: typ, state: alive, attrs: join(list, false)}
	if d.o.Capabilities.DNStyle == engine.StyleNone {
		o.dn, o.written = d.anchorText(parts), r.DN
	}
	d.create(o)
	return engine.ExportAnswer{Anchor: anchor, Given: given}
}

// anchorOfRequest returns the values of the anchor of an object to be added:
// those that the source assigns, or those that the request brings. Where the
// DN is the anchor, it stands for an anchor of one attribute.
func (d *Directory) anchorOfRequest(r *engine.ExportRequestEntry) (parts []string, fault string) {
	for _, attr := range d.anchor {
		at := slices.IndexFunc(r.Attributes, func(a engine.Attr) bool {
			return d.attrs.number([]byte(a.Name)) == attr && len(a.Values) > 0
		})
		switch {
		case d.o.AssignAnchor:
			parts = append(parts, d.assign())
		case at >= 0:
			parts = append(parts, r.Attributes[at].Values[0])
		case d.o.Capabilities.DNStyle == engine.StyleNone && len(d.anchor) == 1:
			parts = append(parts, r.DN)
		default:
			return nil, "missing-anchor-component"
		}
	}
	return parts, ""
}

func (d *Directory) anchorAnswer(parts []string) []byte {
	if !d.keyed() {
		return nil
	}
	return []byte(d.anchorBytes(parts))
}

func (d *Directory) exportUpdate(r *engine.ExportRequestEntry, n int32) engine.ExportAnswer {
	for _, a := range r.Attributes {
		if attr := d.attrs.number([]byte(a.Name)); slices.Contains(d.anchor, attr) && !d.attrs.list[attr].hidden &&
			!slices.Equal(a.Values, lookup(d.objects[n].attrs, attr)) {
			return refused("modify-naming-attribute", nil)
		}
	}
	if r.NewDN != "" && r.NewDN != d.objects[n].dn {
		if d.o.Capabilities.DNStyle == engine.StyleNone {
			return refused("modify-naming-attribute", nil)
		}
		if fault := d.misplaced(r.NewDN, n); fault != "" {
			return refused(fault, nil)
		}
		if old := d.objects[n].dn; levels(r.NewDN) > levels(old) && within(string(appendKey(nil, r.NewDN)), string(appendKey(nil, old))) {
			return refused("constraint-violation", nil)
		}
	}
	list := sets(d.objects[n].attrs)
	if d.o.Capabilities.ExportType == engine.ObjectReplace {
		list = slices.DeleteFunc(list, func(s set) bool { return !slices.Contains(d.anchor, s.attr) && s.attr != d.attrs.class })
	}
	if !d.update(&list, r) {
		return d.withoutReferences(r, engine.ReferenceFailure)
	}
	if r.NewDN != "" {
		n = d.rename(n, r.NewDN)
	}
	d.overwrite(n, join(list, false), r)
	return engine.ExportAnswer{}
}

// overwrite carries an export out. A value that is there already is written
// all the same, so that a delta import shows it; but not the other value of a
// fault, and of an export of all objects nobody can tell what changed.
func (d *Directory) overwrite(n int32, attrs string, r *engine.ExportRequestEntry) {
	if attrs != d.objects[n].attrs || d.export.altered || d.o.Capabilities.FullExport || r.NewDN != "" {
		d.write(n, attrs)
		return
	}
	var written []set
	note := func(name string) {
		if attr := d.attrs.number([]byte(name)); attr != dropped && !d.attrs.list[attr].hidden {
			get(&written, attr).values = lookup(attrs, attr)
		}
	}
	for i := range r.Attributes {
		note(r.Attributes[i].Name)
	}
	for i := range r.Changes {
		note(r.Changes[i].Name)
	}
	if len(written) > 0 {
		d.note(change{object: n, kind: updated, before: d.objects[n].dn, attrs: join(written, true)})
	}
}

// update carries the attributes of a request over to a list. It returns false
// if a reference has no target, which a linked directory refuses.
func (d *Directory) update(list *[]set, r *engine.ExportRequestEntry) bool {
	for _, a := range r.Attributes {
		if attr := d.attrs.number([]byte(a.Name)); attr != dropped && !d.attrs.list[attr].hidden {
			values, ok := d.incoming(attr, a.Values, r.DN)
			if !ok {
				return false
			}
			get(list, attr).values = values
		}
	}
	for _, c := range r.Changes {
		attr := d.attrs.number([]byte(c.Name))
		if attr == dropped || d.attrs.list[attr].hidden {
			continue
		}
		add, ok := d.incoming(attr, c.Add, r.DN)
		if !ok {
			return false
		}
		remove := members(d.outgoing(attr, c.Remove))
		s := get(list, attr)
		kept := slices.DeleteFunc(slices.Clone(s.values), func(v string) bool { return remove[v] })
		s.values = append(kept, add...)
	}
	return true
}

// incoming turns values into the form in which they are kept.
func (d *Directory) incoming(attr int32, values []string, self string) ([]string, bool) {
	if d.attrs.list[attr].kind != engine.Reference || !d.linked() {
		return slices.Clone(values), true
	}
	kept := make([]string, 0, len(values))
	for _, dn := range values {
		if !d.isObject(dn) && !same(dn, self) {
			return nil, false
		}
		kept = append(kept, d.linkValue(dn))
	}
	return kept, true
}

// outgoing is incoming for values that are to be removed; those of names that
// nothing has are no values.
func (d *Directory) outgoing(attr int32, values []string) []string {
	if d.attrs.list[attr].kind != engine.Reference || !d.linked() {
		return values
	}
	var kept []string
	for _, dn := range values {
		if d.findDN(dn) != 0 {
			kept = append(kept, d.linkValue(dn))
		}
	}
	return kept
}

// writable says why a text file cannot hold what a request brings (SE-N9,
// export).
func (d *Directory) writable(r *engine.ExportRequestEntry) string {
	l := d.o.Layout
	if l == nil || r.Kind == engine.ExportDelete {
		return ""
	}
	page, err := codePage(l.CodePage)
	if err != nil {
		return ""
	}
	for _, a := range r.Attributes {
		if len(l.Columns) > 0 && len(a.Values) > 0 && !slices.ContainsFunc(l.Columns, func(c string) bool { return same(c, a.Name) }) {
			return "insufficient-columns"
		}
		if d.kind(a.Name) == engine.Binary {
			continue
		}
		for _, v := range a.Values {
			if !page.holds(v) {
				return "code-page-conversion"
			}
		}
	}
	return ""
}
