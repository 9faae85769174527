package engine

import (
	"slices"
	"strings"
)

// classify puts an entry into the first row of the table of SE-N1 that it
// matches, and composes the pending import (SE-K53). It gives the object its
// name first, because the entry may refer to itself.
func (m *importer) classify(en *ImportEntry, t csID, byName bool, typ uint16) (err string) {
	e := m.e
	class, rule := StageAdd, "SE-N1 row 11"
	var o *csObject
	if t != 0 {
		o = e.object(t)
	}
	// An agent without anchors of its own knows objects by their DN alone.
	nameless := t != 0 && (o.anchor == 0 || !m.keyed(en))
	switch {
	case t == 0:
		t = m.make(en)
	case byName && o.is(flagPlaceholder):
		rule = "SE-N1 row 7"
		m.promote(t)
	case byName && nameless && o.imported():
		class, rule = m.known(en, t, typ) // an anchor that comes late
	case byName && nameless && o.unconfirmed() != nil:
		rule = "SE-N1 row 8"
		class = m.confirmedAdd()
	case byName && nameless:
		rule = "SE-N1 row 9"
		if e.dropUnexported(t); e.object(t).is(flagPlaceholder) {
			m.promote(t) // something refers to it or lies under it
		} else {
			t = m.make(en)
		}
	case byName:
		rule = "SE-N1 row 10"
		e.makeTransient(t)
		t = m.make(en)
	default:
		class, rule = m.known(en, t, typ)
	}
	now, err := m.image(en, t)
	if err != "" {
		return err
	}
	if rule == rowSame {
		if old, _ := e.object(t).importImage(); slices.Equal(old, now) {
			class = StageNoChange
		} else {
			rule = "SE-N1 row 6"
		}
	}
	m.adopt(en, t)
	m.compose(t, typ, now)
	o = e.edit(t)
	o.partition = m.part // it may have moved here from another one
	o.flags |= flagSeen | flagAccepted
	if en.Kind == Add {
		o.flags |= flagAdded
	}
	if sp := &e.spaces[m.a.index]; !sp.hierarchy {
		sp.hierarchy = e.isContainer(o) || o.parent != 0 && e.object(o.parent).real()
	}
	m.delivered = append(m.delivered, t)
	m.countObject(class, t, rule)
	return ""
}

// isContainer reports whether an object is a container by its type or by its
// name, whatever the type is called.
func (e *Engine) isContainer(o *csObject) bool {
	if typ := e.typeOf(o); typ != nil && typ.Container {
		return true
	}
	return e.agents[o.agent].caps.DNStyle == StyleLDAP && strings.HasPrefix(e.pool.text(o.rdnKey), "OU=")
}

// rowSame: whether the entry is row 5 or row 6, its values say.
const rowSame = "SE-N1 row 5"

// confirmedAdd is the class of an exported add that comes back (SE-K02).
func (m *importer) confirmedAdd() StagingCounter {
	if m.e.sw.confirmedAddIsUpdate {
		return StageUpdate
	}
	return StageAdd
}

// known classifies an entry whose object was found by anchor: rows 1 to 6. It
// moves the object if the entry has another DN.
func (m *importer) known(en *ImportEntry, t csID, typ uint16) (StagingCounter, string) {
	o := m.e.object(t)
	moved := m.move(en, t)
	switch {
	case !o.imported():
		return m.confirmedAdd(), "SE-N1 row 1"
	case o.pendingOp.deletes() && typ == o.typ:
		return StageUpdate, "SE-N1 row 2"
	case typ != o.importType():
		return StageDeleteAdd, "SE-N1 row 3"
	case moved:
		return StageRename, "SE-N1 row 4"
	}
	return StageUpdate, rowSame
}

// move gives an object the DN of its entry, and reports whether that is a
// rename: not if the DN is the one that was exported (SE-D7).
func (m *importer) move(en *ImportEntry, t csID) bool {
	e, o := m.e, m.e.object(t)
	n := e.placeName(m.a, en.DN)
	same := n.parent == o.parent && n.key == o.rdnKey
	if same {
		if n.rdn != o.rdn {
			e.edit(t).rdn = n.rdn // the case of the name changed
		}
		return false
	}
	if holder := e.spaces[m.a.index].byName[n.index()]; holder != 0 && holder != t {
		if e.object(holder).is(flagPlaceholder) {
			e.merge(holder, t)
		} else {
			e.makeTransient(holder)
		}
	}
	confirmed := false
	if u := o.unconfirmed(); u != nil && u.renames {
		confirmed = u.parent == n.parent && e.pool.fold(u.rdn) == n.key
	}
	e.rename(t, n)
	e.edit(t).flags &^= flagTransient
	e.object(t).flags |= flagDNChanged
	m.fixups = append(m.fixups, t)
	return !confirmed
}

