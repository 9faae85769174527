package engine

import (
	"slices"
	"strings"
)

// The status of a provisioning operation (SE-Y12, SE-K17).
const (
	provisionApplied   = "Applied"
	provisionUnchanged = "Unchanged"
	provisionDuplicate = "Failed: Duplicate Object"
	provisionRejected  = "Failed: Filter Rejection"
	provisionNoParent  = "Failed: No Parent"
	provisionTwice     = "Failed: Already Deprovisioned"
)

// provision calls the provisioning rule once.
func (s *syncer) provision(mv mvID, call int) *ruleError {
	e := s.e
	e.trouble = nil
	view := e.metaView(mv)
	view.syncer = s
	if e.trace.on() {
		e.trace.add(Event{Kind: EventProvision, Number: call, Status: "Success", MV: e.metaRef(mv)})
	}
	page := len(e.trace.events) - 1
	err := e.edges.Extension.Provision(e.setup.Metaverse.Extension, view)
	view.syncer = nil
	if e.trace.on() && (err != nil || e.trouble != nil) {
		e.trace.events[page].Status = statusError
	}
	if e.trouble != nil { // the engine's own error passes the extension by
		r := e.trouble
		e.trouble = nil
		return r
	}
	if err != nil {
		return fromExtension(err, AlgorithmStep{Name: "provisioning"})
	}
	return nil
}

// add provisions a connector.
func (s *syncer) add(mv mvID, a *agent, objectType, dn string, initial []Attr) (csID, string) {
	e := s.e
	id, status := s.place(mv, a, objectType, dn)
	if status == provisionApplied {
		var values []av
		for i := range initial {
			attr := a.attrByName[fold(initial[i].Name)]
			for _, text := range initial[i].Values {
				values = append(values, av{attr, e.attrValue(a, attr, text)})
			}
		}
		e.setTarget(id, normalize(values))
	}
	if e.trace.on() {
		ev := Event{Kind: EventAdd, Target: ObjectRef{Agent: a.cfg.Name, DN: dn, Type: objectType}, Status: status, MV: e.metaRef(mv)}
		if id != 0 {
			ev.Target.ID = e.guid(id)
		}
		for i := range initial {
			kind := a.attrs[a.attrByName[fold(initial[i].Name)]].kind
			for _, text := range shown(kind, initial[i].Values) {
				ev.Value = append(ev.Value, initial[i].Name+"="+text)
			}
		}
		e.trace.add(ev)
		s.traceAction("Add", ev.Target, status)
	}
	return id, status
}

// dnFrom makes the DN of a new connector from its initial values; "" if one of
// them is missing, or the DN is of LDAP style.
func (a *agent) dnFrom(objectType string, initial []Attr) string {
	if a.caps.DNStyle == StyleLDAP {
		return ""
	}
	i := slices.IndexFunc(a.cfg.DNFrom, func(d DNFrom) bool { return d.Type == "" || fold(d.Type) == fold(objectType) })
	if i < 0 {
		return ""
	}
	var parts []string
	for _, name := range a.cfg.DNFrom[i].Attributes {
		k := slices.IndexFunc(initial, func(v Attr) bool { return fold(v.Name) == fold(name) })
		if k < 0 || len(initial[k].Values) == 0 {
			return ""
		}
		parts = append(parts, initial[k].Values[0])
	}
	return strings.Join(parts, "+")
}

func (s *syncer) traceAction(operation string, target ObjectRef, status string) {
	result := "Success"
	if status != provisionApplied && status != provisionUnchanged {
		result = statusError
	}
	s.e.trace.add(Event{Kind: EventProvisionAction, Target: target, Status: result, Detail: operation})
}

func (e *Engine) attrValue(a *agent, attr attrID, text string) valueID {
	if a.attrs[attr].kind == Reference {
		return valueID(e.reference(a, text))
	}
	return e.pool.id(text)
}

// place finds room for a new connector: SE-Y12, SE-K17, SE-K18.
func (s *syncer) place(mv mvID, a *agent, objectType, dn string) (csID, string) {
	e := s.e
	typ := a.typeByName[fold(objectType)]
	part, n, status := s.free(a, dn)
	if status != "" {
		return 0, status
	}
	id := e.spaces[a.index].byName[n.index()]
	if id != 0 && !e.object(id).is(flagPlaceholder) {
		holder := e.object(id)
		u := holder.unapplied()
		switch {
		case holder.mv == 0 && holder.pendingOp.deletes(): // an import found it gone
			e.remove(id)
			id = e.spaces[a.index].byName[n.index()] // a placeholder, if something needs one
		case holder.mv == 0 && u != nil && u.op == opDelete: // SE-K18
			o := e.edit(id)
			o.typ, o.partition, o.state = typ, part, stateNormal
			e.setExports(id, &delta{op: opDeleteAdd}, o.unconfirmed())
			o.flags |= flagProvisioned
			e.connect(id, mv)
			act := s.act(id)
			act.deleteAdd, act.left, act.disconnected = true, act.disconnected, false
			return id, provisionApplied
		case holder.mv == 0 && !holder.imported() && holder.unconfirmed() == nil:
			e.remove(id)
			id = e.spaces[a.index].byName[n.index()] // a placeholder, if something needs one
		default:
			return 0, provisionDuplicate
		}
	}
	if e.spaces[a.index].reserved[n.index()] != 0 {
		return 0, provisionDuplicate
	}
	if id == 0 {
		id, _ = e.create(a.index)
		e.setNameOf(id, n)
	}
	o := e.edit(id)
	o.rdn = n.rdn
	o.typ, o.partition = typ, part
	o.flags = flagLive | flagProvisioned
	e.setExports(id, &delta{op: opAdd}, nil)
	e.connect(id, mv)
	s.act(id).added = true
	return id, provisionApplied
}

