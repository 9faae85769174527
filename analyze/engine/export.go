package engine

import (
	"bytes"
	"cmp"
	"slices"
)

// exporter is the export of one step: phase E, SE-E1 to SE-E9, SE-N6.
type exporter struct {
	*step
	source Source
	size   int        // objects a batch
	last   StepResult // what ends the step behind the batch that is being filled

	refused  map[csID]bool // took an error in this step
	rejected map[csID]bool // a reference value of it was refused to the last
	parents  map[csID]bool // asked for its parent already
	holds    map[csID]bool // has references that wait for pass 2
	held     []csID        // the same, in the order of pass 1
	later    []csID        // for pass 3
	singles  []heldAttr    // for pass 4
}

// heldAttr is a reference attribute that failed as a whole.
type heldAttr struct {
	id   csID
	attr attrID
}

// export carries the pending exports of the partition out. It reports whether
// the step started.
func (st *step) export() bool {
	x := &exporter{step: st, source: st.e.edges.Sources[st.a.cfg.Name], size: st.cfg.BatchSize,
		refused: map[csID]bool{}, rejected: map[csID]bool{}, parents: map[csID]bool{}, holds: map[csID]bool{}}
	if x.source == nil {
		st.rec.Result = NoStartConnection
		return false
	}
	if x.size <= 0 {
		x.size = max(st.a.caps.BatchSize, 1)
	}
	opening := x.source.OpenExport(ExportRequest{Partition: st.a.partitions[st.part-1].cfg.Name, BatchSize: x.size, Full: st.a.caps.FullExport})
	if result := st.connect(&opening); result != "" {
		x.source.Close()
		st.rec.Result, st.rec.File = result, opening.File
		return false
	}
	st.starts()
	x.passes()
	x.source.Close()
	return true
}

// take takes the next object into a batch, if the batch may have one more. What
// ends the step after so many objects ends it once they are exported (full).
func (x *exporter) take(ids *[]csID, id *csID) bool {
	for len(*ids) > 0 && x.last == "" && x.stop == "" {
		if x.last = x.enough(); x.last != "" {
			break
		}
		x.done++
		*id, *ids = (*ids)[0], (*ids)[1:]
		if !x.locked(*id) {
			return true
		}
	}
	return false
}

// locked refuses an object that another run holds (SE-R4).
func (x *exporter) locked(id csID) bool {
	e := x.e
	if e.edges.Faults == nil || e.edges.Faults.Locked(x.a.cfg.Name, e.dnOf(id), e.anchorOf(id)) == "" {
		return false
	}
	e.begin()
	x.fail(id, "locking-error-needs-retry", nil, true)
	e.commit()
	if e.trace.on() {
		e.trace.flush()
	}
	return true
}

// full ends the step once as many objects as it may take are exported.
func (x *exporter) full() {
	if x.last != "" {
		x.halt(x.last, x.fileOf(x.last))
	}
}

func (x *exporter) passes() {
	if x.stop != "" {
		return
	}
	deletes, changes := x.candidates()
	if n := len(deletes); x.cfg.DeleteLimit > 0 && n > x.cfg.DeleteLimit { // SE-E3
		x.halt(StoppedDeletionLimit, "")
		return
	}
	if x.cfg.ToFile && !x.cfg.ResumeFromFile {
		x.dropFile(append(deletes, changes...))
		return
	}
	if x.e.sw.deleteLast {
		x.pass1(changes)
		x.deletePass(deletes)
	} else {
		x.deletePass(deletes)
		x.pass1(changes)
	}
	all := append(slices.Clone(deletes), changes...)
	x.held = slices.DeleteFunc(slices.Clone(all), func(id csID) bool { return !x.holds[id] })
	x.pass2()
	x.pass3()
	x.pass4()
	x.leftovers(all)
}

// candidates returns what is to be exported, in the order of SE-K28.
func (x *exporter) candidates() (deletes, changes []csID) {
	e := x.e
	for _, id := range e.spaces[x.a.index].objects {
		o := e.object(id)
		if !o.real() || o.is(flagTransient) || o.partition != x.part || !x.inReach(id) {
			continue
		}
		u := o.unapplied()
		switch {
		case u == nil:
			if x.a.caps.FullExport && o.mv != 0 {
				changes = append(changes, id)
			}
		case u.op == opDelete || u.op == opDeleteAdd:
			deletes = append(deletes, id)
		case u.op == opAdd || u.renames || x.exportable(u):
			changes = append(changes, id)
		}
	}
	changes = x.order(changes, false)
	if x.e.sw.hoistParents {
		changes = x.hoist(changes)
	}
	return x.order(deletes, true), changes
}

// inReach: objects in containers outside of the partition are never handed to
// the agent (SE-K27).
func (x *exporter) inReach(id csID) bool {
	p := &x.a.partitions[x.part-1]
	if x.a.caps.DNStyle != StyleLDAP || len(p.inclusions)+len(p.exclusions) == 0 {
		return true
	}
	return p.contains(splitDN(x.e.dnOf(id), nil))
}

