package engine

import "slices"

// link notes that an object refers to another one.
func (e *Engine) link(from, to csID) {
	e.links = append(e.links, link{uint32(from), e.object(to).referrers})
	e.edit(to).referrers = uint32(len(e.links))
}

// linkImage notes the references of a new image that an old one has not.
func (e *Engine) linkImage(id csID, old, now image) {
	a := e.agentOf(id)
	for _, attr := range a.references {
		for _, v := range now.of(attr) {
			if !old.has(v) {
				e.link(id, csID(v.val))
			}
		}
	}
}

// linkDelta is linkImage for the changes of an export.
func (e *Engine) linkDelta(id csID, old, now *delta) {
	a := e.agentOf(id)
	if len(a.references) == 0 || now == nil {
		return
	}
	for _, c := range now.changes {
		if a.attrs[c.attr].kind == Reference && !old.has(c.av) {
			e.link(id, csID(c.val))
		}
	}
}

// referrersOf returns the objects that have a reference to an object in any
// image, by id.
func (e *Engine) referrersOf(to csID) []csID {
	var found []csID
	for at := e.object(to).referrers; at != 0; {
		l := e.links[at-1]
		at = l.next
		if from := csID(l.from); e.refersTo(from, to) {
			found = append(found, from)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// isReferred is len(referrersOf) > 0.
func (e *Engine) isReferred(to csID) bool {
	for at := e.object(to).referrers; at != 0; {
		l := e.links[at-1]
		at = l.next
		if e.refersTo(csID(l.from), to) {
			return true
		}
	}
	return false
}

func (e *Engine) refersTo(from, to csID) bool {
	o := e.object(from)
	if !o.real() {
		return false
	}
	for _, attr := range e.agentOf(from).references {
		v := av{attr, valueID(to)}
		if o.synced.has(v) || o.pending.has(v) || o.unapplied().has(v) || o.unconfirmed().has(v) || o.confirmed().has(v) {
			return true
		}
	}
	return false
}

// linkMeta notes that a metaverse object refers to another one.
func (e *Engine) linkMeta(from, to mvID) {
	e.mvRefs = append(e.mvRefs, link{uint32(from), e.meta(to).referrers})
	e.editMeta(to).referrers = uint32(len(e.mvRefs))
}

// metaReferrersOf returns the metaverse objects that refer to one, by id.
func (e *Engine) metaReferrersOf(to mvID) []mvID {
	var found []mvID
	for at := e.meta(to).referrers; at != 0; {
		l := e.mvRefs[at-1]
		at = l.next
		from := mvID(l.from)
		if e.meta(from).flags&mvLive != 0 && e.metaRefersTo(from, to) {
			found = append(found, from)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func (e *Engine) metaRefersTo(from, to mvID) bool {
	attrs := e.meta(from).attrs
	for _, attr := range e.mvReferences {
		at, _ := slices.BinarySearchFunc(attrs, av{attr, valueID(to)}, func(v mvAttr, want av) int { return compareAV(av{v.attr, v.val}, want) })
		if at < len(attrs) && attrs[at].attr == attr && attrs[at].val == valueID(to) {
			return true
		}
	}
	return false
}
