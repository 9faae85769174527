package engine

import "slices"

// makePlaceholder stands in for an object that only its DN is known of.
func (e *Engine) makePlaceholder(a *agent, n name) csID {
	id, o := e.create(a.index)
	o.flags = flagLive | flagPlaceholder
	e.setNameOf(id, n)
	return id
}

// reference returns the object that a reference value names, a placeholder if
// there is none (SE-I9).
func (e *Engine) reference(a *agent, dn string) csID {
	if id := e.findDN(a, dn); id != 0 {
		return id
	}
	n := e.placeName(a, dn)
	if id := e.spaces[a.index].byName[n.index()]; id != 0 {
		return id
	}
	return e.makePlaceholder(a, n)
}

// makeTransient takes the DN of an object away, because another anchor has it
// now (SE-I14). Transients are counted nowhere.
func (e *Engine) makeTransient(id csID) {
	e.unname(id)
	temporary := e.component(e.agentOf(id), 0, "transient:"+e.guid(id).String())
	e.setNameOf(id, temporary)
	e.edit(id).flags |= flagTransient
	if e.trace.on() {
		e.trace.add(Event{Kind: EventTransient, Object: e.ref(id), Rule: "SE-N1 row 10"})
	}
}

// merge gives the referrers and children of a placeholder to the object that
// takes its DN, and drops the placeholder (SE-N1).
func (e *Engine) merge(holder, into csID) {
	for _, from := range e.referrersOf(holder) {
		e.redirect(from, holder, into)
	}
	if e.object(holder).children > 0 {
		a := e.agentOf(holder)
		for _, id := range slices.Clone(e.spaces[a.index].objects) {
			o := e.object(id)
			if o.is(flagLive) && o.parent == holder && id != into {
				e.inherit(id, into)
			}
		}
	}
	e.drop(holder)
}

// inherit hangs a child of a merged placeholder under the object that took its
// place, which may have a child of that name already.
func (e *Engine) inherit(id, into csID) {
	o := e.object(id)
	n := name{into, o.rdn, o.rdnKey}
	there := e.spaces[o.agent].byName[n.index()]
	switch {
	case there == 0:
	case o.is(flagPlaceholder):
		e.merge(id, there)
		return
	case e.object(there).is(flagPlaceholder):
		e.merge(there, id)
	default:
		e.makeTransient(id)
		return
	}
	e.unname(id)
	e.setNameOf(id, n)
}

// redirect makes every reference of an object to one target a reference to
// another.
func (e *Engine) redirect(from, old, now csID) {
	change := func(m image) image {
		if m == nil {
			return nil
		}
		next := slices.Clone(m)
		for i, v := range next {
			if v.val == valueID(old) && e.agentOf(from).attrs[v.attr].kind == Reference {
				next[i].val = valueID(now)
			}
		}
		return normalize(next)
	}
	o := e.edit(from)
	o.synced, o.pending = change(o.synced), change(o.pending)
	if o.export != nil {
		x := *o.export
		for _, d := range [...]**delta{&x.unapplied, &x.unconfirmed, &x.confirmed} {
			*d = e.redirectDelta(from, *d, old, now)
		}
		o.export = &x
	}
	e.link(from, now)
}

func (e *Engine) redirectDelta(from csID, d *delta, old, now csID) *delta {
	if d == nil {
		return nil
	}
	next := *d
	next.changes = slices.Clone(d.changes)
	for i, c := range next.changes {
		if c.val == valueID(old) && e.agentOf(from).attrs[c.attr].kind == Reference {
			next.changes[i].val = valueID(now)
		}
	}
	slices.SortFunc(next.changes, compareChange)
	return &next
}

// remove deletes an object that is unlinked by now. What still refers to it or
// lies under it keeps a placeholder in its place (SE-N3).
func (e *Engine) remove(id csID) {
	for _, r := range e.referrersOf(id) {
		if o := e.object(r); o.mv != 0 && o.is(flagSeen) {
			e.edit(r).flags |= flagRefRetry
		}
	}
	o := e.edit(id)
	if o.anchor != 0 {
		e.giveAnchor(id, 0)
	}
	e.release(o.unapplied(), o.agent)
	e.release(o.unconfirmed(), o.agent)
	o.typ, o.pendingType, o.partition = 0, 0, 0
	o.synced, o.pending, o.pendingOp = nil, nil, opNone
	o.export, o.err = nil, nil
	o.flags, o.state = flagLive|flagPlaceholder, stateNormal
	e.sweep(id)
}

// release gives back the name that a pending rename reserved.
func (e *Engine) release(d *delta, agent uint16) {
	if d == nil || !d.renames {
		return
	}
	key := nameKey(d.parent, e.pool.fold(d.rdn))
	if e.spaces[agent].reserved[key] != 0 {
		e.setReserved(agent, key, 0)
	}
}

// sweep deletes a placeholder that nothing needs, and the placeholders above
// it that only it needed.
func (e *Engine) sweep(id csID) bool {
	swept := false
	for id != 0 {
		o := e.object(id)
		if !o.is(flagPlaceholder) || !o.is(flagLive) || o.children > 0 || e.isReferred(id) {
			return swept
		}
		up := o.parent
		e.drop(id)
		swept, id = true, up
	}
	return swept
}

// drop deletes the row of a placeholder.
func (e *Engine) drop(id csID) {
	e.unname(id)
	o := e.edit(id)
	o.flags = 0
	o.parent, o.rdn, o.rdnKey = 0, 0, 0
}

// fixesReferences says whether phase F happens: by the result that the import
// has so far (SE-K13, SE-K14).
func (m *importer) fixesReferences() bool {
	if m.stop != "" || len(m.rec.Discovery) > 0 {
		return false
	}
	return !m.e.sw.fixOnSuccessOnly || m.result(m) == Success
}

// fixReferences marks who refers to what was promoted or moved in this step,
// and drops the placeholders that nothing needs: SE-N3.
func (m *importer) fixReferences() {
	e := m.e
	e.begin()
	slices.Sort(m.fixups)
	for _, id := range slices.Compact(m.fixups) {
		if !e.object(id).is(flagFixup) {
			continue
		}
		for _, r := range e.referrersOf(id) {
			if o := e.object(r); o.mv != 0 && o.is(flagSeen) {
				e.edit(r).flags |= flagRefRetry
			}
		}
	}
	for again := true; again; {
		again = false
		for _, id := range e.spaces[m.a.index].objects {
			if e.object(id).flags&(flagLive|flagPlaceholder) == flagLive|flagPlaceholder && e.sweep(id) {
				again = true
			}
		}
	}
	e.commit()
}
