package directory

import (
	"encoding/binary"
	"strings"

	"github.com/runhist/runhist/analyze/engine"
)

// In an LDAP directory a reference follows its target: it changes with the
// target's DN, and goes when the target goes. So it is kept as the number of
// the target. A name that nothing has yet gets a number too, as a ghost; the
// object that takes the name later takes the ghost's number over, by forward.

// link returns the number behind a DN, with a ghost if there is none. The ghost
// keeps the DN.
func (d *Directory) link(dn string) int32 {
	n := d.findDN(dn)
	if n == 0 {
		n = int32(len(d.objects))
		d.objects = append(d.objects, object{dn: dn})
		d.index(n)
	}
	return n
}

// target follows a number to what has the name now.
func (d *Directory) target(n int32) int32 {
	for d.objects[n].forward != 0 {
		n = d.objects[n].forward
	}
	return n
}

// linkValues turns the references of an object from DNs into numbers.
func (d *Directory) linkValues(attrs string) string {
	list := sets(attrs)
	for i := range list {
		if d.attrs.list[list[i].attr].kind != engine.Reference {
			continue
		}
		for j, dn := range list[i].values {
			list[i].values[j] = d.linkValue(dn)
		}
	}
	return join(list, true)
}

func (d *Directory) linkValue(dn string) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(d.target(d.link(strings.Clone(dn))))))
}

// refersTo returns the number that a kept reference stands for.
func (d *Directory) refersTo(value string) int32 {
	return d.target(int32(binary.BigEndian.Uint32([]byte(value))))
}

// shown returns a kept value as it is delivered; false for a reference whose
// target is gone. Where DNs are made of anchors, a reference may also name an
// object as LDIF does.
func (d *Directory) shown(attr int32, value string) (string, bool) {
	if d.attrs.list[attr].kind != engine.Reference {
		return value, true
	}
	if !d.linked() {
		if d.o.Capabilities.DNStyle == engine.StyleNone && d.findDN(value) == 0 {
			if n := d.findWritten(value); n != 0 {
				return d.objects[n].dn, true
			}
			return d.wouldBe(value), true
		}
		return value, true
	}
	t := &d.objects[d.refersTo(value)]
	return t.dn, t.state != gone
}

// wouldBe is the DN that an object of a name of LDIF would have, where DNs are
// made of anchors and nothing has the name: what refers to it shows the same
// before it comes, while it is there and after it went. Whether names say the
// anchor is seen from the first that there was.
func (d *Directory) wouldBe(name string) string {
	if d.example == 0 {
		return name
	}
	o := &d.objects[d.example]
	kind, value, _ := strings.Cut(o.written[:nextComponent(o.written)], "=")
	k, v, ok := strings.Cut(name[:nextComponent(name)], "=")
	if !ok || value != o.dn || !strings.EqualFold(k, kind) || !strings.EqualFold(parentDN(name), parentDN(o.written)) || strings.Contains(v, `\`) {
		return name
	}
	return v
}

// below counts a child more or less of the object above a DN. A name above that
// has no object gets a ghost, which is a child itself as long as it has some.
func (d *Directory) below(dn string, by int32) {
	if !d.ldap() {
		return
	}
	parent := parentDN(dn)
	if parent == "" {
		return
	}
	n := d.target(d.link(parent))
	d.objects[n].children += by
	if o := &d.objects[n]; o.state == ghost && (o.children == 0 || o.children == by) {
		d.below(parent, by)
	}
}

// place gives an object its DN. A ghost that had the name hands over what
// referred to it and what lies below it.
func (d *Directory) place(n int32, dn string) {
	d.objects[n].dn = dn
	if !d.ldap() {
		return
	}
	held := d.findDN(dn)
	if held == 0 || held == n || d.objects[held].state != ghost {
		d.below(dn, 1)
		return
	}
	if children := d.objects[held].children; children > 0 {
		d.objects[n].children += children // and the place above is counted already
	} else {
		d.below(dn, 1)
	}
	d.unname(held)
	d.objects[held].forward, d.objects[held].children = n, 0
}

// leave takes an object from its DN, before it gets another one or goes. What
// lies below and does not follow keeps a ghost above it.
func (d *Directory) leave(n int32) {
	dn := d.objects[n].dn
	d.unname(n)
	if !d.ldap() {
		return
	}
	if kept := d.objects[n].children; kept > 0 {
		d.objects[n].children = 0
		d.objects[d.link(dn)].children = kept
		return
	}
	d.below(dn, -1)
}