// exportable: unselected attributes stay pending (SE-K27).
func (x *exporter) exportable(u *delta) bool {
	return slices.ContainsFunc(u.changes, func(c change) bool { return !x.a.attrs[c.attr].Excluded })
}

// order sorts by references in the target state, depth, DN, id; deletes by
// falling depth, DN, id (SE-K28, SE-D4).
func (x *exporter) order(ids []csID, deletes bool) []csID {
	e := x.e
	type item struct {
		references, depth int
		key               []byte
		guid              GUID
		id                csID
	}
	list := make([]item, len(ids))
	for i, id := range ids {
		depth, key := e.orderKey(id, nil)
		list[i] = item{depth: depth, key: key, id: id}
		if e.sw.tieByGUID {
			list[i].key, list[i].guid = nil, e.guid(id)
		}
		if deletes {
			list[i].depth = -depth
			continue
		}
		for _, v := range e.target(id, 0) {
			if x.a.attrs[v.attr].kind == Reference {
				list[i].references++
			}
		}
	}
	slices.SortFunc(list, func(p, q item) int {
		return cmp.Or(cmp.Compare(p.references, q.references), cmp.Compare(p.depth, q.depth), bytes.Compare(p.key, q.key),
			bytes.Compare(p.guid[:], q.guid[:]), cmp.Compare(p.id, q.id))
	})
	out := make([]csID, len(list))
	for i := range list {
		out[i] = list[i].id
	}
	return out
}

// hoist puts a parent that is to be added before the first of its children
// (SE-K28).
func (x *exporter) hoist(ids []csID) []csID {
	waits := make(map[csID]bool)
	for _, id := range ids {
		if u := x.e.object(id).unapplied(); u != nil && u.op == opAdd {
			waits[id] = true
		}
	}
	placed := make(map[csID]bool, len(ids))
	out := make([]csID, 0, len(ids))
	var line []csID
	for _, id := range ids {
		line = append(line[:0], id)
		for up := x.e.object(id).parent; waits[up] && !placed[up]; up = x.e.object(up).parent {
			line = append(line, up)
		}
		for i := len(line) - 1; i >= 0; i-- {
			if !placed[line[i]] {
				placed[line[i]] = true
				out = append(out, line[i])
			}
		}
	}
	return out
}

// known: the target exists in the data source as far as the engine knows
// (SE-N6).
func (x *exporter) known(target csID) bool {
	o := x.e.object(target)
	if !o.real() {
		return false
	}
	if u := o.unapplied(); u != nil && u.op != opUpdate {
		return false
	}
	if o.pendingOp.deletes() {
		return false
	}
	if u := o.unconfirmed(); u != nil {
		return u.op != opDelete
	}
	return o.imported()
}

// now: the change can be exported now.
func (x *exporter) now(c change) bool {
	return x.a.attrs[c.attr].kind != Reference || c.remove || x.known(csID(c.val))
}

// parts splits the pending changes of an object into what goes in the first
// pass and what is held.
func (x *exporter) parts(u *delta) (send, held []change) {
	for _, c := range u.changes {
		reference := x.a.attrs[c.attr].kind == Reference
		switch {
		case x.a.attrs[c.attr].Excluded:
		case reference && x.a.caps.NoReferencesInFirstExport, !x.now(c), u.op != opUpdate && x.password(c):
			held = append(held, c)
		default:
			send = append(send, c)
		}
	}
	return send, held
}

// password: the agent wants it after the add, as an update of its own
// (SE-E7).
func (x *exporter) password(c change) bool {
	if !x.a.caps.PasswordInSecondExport {
		return false
	}
	switch fold(x.a.attrs[c.attr].Name) {
	case "EXPORT_PASSWORD", "UNICODEPWD", "USERPASSWORD": // of extensible agents, AD, and LDAP
		return true
	}
	return false
}

// waits: the change may go in a later pass than the first.
func (x *exporter) waits(c change) bool {
	a := &x.a.attrs[c.attr]
	return !a.Excluded && (a.kind == Reference || x.password(c))
}

// leftovers records what could not be exported, and clears the errors of what
// could: the end of SE-N6.
func (x *exporter) leftovers(ids []csID) {
	e := x.e
	for _, id := range ids {
		o := e.object(id)
		if x.refused[id] || !o.is(flagLive) || o.export == nil || x.stop != "" && o.unapplied() != nil {
			continue // a step that was stopped tells nothing of what it left
		}
		rest := false
		if u := o.unapplied(); u != nil {
			rest = slices.ContainsFunc(u.changes, x.waits)
		}
		e.begin()
		switch {
		case x.rejected[id]:
			x.fail(id, "dn-attributes-failure", nil, true)
		case rest:
			x.fail(id, "partial-success", nil, e.sw.partialFails)
		default:
			x.clearError(id)
		}
		e.commit()
		if e.trace.on() {
			e.trace.flush()
		}
	}
}