// free checks where a DN of provisioning lies, without what holds it.
func (s *syncer) free(a *agent, dn string) (part uint16, n name, status string) {
	e := s.e
	part = 1
	if a.caps.DNStyle == StyleLDAP {
		parts := splitDN(dn, nil)
		if part = a.partitionOf(parts); part == 0 || !a.partitions[part-1].contains(parts) {
			return 0, name{}, provisionRejected
		}
	}
	n, ok := e.parentOf(a, dn)
	if !ok {
		return 0, name{}, provisionNoParent
	}
	if n.parent != 0 {
		up := e.object(n.parent)
		if up.is(flagPlaceholder) && e.sw.placeholderNoParent && up.parent != 0 {
			return 0, name{}, provisionNoParent
		}
		if awaitsDelete(up) {
			return 0, name{}, provisionNoParent
		}
	}
	return part, n, ""
}

// move renames a connector. An object that the source knows keeps its DN
// until the rename is exported and confirmed (SE-D7).
func (s *syncer) move(id csID, dn string) string {
	e := s.e
	a, o := e.agentOf(id), e.object(id)
	var target ObjectRef
	if e.trace.on() {
		target = e.ref(id)
	}
	status := s.tryMove(a, id, o, dn)
	if e.trace.on() {
		e.trace.add(Event{Kind: EventRename, Target: target, Detail: dn, Status: status})
		s.traceAction("Rename", target, status)
	}
	return status
}

func (s *syncer) tryMove(a *agent, id csID, o *csObject, dn string) string {
	e := s.e
	if fold(e.targetDN(id)) == fold(dn) {
		return provisionUnchanged
	}
	if e.passesThrough(a, dn, id) {
		return provisionNoParent
	}
	part, n, status := s.free(a, dn)
	if status != "" {
		return status
	}
	if !a.caps.Rename {
		return statusError // SE-K17
	}
	if part != o.partition { // an object does not leave its partition
		return provisionRejected
	}
	holder := e.spaces[a.index].byName[n.index()]
	if r := e.spaces[a.index].reserved[n.index()]; holder == 0 || e.object(holder).is(flagPlaceholder) || holder == id {
		holder = r
	}
	if holder != 0 && holder != id {
		return provisionDuplicate
	}
	if o.children > 0 && s.hasUnexported(id) {
		e.trouble = failure("unexported-container-rename", "provisioning")
		return statusError
	}
	if !o.imported() && o.unconfirmed() == nil { // never exported: the add gets the name
		if p := e.spaces[a.index].byName[n.index()]; p != 0 {
			e.merge(p, id)
		}
		e.rename(id, n)
		s.act(id).renamed = true
		return provisionApplied
	}
	next := delta{op: opUpdate}
	if u := o.unapplied(); u != nil {
		e.release(u, o.agent)
		next = *u
	}
	home := n.parent == o.parent && n.key == o.rdnKey
	next.renames, next.parent, next.rdn = !home, n.parent, n.rdn
	if home {
		next.parent, next.rdn = 0, 0
	} else {
		e.setReserved(o.agent, n.index(), id)
	}
	if next.op == opUpdate && !next.renames && len(next.changes) == 0 {
		e.setExports(id, nil, o.unconfirmed())
	} else {
		e.setExports(id, &next, o.unconfirmed())
	}
	s.act(id).renamed = true
	return provisionApplied
}

// hasUnexported reports whether a never exported object lies right under one.
func (s *syncer) hasUnexported(id csID) bool {
	e := s.e
	return slices.ContainsFunc(e.spaces[e.object(id).agent].objects, func(c csID) bool {
		o := e.object(c)
		return o.parent == id && o.real() && !o.imported() && o.unconfirmed() == nil
	})
}

// letGo deprovisions a connector.
func (s *syncer) letGo(id csID) string {
	e := s.e
	target := s.refOf(id)
	status := provisionApplied
	if e.object(id).mv == 0 {
		status = provisionTwice
	} else if _, err := s.disconnect(id, causeProvisioning); err != nil {
		e.trouble = err
		status = statusError
	} else {
		s.act(id).disconnected = true
	}
	if e.trace.on() {
		e.trace.add(Event{Kind: EventDeprovision, Target: target, Status: status})
		s.traceAction("Deprovision", target, status)
	}
	return status
}
