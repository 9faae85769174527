package engine

import "strings"

// nameKey is the key of a name in a space: a parent and a folded component.
func nameKey(parent csID, rdnKey valueID) uint64 { return uint64(parent)<<32 | uint64(rdnKey) }

// name is a DN as the connector space holds it: the object above, 0 at the
// top, and the last component.
type name struct {
	parent csID
	rdn    valueID
	key    valueID
}

func (n name) index() uint64 { return nameKey(n.parent, n.key) }

// components splits a DN of an agent. Only LDAP DNs have levels; the root of a
// partition is one component however many it is written with.
func (a *agent) components(dn string) []string {
	a.parts = a.parts[:0]
	if a.caps.DNStyle != StyleLDAP {
		a.parts = append(a.parts, dn)
		return a.parts
	}
	a.parts = splitDN(dn, a.parts)
	for _, root := range a.roots {
		at := len(a.parts) - len(root)
		if at >= 0 && equalFold(a.parts[at:], root) {
			a.parts = append(a.parts[:at], strings.Join(a.parts[at:], ","))
			break
		}
	}
	return a.parts
}

func equalFold(a, b []string) bool {
	for i := range a {
		if fold(a[i]) != fold(b[i]) {
			return false
		}
	}
	return true
}

// findDN returns the object with a DN, placeholders included, or 0.
func (e *Engine) findDN(a *agent, dn string) csID {
	parts := a.components(dn)
	at := csID(0)
	for i := len(parts) - 1; i >= 0; i-- {
		key := e.pool.find(a.nameText(parts[i]))
		if key == 0 {
			return 0
		}
		if at = e.spaces[a.index].byName[nameKey(at, key)]; at == 0 {
			return 0
		}
	}
	return at
}

// placeName makes the name of a DN, with placeholders for the parents that are
// missing (SE-I9).
func (e *Engine) placeName(a *agent, dn string) name {
	parts := a.components(dn)
	at := csID(0)
	for i := len(parts) - 1; i > 0; i-- {
		n := e.component(a, at, parts[i])
		next := e.spaces[a.index].byName[n.index()]
		if next == 0 {
			next = e.makePlaceholder(a, n)
		}
		at = next
	}
	return e.component(a, at, parts[0])
}

func (e *Engine) component(a *agent, parent csID, text string) name {
	rdn := e.pool.id(text)
	if a.exact() {
		return name{parent, rdn, rdn}
	}
	return name{parent, rdn, e.pool.fold(rdn)}
}

// exact reports whether names of the agent are told apart by their case.
func (a *agent) exact() bool { return a.caps.ExactAnchors && a.caps.DNStyle == StyleNone }

// nameText is the form in which a component of a name is looked up.
func (a *agent) nameText(component string) string {
	if a.exact() {
		return component
	}
	return fold(component)
}

// parentOf returns the name of a DN if its parent is there. As long as no import
// has shown what containers the source has, one in the connector space stands in
// for each that is named: a placeholder (SE-Y12).
func (e *Engine) parentOf(a *agent, dn string) (name, bool) {
	parts := a.components(dn)
	at := csID(0)
	for i := len(parts) - 1; i > 0; i-- {
		n := e.component(a, at, parts[i])
		next := e.spaces[a.index].byName[n.index()]
		implied := !e.spaces[a.index].hierarchy && !e.sw.placeholderNoParent
		if next == 0 && (implied || i == len(parts)-1 && a.isRoot(parts[i])) {
			next = e.makePlaceholder(a, n)
		}
		if next == 0 {
			return name{}, false
		}
		at = next
	}
	return e.component(a, at, parts[0]), true
}

func (a *agent) isRoot(component string) bool {
	for _, root := range a.roots {
		if fold(strings.Join(root, ",")) == fold(component) {
			return true
		}
	}
	return false
}

