package engine

import (
	"cmp"
	"slices"
)

// metaValues returns the values of one attribute.
func metaValues(attrs []mvAttr, attr attrID) []mvAttr {
	from, _ := slices.BinarySearchFunc(attrs, attr, func(v mvAttr, a attrID) int { return cmp.Compare(v.attr, a) })
	to := from
	for to < len(attrs) && attrs[to].attr == attr {
		to++
	}
	return attrs[from:to:to]
}

// setMV replaces the values of one attribute of a metaverse object. The values
// are ordered. It reports whether the set of values that can be seen changed.
func (e *Engine) setMV(id mvID, attr attrID, values []mvAttr) bool {
	o := e.editMeta(id)
	if o.owned != e.journal.serial {
		o.attrs = append(make([]mvAttr, 0, len(o.attrs)+4), o.attrs...)
		o.owned = e.journal.serial
	}
	from, _ := slices.BinarySearchFunc(o.attrs, attr, func(v mvAttr, a attrID) int { return cmp.Compare(v.attr, a) })
	to := from
	for to < len(o.attrs) && o.attrs[to].attr == attr {
		to++
	}
	old := o.attrs[from:to]
	changed := !sameValues(old, values)
	if changed {
		e.reindex(id, attr, old, values)
	}
	if len(old) == len(values) {
		copy(old, values)
		return changed
	}
	o.attrs = slices.Replace(o.attrs, from, to, values...)
	return changed
}

// sameValues compares what can be seen of two lists of values.
func sameValues(a, b []mvAttr) bool {
	i, k := 0, 0
	for i < len(a) && k < len(b) {
		if a[i].attr != b[k].attr || a[i].val != b[k].val {
			return false
		}
		i, k = nextValue(a, i), nextValue(b, k)
	}
	return i == len(a) && k == len(b)
}

// nextValue skips further contributors of the same value.
func nextValue(list []mvAttr, i int) int {
	for v := list[i]; i < len(list) && list[i].attr == v.attr && list[i].val == v.val; {
		i++
	}
	return i
}

// reindex keeps the join index and the list of referrers.
func (e *Engine) reindex(id mvID, attr attrID, old, now []mvAttr) {
	switch a := &e.mvAttrs[attr]; {
	case a.kind == Reference:
		for _, v := range now {
			if !slices.ContainsFunc(old, func(o mvAttr) bool { return o.val == v.val }) {
				e.linkMeta(id, mvID(v.val))
			}
		}
	case a.joined:
		for i, v := range old {
			if i == 0 || old[i-1].val != v.val {
				e.removeJoin(joinKey(attr, e.joinValue(a, v.val)), id)
			}
		}
		for i, v := range now {
			if i == 0 || now[i-1].val != v.val {
				e.addJoin(joinKey(attr, e.joinValue(a, v.val)), id)
			}
		}
	}
}

func joinKey(attr attrID, value valueID) uint64 { return uint64(attr)<<32 | uint64(value) }

// joinValue is the form in which values are searched: strings without case.
func (e *Engine) joinValue(a *attribute, v valueID) valueID {
	if a.kind == String {
		return e.pool.fold(v)
	}
	return v
}

// contributor is the lineage of a value.
type contributor struct {
	rule  uint16
	agent uint16
	cs    csID
}

// write gives an attribute the values of one rule: SE-N5 row 12. With equal
// precedence a multi-valued attribute keeps the values of others.
func (e *Engine) write(id mvID, d *destination, by contributor, values []valueID) bool {
	var list []mvAttr
	if d.precedence == Equal && e.mvAttrs[d.attr].multi {
		for _, v := range metaValues(e.meta(id).attrs, d.attr) {
			if v.cs != by.cs || v.rule != by.rule {
				list = append(list, v)
			}
		}
	} else {
		list = e.room.metaAttrs[:0]
	}
	for _, v := range values {
		list = append(list, mvAttr{d.attr, by.rule, by.agent, by.cs, v})
	}
	if len(list) > 1 {
		slices.SortFunc(list, func(a, b mvAttr) int {
			return cmp.Or(cmp.Compare(a.val, b.val), cmp.Compare(a.rule, b.rule), cmp.Compare(a.cs, b.cs))
		})
		list = slices.Compact(list)
	}
	changed := e.setMV(id, d.attr, list)
	if cap(list) > cap(e.room.metaAttrs) {
		e.room.metaAttrs = list[:0]
	}
	return changed
}

