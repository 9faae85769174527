package engine

import (
	"cmp"
	"slices"
)

// deltaOp is what a pending change does to the whole object.
type deltaOp uint8

const (
	opNone deltaOp = iota
	opAdd
	opUpdate
	opDelete
	opDeleteAdd
	opObsolete // a delete that a full import found out
)

var opNames = [...]string{"none", "add", "update", "delete", "delete-add", "obsolete"}

func (op deltaOp) String() string { return opNames[op] }

// deletes reports whether the object is to go.
func (op deltaOp) deletes() bool { return op == opDelete || op == opObsolete }

// delta is a change on its way to a connected data source: unapplied (to be
// exported) or unconfirmed (exported, not yet seen again). Deltas are never
// changed in place.
type delta struct {
	op      deltaOp
	renames bool
	parent  csID    // of the new name
	rdn     valueID // of the new name
	changes []change
}

// change adds or removes one value. Adding to a single-valued attribute
// replaces its value.
type change struct {
	av
	remove bool
}

func compareChange(a, b change) int {
	if c := compareAV(a.av, b.av); c != 0 {
		return c
	}
	if a.remove != b.remove {
		return cmp.Compare(b2i(a.remove), b2i(b.remove))
	}
	return 0
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// apply returns the image after the delta; scratch is reused for it.
func (d *delta) apply(base image, agent *agent, scratch image) image {
	if d == nil {
		return append(scratch, base...)
	}
	if d.op == opAdd || d.op == opDeleteAdd {
		base = nil
	}
	changes := d.changes
	for len(base) > 0 || len(changes) > 0 {
		attr := attrID(1<<16 - 1)
		if len(base) > 0 {
			attr = base[0].attr
		}
		if len(changes) > 0 {
			attr = min(attr, changes[0].attr)
		}
		n, k := 0, 0
		for n < len(base) && base[n].attr == attr {
			n++
		}
		for k < len(changes) && changes[k].attr == attr {
			k++
		}
		scratch = applyAttribute(base[:n], changes[:k], agent.attrs[attr].multi, scratch)
		base, changes = base[n:], changes[k:]
	}
	return scratch
}

func applyAttribute(base image, changes []change, multi bool, into image) image {
	if len(changes) == 0 {
		return append(into, base...)
	}
	adds := slices.ContainsFunc(changes, func(c change) bool { return !c.remove })
	if !multi && adds {
		for _, c := range changes {
			if !c.remove {
				return append(into, c.av)
			}
		}
	}
	for len(base) > 0 || len(changes) > 0 {
		switch {
		case len(changes) == 0 || len(base) > 0 && base[0].val < changes[0].val:
			into = append(into, base[0])
			base = base[1:]
		default:
			c := changes[0]
			if len(base) > 0 && base[0].val == c.val {
				base = base[1:]
			}
			if !c.remove {
				into = append(into, c.av)
			}
			changes = changes[1:]
		}
	}
	return into
}

// difference returns the changes that turn base into target, which are both
// ordered.
func difference(base, target image, scratch []change) []change {
	for len(base) > 0 || len(target) > 0 {
		switch c := compareHead(base, target); {
		case c == 0:
			base, target = base[1:], target[1:]
		case c < 0:
			scratch = append(scratch, change{base[0], true})
			base = base[1:]
		default:
			scratch = append(scratch, change{target[0], false})
			target = target[1:]
		}
	}
	return scratch
}

func compareHead(a, b image) int {
	switch {
	case len(a) == 0:
		return 1
	case len(b) == 0:
		return -1
	}
	return compareAV(a[0], b[0])
}

// same reports whether two deltas ask for the same.
func (d *delta) same(other *delta) bool {
	if d == nil || other == nil {
		return d == other
	}
	return d.op == other.op && d.renames == other.renames && d.parent == other.parent && d.rdn == other.rdn && slices.Equal(d.changes, other.changes)
}

// has reports whether the delta names the value.
func (d *delta) has(v av) bool {
	if d == nil {
		return false
	}
	_, found := slices.BinarySearchFunc(d.changes, v, func(c change, v av) int { return compareAV(c.av, v) })
	return found
}

// adds reports whether the delta gives an attribute a value.
func (d *delta) adds(attr attrID) bool {
	from, _ := slices.BinarySearchFunc(d.changes, attr, func(c change, a attrID) int { return cmp.Compare(c.attr, a) })
	for ; from < len(d.changes) && d.changes[from].attr == attr; from++ {
		if !d.changes[from].remove {
			return true
		}
	}
	return false
}