// dnOf builds the DN of an object.
func (e *Engine) dnOf(id csID) string {
	o := e.object(id)
	return e.nameText(name{o.parent, o.rdn, o.rdnKey})
}

func (e *Engine) nameText(n name) string {
	if n.parent == 0 {
		return e.pool.text(n.rdn)
	}
	var b strings.Builder
	b.WriteString(e.pool.text(n.rdn))
	for up := n.parent; up != 0; {
		o := e.object(up)
		b.WriteByte(',')
		b.WriteString(e.pool.text(o.rdn))
		up = o.parent
	}
	return b.String()
}

// sourceName is the name by which the source knows an object: that of the
// connector space, or the one that was exported and awaits confirmation
// (SE-D7).
func (e *Engine) sourceName(id csID) name {
	o := e.object(id)
	if d := o.unconfirmed(); d != nil && d.renames {
		return name{d.parent, d.rdn, 0}
	}
	return name{o.parent, o.rdn, o.rdnKey}
}

// sourceDN is nameText as the source has it, all the way up.
func (e *Engine) sourceDN(n name) string {
	dn := e.pool.text(n.rdn)
	for n.parent != 0 {
		n = e.sourceName(n.parent)
		dn += "," + e.pool.text(n.rdn)
	}
	return dn
}

// targetDN is the DN that an object is to have.
func (e *Engine) targetDN(id csID) string {
	if u := e.object(id).unapplied(); u != nil && u.renames {
		return e.nameText(name{u.parent, u.rdn, 0})
	}
	return e.nameText(e.sourceName(id))
}

// orderKey is what objects are ordered by: levels, then the folded DN. It is
// appended to buf.
func (e *Engine) orderKey(id csID, buf []byte) (depth int, key []byte) {
	o := e.object(id)
	buf = append(buf, e.pool.text(o.rdnKey)...)
	for up := o.parent; up != 0; depth++ {
		p := e.object(up)
		buf = append(buf, ',')
		buf = append(buf, e.pool.text(p.rdnKey)...)
		up = p.parent
	}
	return depth, buf
}

// setParent hangs an object under its name and indexes it. Its row must be
// free.
func (e *Engine) setNameOf(id csID, n name) {
	o := e.edit(id)
	o.parent, o.rdn, o.rdnKey = n.parent, n.rdn, n.key
	e.setName(o.agent, n.index(), id)
	if n.parent != 0 {
		e.edit(n.parent).children++
	}
}

// unname takes an object out of the index of names.
func (e *Engine) unname(id csID) {
	o := e.object(id)
	e.setName(o.agent, nameKey(o.parent, o.rdnKey), 0)
	if o.parent != 0 {
		e.edit(o.parent).children--
	}
}

// rename moves an object. Its descendants move with it, because their DNs are
// derived; connectors among them are marked (SE-K45).
func (e *Engine) rename(id csID, n name) {
	e.unname(id)
	e.setNameOf(id, n)
	o := e.edit(id)
	o.flags |= flagFixup
	if o.children > 0 {
		e.markDescendants(id)
	}
}

func (e *Engine) markDescendants(of csID) {
	a := e.agentOf(of)
	for _, id := range e.spaces[a.index].objects {
		o := e.object(id)
		if id == of || !o.real() || o.mv == 0 {
			continue
		}
		for up := o.parent; up != 0; up = e.object(up).parent {
			if up == of {
				e.edit(id).flags |= flagRenameRetry
				break
			}
		}
	}
}

// passesThrough reports whether a DN names something under an object.
func (e *Engine) passesThrough(a *agent, dn string, id csID) bool {
	parts := a.components(dn)
	at := csID(0)
	for i := len(parts) - 1; i > 0; i-- {
		key := e.pool.find(fold(parts[i]))
		if key == 0 {
			return false
		}
		switch at = e.spaces[a.index].byName[nameKey(at, key)]; at {
		case 0:
			return false
		case id:
			return true
		}
	}
	return false
}