// withdraw removes the values that a rule wrote for an object.
func (e *Engine) withdraw(id mvID, attr attrID, by contributor) bool {
	list := slices.Clone(metaValues(e.meta(id).attrs, attr))
	list = slices.DeleteFunc(list, func(v mvAttr) bool { return v.cs == by.cs && v.rule == by.rule })
	return e.setMV(id, attr, list)
}

// connect links an object to a metaverse object. Who refers to it may now have
// more to say: SE section 1.4 and SE-D2.
func (e *Engine) connect(id csID, to mvID) {
	o := e.edit(id)
	o.mv, o.state = to, stateNormal
	m := e.editMeta(to)
	m.conns = append(slices.Clip(m.conns), id)
	for _, r := range e.referrersOf(id) {
		if e.object(r).mv != 0 && r != id {
			e.edit(r).flags |= flagRefJoined
		}
	}
	for _, r := range e.metaReferrersOf(to) {
		if r != to && e.hasConnector(r, o.agent) {
			e.editMeta(r).flags |= mvRefRetry
		}
	}
}

func (e *Engine) hasConnector(id mvID, agent uint16) bool {
	return slices.ContainsFunc(e.meta(id).conns, func(c csID) bool { return e.object(c).agent == agent })
}

// unlink takes an object from its metaverse object.
func (e *Engine) unlink(id csID) {
	o := e.edit(id)
	m := e.editMeta(o.mv)
	m.conns = slices.DeleteFunc(slices.Clone(m.conns), func(c csID) bool { return c == id })
	o.mv, o.state = 0, stateNormal
	o.flags &^= flagProvisioned | flagRefRetry | flagRefJoined | flagRenameRetry
	if o.unapplied() != nil { // a disconnector exports nothing but a delete, which deprovisioning stages
		e.release(o.unapplied(), o.agent)
		e.setExports(id, nil, o.unconfirmed())
	}
	e.withdrawReferences(id)
}

// withdrawReferences takes an object that is no connector any more out of the
// references that wait for export (SE-N6: they are not in Unapplied at all).
func (e *Engine) withdrawReferences(to csID) {
	a := e.agentOf(to)
	for _, r := range e.referrersOf(to) {
		u := e.object(r).unapplied()
		if u == nil {
			continue
		}
		stale := func(c change) bool {
			return !c.remove && c.val == valueID(to) && a.attrs[c.attr].kind == Reference
		}
		if !slices.ContainsFunc(u.changes, stale) {
			continue
		}
		next := *u
		next.changes = slices.DeleteFunc(slices.Clone(u.changes), stale)
		if next.op == opUpdate && len(next.changes) == 0 && !next.renames {
			e.setExports(r, nil, e.object(r).unconfirmed())
		} else {
			e.setExports(r, &next, e.object(r).unconfirmed())
		}
	}
}

// connectorsOf returns the connectors of a metaverse object in the order of
// outbound work: agents by id, connectors by DN.
func (e *Engine) connectorsOf(id mvID, into []csID) []csID {
	conns := e.meta(id).conns
	for _, a := range e.outOrder {
		from := len(into)
		for _, c := range conns {
			if e.object(c).agent == a.index {
				into = append(into, c)
			}
		}
		if len(into)-from > 1 {
			copy(into[from:], e.byDN(into[from:]))
		}
	}
	return into
}

// byDN orders objects of one agent by folded DN.
func (e *Engine) byDN(ids []csID) []csID {
	out := slices.Clone(ids)
	slices.SortFunc(out, func(a, b csID) int {
		return cmp.Or(cmp.Compare(fold(e.dnOf(a)), fold(e.dnOf(b))), cmp.Compare(a, b))
	})
	return out
}