// make creates the object of an entry.
func (m *importer) make(en *ImportEntry) csID {
	n := m.e.placeName(m.a, en.DN)
	id, o := m.e.create(m.a.index)
	o.partition = m.part
	m.e.setNameOf(id, n)
	return id
}

// promote turns a placeholder into a real object; it keeps its id.
func (m *importer) promote(t csID) {
	o := m.e.edit(t)
	o.flags = flagLive | flagFixup
	o.partition = m.part
	m.fixups = append(m.fixups, t)
}

// adopt gives an object the anchor of its entry.
func (m *importer) adopt(en *ImportEntry, t csID) {
	if len(en.Anchor) == 0 {
		return
	}
	anchor := m.e.pool.id(string(en.Anchor))
	if o := m.e.object(t); o.anchor == anchor {
		return
	}
	m.e.giveAnchor(t, anchor)
}

// giveAnchor sets the anchor of an object and indexes it.
func (e *Engine) giveAnchor(t csID, anchor valueID) {
	o := e.edit(t)
	if o.anchor != 0 && e.spaces[o.agent].byAnchor[o.anchor] == t {
		e.setAnchor(o.agent, o.anchor, 0)
	}
	o.anchor = anchor
	if c := e.agents[o.agent].caps; anchor != 0 && c.DNStyle != StyleNone && !c.DNAsAnchor {
		e.setAnchor(o.agent, anchor, t)
	}
}

// compose sets the pending import so that Synced and PendingImport together
// are the entry: SE-I8, SE-K53.
func (m *importer) compose(t csID, typ uint16, now image) {
	e, o := m.e, m.e.edit(t)
	old, had := o.importImage()
	o.flags &^= flagObsoletion
	op := opUpdate
	switch {
	case !o.is(flagSynced):
		op, o.typ = opAdd, typ
	case typ != o.typ || o.pendingOp == opDeleteAdd: // SE-K53: a delete-add stays one, whatever comes
		op = opDeleteAdd
	case !o.is(flagDNChanged) && slices.Equal(now, o.synced):
		op = opNone
	}
	o.pendingType = typ
	if op == o.pendingOp && had && slices.Equal(old, now) {
		return
	}
	o.pendingOp, o.pending = op, nil
	switch {
	case op == opNone:
	case op == opUpdate && slices.Equal(now, o.synced):
		o.pending = o.synced
	default:
		o.pending = slices.Clone(now)
		if !had {
			old = nil
		}
		e.linkImage(t, old, o.pending)
	}
}

// stageDelete stages a delete entry.
func (m *importer) stageDelete(t csID, en *ImportEntry) {
	if t == 0 || !m.e.object(t).real() || !m.e.object(t).imported() && m.e.object(t).unconfirmed() == nil {
		m.filtered(&m.rec.Filtered.FilteredDeletions, "filtered-deletions", en)
		return
	}
	o := m.e.object(t)
	if u := o.unconfirmed(); u != nil && u.op == opDelete {
		m.e.remove(t) // SE-N1: the confirmation of an exported delete, uncounted
		return
	}
	if o.pendingOp.deletes() {
		o = m.e.edit(t)
		o.pendingOp = opDelete
		o.flags &^= flagObsoletion
		return // SE-K53: not counted again
	}
	if m.deletionLimit(1) {
		return
	}
	m.countObject(StageDelete, t, "SE-N1")
	m.pendingDelete(t, opDelete)
}

// pendingDelete makes an object's pending import a delete, or removes an
// object that no one ever synchronized.
func (m *importer) pendingDelete(t csID, op deltaOp) {
	o := m.e.object(t)
	if o.mv == 0 && !o.is(flagSynced) {
		if o.is(flagAdded) && o.anchor != 0 {
			if m.run.addedAndGone == nil {
				m.run.addedAndGone = map[valueID]bool{}
			}
			m.run.addedAndGone[o.anchor] = true
		}
		m.e.remove(t)
		return
	}
	o = m.e.edit(t)
	o.pendingOp, o.pending = op, nil
	o.flags &^= flagTransient
	o.flags |= flagAccepted
	if op == opObsolete {
		o.flags |= flagObsoletion
	} else {
		m.delivered = append(m.delivered, t)
	}
}

// deletionLimit reports whether n more deletes would exceed the limit of the
// step, which stops it before they are staged (SE-K30).
func (m *importer) deletionLimit(n int) bool {
	if m.cfg.DeleteLimit == 0 || int(m.rec.Staging[StageDelete])+n <= m.cfg.DeleteLimit {
		return false
	}
	m.halt(StoppedDeletionLimit, "")
	return true
}
