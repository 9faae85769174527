package engine

import "slices"

// cause is why an object leaves its metaverse object (SE-Y3).
type cause uint8

const (
	causeDelete cause = iota
	causeFilter
	causeProvisioning
	causeMVDeletion
)

// disconnect takes an object from its metaverse object, which may go with it:
// SE-N4.
func (s *syncer) disconnect(id csID, why cause) (gone bool, err *ruleError) {
	e := s.e
	mv := e.object(id).mv
	agent := e.agentOf(id)
	del := false
	if why == causeDelete || why == causeFilter {
		if del, err = s.deletionRule(mv, id); err != nil {
			return false, err
		}
	}
	e.unlink(id)
	if why == causeProvisioning {
		if err := s.deprovision(id); err != nil {
			return false, err
		}
	}
	if del || len(e.meta(mv).conns) == 0 {
		return true, s.deleteMV(mv)
	}
	if agent.cfg.Recall {
		return false, s.recall(mv, id)
	}
	s.orphan(mv, id)
	return false, nil
}

// orphan leaves the values of a disconnected object in place (SE-K50).
func (s *syncer) orphan(mv mvID, id csID) {
	e := s.e
	var attrs []attrID
	for _, v := range e.meta(mv).attrs {
		if v.cs == id {
			attrs = append(attrs, v.attr)
		}
	}
	for _, attr := range slices.Compact(attrs) {
		list := slices.Clone(metaValues(e.meta(mv).attrs, attr))
		for i := range list {
			if list[i].cs == id {
				list[i].cs = 0
			}
		}
		e.setMV(mv, attr, list)
	}
}

// The status of an object deletion rule (SE-N12).
const (
	mvDeleted          = "Metaverse object deleted"
	mvNotDeleted       = "Metaverse object not deleted"
	detailSatisfied    = "The metaverse object deletion rule was satisfied. The metaverse object will be deleted."
	detailNotListed    = "The metaverse object deletion rule was not satisfied. This management agent is not authoritative for metaverse objects of this type."
	detailNotLast      = "The metaverse object deletion rule was not satisfied. This is not the last connector from this management agent linked to the metaverse object."
	detailScriptRefuse = "The metaverse object deletion rule was not satisfied. The rules extension declined to delete the metaverse object."
)

// deletionRule evaluates the object deletion rule with the object already
// excluded from every count: SE-Y3, SE-K15.
func (s *syncer) deletionRule(mv mvID, id csID) (bool, *ruleError) {
	e := s.e
	t := &e.mvTypes[e.meta(mv).typ-1]
	rule := t.deletion
	if rule == nil {
		return false, nil
	}
	agent := e.object(id).agent
	others, same := 0, 0
	for _, c := range e.meta(mv).conns {
		if c == id {
			continue
		}
		others++
		if e.object(c).agent == agent {
			same++
		}
	}
	detail := detailSatisfied
	switch rule.Kind {
	case DeleteWithLast:
		others -= s.ignored(mv, id, t)
		switch {
		case others <= 0:
		case same > 0:
			detail = detailNotLast
		default:
			detail = detailNotListed
		}
	case DeleteWithAny:
		switch {
		case !slices.Contains(t.listed, agent):
			detail = detailNotListed
		case same > 0:
			detail = detailNotLast
		}
	case DeleteScripted:
		now, _ := e.object(id).importImage()
		if now == nil {
			now = e.object(id).synced
		}
		del, x := e.edges.Extension.ShouldDelete(e.setup.Metaverse.Extension, e.readView(id, now), e.metaView(mv))
		if x != nil {
			s.traceDeletion(mv, id, rule, statusError, "")
			return false, fromExtension(x, AlgorithmStep{Name: "mv-deletion"})
		}
		if !del {
			detail = detailScriptRefuse
		}
	}
	del := detail == detailSatisfied
	status := mvNotDeleted
	if del {
		status = mvDeleted
	}
	s.traceDeletion(mv, id, rule, status, detail)
	return del, nil
}

// ignored counts the connectors of agents that a declared-last rule lists:
// they do not keep the object (SE-Y3).
func (s *syncer) ignored(mv mvID, id csID, t *mvType) int {
	n := 0
	for _, c := range s.e.meta(mv).conns {
		if c != id && slices.Contains(t.listed, s.e.object(c).agent) {
			n++
		}
	}
	return n
}

func (s *syncer) traceDeletion(mv mvID, id csID, rule *DeletionRule, status, detail string) {
	if s.e.trace.on() {
		s.e.trace.add(Event{Kind: EventDeletionRule, Target: s.e.ref(id), MV: s.e.metaRef(mv), Rule: rule.ID,
			Mapping: declared(rule.Kind == DeleteScripted), Status: status, Detail: detail})
	}
}

// deleteMV deletes a metaverse object. Its connectors run the deprovisioning
// of their agents, its referrers lose the link and are retried: SE-Y4.
func (s *syncer) deleteMV(mv mvID) *ruleError {
	e := s.e
	for _, c := range e.connectorsOf(mv, nil) {
		e.unlink(c)
		if err := s.deprovision(c); err != nil {
			return err
		}
		s.act(c).disconnected = true
		s.act(c).byDeletion = true
	}
	for _, r := range e.metaReferrersOf(mv) {
		s.dropReference(r, mv)
		e.editMeta(r).flags |= mvRefRetry
	}
	var attrs []attrID
	for _, v := range e.meta(mv).attrs {
		attrs = append(attrs, v.attr)
	}
	for _, attr := range slices.Compact(attrs) {
		e.setMV(mv, attr, nil)
	}
	e.editMeta(mv).flags = 0
	return nil
}

func (s *syncer) dropReference(from, to mvID) {
	e := s.e
	for _, attr := range e.mvReferences {
		old := metaValues(e.meta(from).attrs, attr)
		rest := slices.DeleteFunc(slices.Clone(old), func(v mvAttr) bool { return v.val == valueID(to) })
		if len(rest) != len(old) {
			e.setMV(from, attr, rest)
		}
	}
}

// deprovision does what the agent of an unlinked object wants: SE-Y15.
func (s *syncer) deprovision(id csID) *ruleError {
	e := s.e
	a := e.agentOf(id)
	o := e.object(id)
	action := a.cfg.Deprovisioning.Action
	if !o.imported() && o.unconfirmed() == nil { // never exported
		act := s.act(id)
		act.disconnected, act.was = true, s.refOf(id)
		e.remove(id)
		return nil
	}
	if a.cfg.Deprovisioning.Scripted {
		now, _ := o.importImage()
		chosen, x := e.edges.Extension.Deprovision(a.cfg.Extension, e.readView(id, now))
		if x != nil {
			return fromExtension(x, e.failureAt("", "deprovisioning", id).step)
		}
		if chosen > DeleteObject {
			r := badResult("extension-deprovisioning-invalid-result", "deprovisioning", ExtensionError{Name: a.cfg.Extension, CallSite: "cs-deprovisioning"})
			r.step = e.failureAt("", "deprovisioning", id).step
			return r
		}
		action = chosen
	}
	switch action {
	case MakeDisconnector: // unlinked is all
	case MakeExplicitDisconnector:
		e.edit(id).state = stateExplicit
	case DeleteObject:
		if t := e.typeOf(o); o.children > 0 || t != nil && t.Container {
			return e.failureAt("unsupported-container-delete", "deprovisioning", id)
		}
		e.setExports(id, &delta{op: opDelete}, o.unconfirmed())
	}
	return nil
}
