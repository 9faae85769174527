package directory

import (
	"slices"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// changeKind is what happened to an object.
type changeKind uint8

const (
	created changeKind = iota
	updated
	retyped // or otherwise delivered whole
	deleted
	failed // a record that cannot be read came
)

// change is one line of the change log. Its number is its place in the log,
// from 1; a watermark is such a number.
type change struct {
	object int32
	kind   changeKind
	before string // the DN before the change
	// attrs are the attributes that changed, with their values afterwards;
	// those that were deleted have none.
	attrs string
	// exported: the change is one of the engine's own.
	exported bool
}

// note writes the change log, which only sources with delta import keep.
func (d *Directory) note(c change) {
	if d.o.Capabilities.DeltaImport {
		c.exported = d.export.under
		d.log = append(d.log, c)
	}
}

// unshown: a delta import does not show the change, because the agent cannot
// confirm exports of this kind (ObjectConfirmation).
func (d *Directory) unshown(c *change) bool {
	switch d.o.Capabilities.Confirmation {
	case engine.NoDeleteConfirmation:
		return c.exported && c.kind == deleted
	case engine.NoAddAndDeleteConfirmation:
		return c.exported && (c.kind == deleted || c.kind == created)
	}
	return false
}

// keyed reports whether objects are known by their anchors. Otherwise the DN
// is the only key, and an object with another DN is another object (SE-K38).
func (d *Directory) keyed() bool { return len(d.anchor) > 0 && !d.o.Capabilities.DNAsAnchor }

// create puts an object in.
func (d *Directory) create(o object) int32 {
	n := d.insert(o)
	d.noteNew(n)
	return n
}

// insert puts an object in without a line in the change log.
func (d *Directory) insert(o object) int32 {
	n := int32(len(d.objects))
	d.objects = append(d.objects, o)
	if o.state == alive {
		d.place(n, o.dn)
		d.index(n)
	}
	d.order = append(d.order, n)
	return n
}

func (d *Directory) noteNew(n int32) {
	o := &d.objects[n]
	if o.state == unread {
		d.note(change{object: n, kind: failed})
		return
	}
	d.note(change{object: n, kind: created, before: o.dn, attrs: o.attrs})
}

// remove takes an object out.
func (d *Directory) remove(n int32) {
	was := d.objects[n]
	if was.state == unread { // it was never delivered as an object, so nothing is gone
		d.objects[n].state, d.objects[n].typ = gone, 0
		d.dead++
		return
	}
	d.note(change{object: n, kind: deleted, before: was.dn})
	if was.state == alive {
		d.leave(n)
		d.unindex(n)
	}
	o := &d.objects[n]
	o.state, o.attrs = gone, ""
	d.dead++
	if was.state == alive && d.doubles {
		d.promote(was.dn, was.anchor)
	}
}

// promote gives the names of an object that went to the next record that has
// them as well.
func (d *Directory) promote(dn, anchor string) {
	for _, n := range d.order {
		if o := &d.objects[n]; o.state == alive && (anchor != "" && o.anchor == anchor || anchor == "" && o.dn == dn) {
			d.index(n)
			return
		}
	}
}

// write gives an object other attributes.
func (d *Directory) write(n int32, attrs string) {
	o := &d.objects[n]
	if o.attrs == attrs {
		return
	}
	d.note(change{object: n, kind: updated, before: o.dn, attrs: d.changed(o.attrs, attrs)})
	d.objects[n].attrs = attrs
}

// changed returns the attributes in which two objects differ, with the values
// of the second.
func (d *Directory) changed(old, now string) string {
	if !d.o.Capabilities.DeltaImport {
		return ""
	}
	a, b := sets(old), sets(now)
	var list []set
	for len(a) > 0 || len(b) > 0 {
		switch {
		case len(b) == 0 || len(a) > 0 && a[0].attr < b[0].attr:
			list = append(list, set{attr: a[0].attr})
			a = a[1:]
		case len(a) == 0 || b[0].attr < a[0].attr:
			list = append(list, b[0])
			b = b[1:]
		default:
			if !slices.Equal(a[0].values, b[0].values) {
				list = append(list, b[0])
			}
			a, b = a[1:], b[1:]
		}
	}
	return join(list, true)
}

// rename gives an object another DN, and what lies below it with it. It
// returns the number of the object, which is a new one where the DN is the
// key.
func (d *Directory) rename(n int32, dn string) int32 {
	old := d.objects[n].dn
	if old == dn {
		return n
	}
	var below []int32
	if d.objects[n].children > 0 {
		below = d.subtree(n)
	}
	moved := append([]int32{n}, below...)
	names := make([]string, len(moved))
	names[0] = dn
	depth := levels(old)
	for i, m := range below {
		head := d.objects[m].dn
		names[i+1] = head[:cut(head, levels(head)-depth)] + "," + dn
	}
	if !d.keyed() {
		return d.reborn(moved, names)
	}
	d.note(change{object: n, kind: updated, before: old})
	for i := len(moved) - 1; i >= 0; i-- {
		d.leave(moved[i])
	}
	for i, m := range moved {
		d.place(m, names[i])
		d.index(m)
	}
	return n
}

// reborn moves objects whose only key is the DN: each goes and comes back as
// another one.
func (d *Directory) reborn(moved []int32, names []string) int32 {
	copies := make([]object, len(moved))
	for i, m := range moved {
		copies[i] = d.objects[m]
	}
	for i := len(moved) - 1; i >= 0; i-- {
		d.remove(moved[i])
	}
	first := int32(0)
	for i, o := range copies {
		o.dn, o.children, o.forward = names[i], 0, 0
		n := d.create(o)
		d.objects[moved[i]].forward = n
		if i == 0 {
			first = n
		}
	}
	return first
}

// subtree returns what lies below an object, parents first.
func (d *Directory) subtree(n int32) []int32 {
	root := string(appendKey(nil, d.objects[n].dn))
	depth := levels(d.objects[n].dn)
	var below []int32
	for m := range d.objects {
		o := &d.objects[m]
		if o.state != alive {
			continue
		}
		l := levels(o.dn)
		if l <= depth {
			continue
		}
		rest := strings.TrimLeft(o.dn[cut(o.dn, l-depth):], ", ")
		d.key = appendKey(d.key[:0], rest)
		if string(d.key) == root {
			below = append(below, int32(m))
		}
	}
	slices.SortStableFunc(below, func(a, b int32) int { return levels(d.objects[a].dn) - levels(d.objects[b].dn) })
	return below
}

// levels counts the components of a DN.
func levels(dn string) int {
	n := 1
	for at := nextComponent(dn); at < len(dn); n++ {
		dn = dn[at+1:]
		at = nextComponent(dn)
	}
	return n
}

// cut returns where the first n components of a DN end.
func cut(dn string, n int) int {
	at := -1
	for range n {
		at += 1 + nextComponent(dn[at+1:])
	}
	return at
}

// inPartition reports whether a DN lies in the partition of that name: the
// deepest one that holds it. Sources without levels have one partition.
func (d *Directory) inPartition(dn, partition string) bool {
	if !d.ldap() || len(d.o.Partitions) < 2 {
		return true
	}
	key := string(appendKey(nil, dn))
	best, length := "", -1
	for _, p := range d.o.Partitions {
		root := string(appendKey(nil, p.Name))
		if len(root) > length && within(key, root) {
			best, length = p.Name, len(root)
		}
	}
	return best == partition
}

// within reports whether a name is another one or lies below it.
func within(key, root string) bool {
	return key == root || strings.HasSuffix(key, root) && key[len(key)-len(root)-1] == ','
}

// parentExists reports whether an object may be put at a DN (see Containers).
func (d *Directory) parentExists(dn string) bool {
	parent := parentDN(dn)
	if !d.ldap() || parent == "" {
		return true
	}
	rule := d.o.Containers
	if rule == ContainersImplied || rule == ContainersByContent && !d.given {
		return true
	}
	if n := d.findDN(parent); n != 0 {
		if o := &d.objects[d.target(n)]; o.state == alive || o.children > 0 {
			return true
		}
	}
	return d.isRoot(parent)
}

func (d *Directory) isObject(dn string) bool {
	n := d.findDN(dn)
	return n != 0 && d.objects[d.target(n)].state == alive
}

// isRoot reports whether a DN is that of a partition, or above one.
func (d *Directory) isRoot(dn string) bool {
	key := string(appendKey(nil, dn))
	return slices.ContainsFunc(d.o.Partitions, func(p engine.Partition) bool {
		return within(string(appendKey(nil, p.Name)), key)
	})
}
