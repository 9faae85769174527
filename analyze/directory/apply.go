package directory

import (
	"slices"

	"github.com/runhist/runhist/analyze/engine"
)

// applyChange carries out one change record.
func (d *Directory) applyChange(r *record, form Form) error {
	if form == Delimited || r.action == addObject {
		return d.applyWhole(r, form)
	}
	n := d.findWritten(r.name)
	if n == 0 {
		return r.wrong("there is no object %s", short([]byte(r.name)))
	}
	switch r.action {
	case deleteObject:
		if d.objects[n].children > 0 {
			return r.wrong("%s has objects below it, which have to be deleted first", short([]byte(r.name)))
		}
		d.remove(n)
		return nil
	case renameObject:
		return d.applyRename(r, n)
	}
	return d.applyModify(r, n)
}

// applyWhole carries out a record that holds a whole object. Delimited text
// changes an object by its whole record too, and a change of an object that is
// not there adds it.
func (d *Directory) applyWhole(r *record, form Form) error {
	kind := r.action
	if kind == deleteObject {
		var o object
		if fault := d.identify(r, form, &o); fault == nil {
			if n := d.find([]byte(o.anchor), o.dn); n != 0 {
				d.remove(n)
				return nil
			}
			return r.wrong("there is no object %s", short([]byte(o.dn)))
		}
	}
	o, _ := d.resolve(r, form)
	if o.state == unread {
		d.create(o)
		return nil
	}
	n := d.find([]byte(o.anchor), o.dn)
	if d.refers(o.attrs) && d.linked() {
		o.attrs = d.linkValues(o.attrs)
	}
	switch {
	case n == 0:
		d.create(o)
	case kind == addObject && form == LDIF:
		return r.wrong("there is an object %s already", short([]byte(d.objects[n].dn)))
	default:
		if d.objects[n].typ != o.typ {
			d.objects[n].typ = o.typ
			d.note(change{object: n, kind: retyped, before: d.objects[n].dn, attrs: o.attrs})
		}
		d.write(d.rename(n, o.dn), o.attrs)
	}
	return nil
}

// applyRename carries out modrdn. In a source without DNs it renames the entry
// of the text, which no import sees.
func (d *Directory) applyRename(r *record, n int32) error {
	o := &d.objects[n]
	none := d.o.Capabilities.DNStyle == engine.StyleNone
	old := o.dn
	if none {
		old = o.written
	}
	dn := r.newRDN
	parent := parentDN(old)
	if r.moved {
		parent = r.newSuperior
	}
	if parent != "" {
		dn += "," + parent
	}
	if d.ldap() && !conforms(dn) {
		return r.wrong("%s is no LDAP DN", short([]byte(dn)))
	}
	if none {
		d.unindex(n)
		o.written = dn
		d.index(n)
		return nil
	}
	if held := d.findDN(dn); held != 0 && held != n && d.objects[held].state == alive {
		return r.wrong("there is an object %s already", short([]byte(dn)))
	}
	if within(string(appendKey(nil, dn)), string(appendKey(nil, old))) && levels(dn) > levels(old) {
		return r.wrong("%s would lie below itself", short([]byte(old)))
	}
	d.rename(n, dn)
	return nil
}

// applyModify carries out the modifications of a record, in their order.
func (d *Directory) applyModify(r *record, n int32) error {
	list := sets(d.objects[n].attrs)
	typ, retype := d.objects[n].typ, false
	for _, m := range r.mods {
		if m.attr == d.attrs.class {
			var err error
			if typ, err = d.reclassify(r, m); err != nil {
				return err
			}
			retype = retype || typ != d.objects[n].typ
		}
		if d.attrs.list[m.attr].hidden {
			if slices.Contains(d.anchor, m.attr) {
				return m.wrong("%s is part of the anchor, which does not change", d.attrs.list[m.attr].name)
			}
			continue
		}
		if slices.Contains(d.anchor, m.attr) {
			return m.wrong("%s is part of the anchor, which does not change", d.attrs.list[m.attr].name)
		}
		if err := d.modify(&list, r, m); err != nil {
			return err
		}
	}
	attrs := join(list, false)
	if retype {
		d.objects[n].typ = typ
		d.objects[n].attrs = attrs
		d.note(change{object: n, kind: retyped, before: d.objects[n].dn, attrs: attrs})
		return nil
	}
	d.write(n, attrs)
	return nil
}

// reclassify finds the type that replaced classes mean.
func (d *Directory) reclassify(r *record, m mod) (int32, error) {
	if m.op != modReplace {
		return 0, m.wrong("objectClass can be replaced, not added to or deleted from")
	}
	var classes []string
	for _, f := range r.fields[m.from:m.to] {
		classes = append(classes, string(r.value(f)))
	}
	if len(classes) == 0 {
		return 0, m.wrong("an object needs an objectClass")
	}
	typ, ok := d.types.match(classes)
	if !ok {
		return 0, m.wrong("objectClass %s is no type of the schema", short([]byte(classes[len(classes)-1])))
	}
	return typ, nil
}

// modify carries out one modification.
func (d *Directory) modify(list *[]set, r *record, m mod) error {
	a := &d.attrs.list[m.attr]
	var values []string
	for i := m.from; i < m.to; i++ {
		f := &r.fields[i]
		if fault := r.normalize(f, a.kind, d.ldap()); fault != "" {
			return m.wrong("%s: %s is an %s", a.name, short(r.value(*f)), fault)
		}
		v := string(r.value(*f))
		if a.kind == engine.Reference && d.linked() {
			v = d.linkValue(v)
		}
		values = append(values, v)
	}
	s := get(list, m.attr)
	switch {
	case m.op == modReplace || m.op == modDelete && len(values) == 0:
		if m.op == modDelete && len(s.values) == 0 {
			return m.wrong("the object has no %s to delete", a.name)
		}
		s.values = values
	case m.op == modAdd:
		has := members(s.values)
		for _, v := range values {
			if has[v] {
				return m.wrong("the object has that value of %s already", a.name)
			}
			has[v] = true
		}
		s.values = append(s.values, values...)
	default:
		has := members(s.values)
		for _, v := range values {
			if !has[v] {
				return m.wrong("the object has no such value of %s to delete", a.name)
			}
			delete(has, v)
		}
		s.values = slices.DeleteFunc(s.values, func(v string) bool { return !has[v] })
	}
	if len(s.values) > 1 && !a.multi {
		return m.wrong("%s would have %d values and can have one", a.name, len(s.values))
	}
	return nil
}

// members is a set of values: groups have many, and are searched for many.
func members(values []string) map[string]bool {
	has := make(map[string]bool, len(values))
	for _, v := range values {
		has[v] = true
	}
	return has
}
