package directory

import "slices"

// replace makes a new content of the source: objects that it does not have go
// first, so that their names are free; then those that stay change and new
// ones come, in the order of the new content.
func (d *Directory) replace(fresh []object) {
	held := make([]int32, len(fresh)) // the object that each one is
	was := append(slices.Clone(d.order), d.veiled...)
	d.veiled = nil
	for i := range fresh {
		n := d.holder(&fresh[i])
		if n == 0 || d.objects[n].mark { // the second record of a double is a new object
			continue
		}
		d.objects[n].mark = true
		if fresh[i].state == alive {
			held[i] = n
		} else {
			d.veiled = append(d.veiled, n)
		}
	}
	d.removeUnmarked(was)
	for _, n := range d.veiled {
		d.objects[n].mark = false
	}
	for i, n := range held {
		if n != 0 && d.objects[n].dn != fresh[i].dn {
			d.leave(n) // names may be exchanged, so all leave before one arrives
		}
	}
	order := make([]int32, 0, len(fresh))
	for i := range fresh {
		n := held[i]
		if n == 0 {
			n = d.insert(fresh[i])
		} else {
			d.objects[n].mark = false
			if o := &d.objects[n]; o.dn != fresh[i].dn {
				d.note(change{object: n, kind: updated, before: o.dn})
				d.place(n, fresh[i].dn)
				d.index(n)
			}
		}
		order = append(order, n)
	}
	d.order, d.dead = order, 0
	for i, n := range order {
		d.renew(n, &fresh[i], held[i] == 0)
	}
}

// holder is the live object that a record of a new content is about, or 0.
func (d *Directory) holder(fresh *object) int32 {
	if d.keyed() {
		if fresh.anchor == "" {
			return 0
		}
		return d.findAnchor(fresh.anchor)
	}
	n := d.findDN(fresh.dn)
	if n != 0 && d.objects[n].state != alive {
		return 0
	}
	return n
}

// removeUnmarked takes out those of the objects that there were that the new
// content does not have, what lies deepest first.
func (d *Directory) removeUnmarked(was []int32) {
	var leaving []int32
	for _, n := range was {
		if o := &d.objects[n]; o.state == unread || o.state == alive && !o.mark {
			leaving = append(leaving, n)
		}
	}
	if d.ldap() {
		slices.SortStableFunc(leaving, func(a, b int32) int { return levels(d.objects[b].dn) - levels(d.objects[a].dn) })
	}
	for _, n := range leaving {
		d.remove(n)
	}
}

// renew gives an object its new attributes and type, now that every name of
// the content is known.
func (d *Directory) renew(n int32, fresh *object, isNew bool) {
	if isNew {
		d.relink(n)
		d.noteNew(n)
		return
	}
	attrs := fresh.attrs
	if d.linked() && d.refers(attrs) {
		attrs = d.linkValues(attrs)
	}
	o := &d.objects[n]
	if o.typ != fresh.typ {
		o.typ = fresh.typ
		d.note(change{object: n, kind: retyped, before: o.dn, attrs: attrs})
	}
	if d.visible(o.attrs) == d.visible(attrs) {
		return
	}
	d.write(n, attrs)
}

// visible is what can be seen of attributes: references to objects that are
// gone cannot.
func (d *Directory) visible(attrs string) string {
	if !d.linked() || !d.refers(attrs) {
		return attrs
	}
	list := sets(attrs)
	for i := range list {
		list[i].values = slices.DeleteFunc(list[i].values, func(v string) bool {
			_, ok := d.shown(list[i].attr, v)
			return !ok
		})
	}
	return join(list, false)
}
