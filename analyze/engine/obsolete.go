package engine

import (
	"bytes"
	"slices"
)

// obsolete marks what a full import did not see: phase O, SE-I11, SE-N3.
func (m *importer) obsolete() {
	e := m.e
	var unseen []csID
	count := 0
	for _, id := range e.spaces[m.a.index].objects {
		o := e.object(id)
		if !o.real() || o.partition != m.part || o.is(flagSeen) || !o.imported() {
			continue
		}
		unseen = append(unseen, id)
		if u := o.unconfirmed(); !o.pendingOp.deletes() && (u == nil || u.op != opDelete) {
			count++
		}
	}
	if count > 0 && m.deletionLimit(count) {
		return
	}
	for _, id := range m.e.ordered(unseen, true) {
		o := e.object(id)
		e.begin()
		switch u := o.unconfirmed(); {
		case u != nil && u.op == opDelete:
			e.remove(id) // confirmed, uncounted
		case o.pendingOp.deletes(): // counted in an earlier import
			if o.is(flagTransient) {
				e.edit(id).flags &^= flagTransient // SE-I14: a full import clears it
			}
		default:
			m.countObject(StageDelete, id, "SE-I11")
			m.pendingDelete(id, opObsolete)
			if o.real() && u != nil && u.op == opUpdate {
				e.setExports(id, o.unapplied(), nil) // SE-K11: the residue is dropped
			}
		}
		e.commit()
	}
}

// sorted is an object with what it is ordered by.
type sorted struct {
	depth int
	key   []byte
	id    csID
}

// ordered sorts objects by levels, DN and id; deepest sorts the deepest first.
func (e *Engine) ordered(ids []csID, deepest bool) []csID {
	list := make([]sorted, len(ids))
	var page []byte
	for i, id := range ids {
		if cap(page)-len(page) < 512 {
			page = make([]byte, 0, 1<<16)
		}
		depth, key := e.orderKey(id, page[len(page):])
		if cap(key) <= cap(page)-len(page) { // it fitted into the page
			page = page[:len(page)+len(key)]
		}
		list[i] = sorted{depth, key[:len(key):len(key)], id}
	}
	slices.SortFunc(list, func(a, b sorted) int {
		if a.depth != b.depth {
			if deepest {
				return b.depth - a.depth
			}
			return a.depth - b.depth
		}
		if c := bytes.Compare(a.key, b.key); c != 0 {
			return c
		}
		x, y := e.guid(a.id), e.guid(b.id)
		return bytes.Compare(x[:], y[:])
	})
	out := make([]csID, len(list))
	for i := range list {
		out[i] = list[i].id
	}
	return out
}
