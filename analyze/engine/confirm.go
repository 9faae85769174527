package engine

import "slices"

// errReimport is the error of a change that did not come back.
const errReimport = "exported-change-not-reimported"

// confirm compares what was exported with what came back: SE-I13, SE-K11. The
// residue goes back to the changes that wait for export.
func (m *importer) confirm(id csID) {
	e := m.e
	o := e.object(id)
	u := o.unconfirmed()
	now, _ := o.importImage()
	residue := &delta{op: opUpdate}
	if u.op == opDelete {
		residue.op = opDelete // it is still there
	} else {
		shown := &delta{op: u.op}
		for _, c := range u.changes {
			switch {
			case m.a.attrs[c.attr].skip:
			case now.has(c.av) == c.remove:
				residue.changes = append(residue.changes, c)
			default:
				shown.changes = append(shown.changes, c)
			}
		}
		if o.pendingOp != opNone {
			e.setConfirmed(id, e.stack(m.a, o.confirmed(), shown))
		}
		if u.renames && (o.parent != u.parent || o.rdnKey != e.pool.fold(u.rdn)) {
			residue.renames, residue.parent, residue.rdn = true, u.parent, u.rdn
		} else {
			e.release(u, o.agent)
		}
	}
	if residue.op == opUpdate && len(residue.changes) == 0 && !residue.renames {
		e.setExports(id, o.unapplied(), nil)
		if o.err != nil && o.err.typ == errReimport { // SE-D9: only a confirmation resets
			e.edit(id).err = nil
		}
		return
	}
	m.notReimported(id, residue, u.op)
}

// confirmDelivered looks at what was exported and that the import delivered: the
// other half of phase X. It waits for the last entry, because an object may come
// in several, and what it refers to may come behind it.
func (m *importer) confirmDelivered() {
	stopped := m.stop
	for _, id := range m.delivered {
		if o := m.e.object(id); !o.real() || o.unconfirmed() == nil || o.pendingOp.deletes() {
			continue // a delete came in, which ends what was exported
		}
		m.e.begin()
		m.confirm(id)
		m.e.commit()
		if m.stop != stopped {
			return
		}
	}
}

// confirmAbsent looks at what was exported and that the import did not
// deliver: the absent half of phase X (SE-K11, SE-K13).
func (m *importer) confirmAbsent() {
	e, kind := m.e, m.a.caps.Confirmation
	for _, id := range slices.Clone(e.spaces[m.a.index].objects) {
		o := e.object(id)
		u := o.unconfirmed()
		if u == nil || o.partition != m.part || o.is(flagAccepted) || !o.real() {
			continue
		}
		e.begin()
		switch {
		case !m.delta && u.op == opDelete:
			e.remove(id) // confirmed, uncounted
		case u.op == opDelete && kind != ConfirmNormal, u.op == opAdd && kind == NoAddAndDeleteConfirmation:
			// an import does not show these
		case !m.delta && u.op != opAdd && u.op != opDeleteAdd:
			e.setExports(id, o.unapplied(), nil)
		default:
			residue := *u
			m.notReimported(id, &residue, u.op)
		}
		e.commit()
		if m.stop != "" {
			return
		}
	}
}

// notReimported records the warning and puts the residue back at once.
func (m *importer) notReimported(id csID, residue *delta, op deltaOp) {
	e := m.e
	o := e.edit(id)
	shown := *residue
	shown.op = op
	record := ImportError{ID: e.guid(id), DN: e.dnOf(id), Type: errReimport, Step: AlgorithmStep{Name: "staging"}, Warning: true,
		Change: &ChangeNotReimported{Delta: e.deltaRecord(id, &shown), Entry: e.entryRecord(id)}}
	back := residue
	if o.imported() && residue.op != opDelete {
		back = &delta{op: opUpdate, renames: residue.renames, parent: residue.parent, rdn: residue.rdn, changes: residue.changes}
	}
	e.setExports(id, e.stack(m.a, back, o.unapplied()), nil)
	m.importError(id, &record)
	if e.trace.on() {
		e.trace.add(Event{Kind: EventError, Object: e.ref(id), Status: errReimport, Rule: "SE-I13"})
		e.trace.flush()
	}
}

// stack puts one delta on another.
func (e *Engine) stack(a *agent, low, high *delta) *delta {
	switch {
	case high == nil:
		return low
	case low == nil:
		return high
	}
	if high.op != opUpdate || low.op == opDelete {
		return high
	}
	sum := *low
	if high.renames {
		sum.renames, sum.parent, sum.rdn = true, high.parent, high.rdn
	}
	sum.changes = nil
	for _, l := range low.changes {
		replaced := !a.attrs[l.attr].multi && high.adds(l.attr)
		if !replaced && !high.has(l.av) {
			sum.changes = append(sum.changes, l)
		}
	}
	sum.changes = append(sum.changes, high.changes...)
	slices.SortFunc(sum.changes, compareChange)
	return &sum
}

// setExports changes the upper part of the tower of an object.
func (e *Engine) setExports(id csID, unapplied, unconfirmed *delta) {
	o := e.edit(id)
	e.linkDelta(id, o.unapplied(), unapplied)
	if unconfirmed != o.unapplied() {
		e.linkDelta(id, o.unconfirmed(), unconfirmed)
	}
	next := exports{}
	if o.export != nil {
		next = *o.export
	}
	next.unapplied, next.unconfirmed = unapplied, unconfirmed
	o.setTower(next)
}

// setTower puts the upper part of a tower in place, if there is one.
func (o *csObject) setTower(next exports) {
	if next == (exports{}) {
		o.export = nil
		return
	}
	o.export = &next
}

// setConfirmed notes what an import has shown of the exports, or, with nil,
// that the import is synchronized.
func (e *Engine) setConfirmed(id csID, d *delta) {
	if e.object(id).confirmed() == d {
		return
	}
	o := e.edit(id)
	next := exports{}
	if o.export != nil {
		next = *o.export
	}
	e.linkDelta(id, next.confirmed, d)
	next.confirmed = d
	o.setTower(next)
}
