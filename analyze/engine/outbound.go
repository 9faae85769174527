package engine

// action is what a transaction did to one connector (SE-K46).
type action struct {
	id           csID
	added        bool
	deleteAdd    bool // an add in place of a delete that waits
	left         bool // with deleteAdd: it was let go in this transaction
	renamed      bool
	disconnected bool
	byDeletion   bool // with its metaverse object
	attempted    bool // export flow ran
	flowed       bool // export flow changed something

	was   ObjectRef // of an object that is gone, in traces
	first *delta    // the pending export before export flow first ran
}

// act returns the record of a connector; it is valid until the next call.
func (s *syncer) act(id csID) *action {
	for i := range s.acts {
		if s.acts[i].id == id {
			return &s.acts[i]
		}
	}
	s.acts = append(s.acts, action{id: id})
	return &s.acts[len(s.acts)-1]
}

// settle counts each connector that the transaction touched once, in the
// topmost row that fits: SE section 6.3, SE-K46.
func (s *syncer) settle(counts bool) {
	e := s.e
	if !counts {
		return
	}
	for i := range s.acts {
		a := &s.acts[i]
		a.renamed = a.renamed && !e.nameAsBefore(a.id)
		row, ok := a.row(e.sw.countMVDeletion)
		if !ok {
			continue
		}
		agent := e.object(a.id).agent
		s.outbound[agent][row]++
		if e.trace.on() {
			target := s.refOf(a.id)
			e.trace.add(Event{Kind: EventSummary, Target: target, Status: "Successful", Detail: operations[row]})
			e.trace.add(Event{Kind: EventCount, Block: "outbound", Counter: row.String(), Target: target, Rule: "SE-K46"})
		}
	}
}

// unsettled tells what a transaction was about to do to connectors when it
// failed at one of them, which the error names (SE-N12).
func (s *syncer) unsettled(err *ruleError) {
	e := s.e
	if err.step.DN == "" {
		return
	}
	for i := range s.acts {
		a := &s.acts[i]
		target := s.refOf(a.id)
		row, ok := a.row(true)
		ev := Event{Kind: EventSummary, Target: target, Status: "Successful", Detail: operations[OutboundConnectorNoFlow]}
		if ok {
			ev.Detail = operations[row]
		}
		if err.step.DN == target.DN && err.step.MA == e.agents[e.object(a.id).agent].cfg.ID {
			ev.Status, ok = statusError, true
		}
		if ok {
			e.trace.add(ev)
		}
	}
}

// refOf names a connector for a trace, one that is gone too.
func (s *syncer) refOf(id csID) ObjectRef {
	if !s.e.trace.on() {
		return ObjectRef{}
	}
	if s.e.object(id).is(flagLive) {
		return s.e.ref(id)
	}
	return s.act(id).was
}

// nameAsBefore reports whether the name that an object is to have is the one
// that it was to have before the transaction.
func (e *Engine) nameAsBefore(id csID) bool {
	b := e.before(id)
	if b == nil {
		return false
	}
	was, now := e.wanted(b), e.wanted(e.object(id))
	return was.parent == now.parent && was.key == now.key
}

// wanted is the name that an object has once its exports are done.
func (e *Engine) wanted(o *csObject) name {
	for _, d := range [...]*delta{o.unapplied(), o.unconfirmed()} {
		if d != nil && d.renames {
			return name{d.parent, d.rdn, e.pool.fold(d.rdn)}
		}
	}
	return name{o.parent, o.rdn, o.rdnKey}
}

// operations are the words of the connector summary (SE-N12).
var operations = [numOutbound]string{"add", "add", "rename", "rename", "disconnect", "flow", "none", "delete-add", "delete-add"}

// row is the row of section 6.3; false if the connector counts nowhere.
func (a *action) row(mvDeletion bool) (OutboundCounter, bool) {
	pick := func(flow, noFlow OutboundCounter) (OutboundCounter, bool) {
		if a.flowed {
			return flow, true
		}
		return noFlow, true
	}
	switch {
	case a.added && a.disconnected: // made and taken back
		return 0, false
	case a.disconnected && !a.deleteAdd:
		return ProvisionedDisconnect, mvDeletion || !a.byDeletion
	case a.deleteAdd && a.disconnected:
		return ProvisionedDisconnect, a.left
	case a.deleteAdd:
		return pick(ProvisionedDeleteAddFlow, ProvisionedDeleteAddNoFlow)
	case a.added:
		return pick(ProvisionedAddFlow, ProvisionedAddNoFlow)
	case a.renamed:
		return pick(ProvisionedRenameFlow, ProvisionedRenameNoFlow)
	case a.attempted:
		return pick(OutboundConnectorFlow, OutboundConnectorNoFlow)
	}
	return 0, false
}

// maxProvisioning is how often provisioning runs for one object (SE-Y13).
const maxProvisioning = 10

// outboundOf provisions, flows out and checks the targets of a metaverse
// object: SE-N2. references restricts the export flow to rules with a
// reference among their sources (SE-K52).
func (s *syncer) outboundOf(mv mvID, references bool) *ruleError {
	e := s.e
	e.editMeta(mv).flags &^= mvRefRetry | mvProvRetry
	mode := e.setup.Metaverse.Provisioning
	for call := 1; mode == ProvisionScripted || mode == ProvisionBoth; call++ {
		if call > maxProvisioning {
			return failure("extension-provisioning-call-limit-reached", "provisioning")
		}
		before := append(e.room.provision[:0], e.meta(mv).attrs...)
		e.room.provision = before
		if err := s.provision(mv, call); err != nil {
			return err
		}
		if e.meta(mv).flags&mvLive == 0 {
			return nil
		}
		if sameValues(before, e.meta(mv).attrs) { // what was recalled and came back is no change
			break
		}
	}
	conns := e.connectorsOf(mv, e.room.conns[:0])
	e.room.conns = conns
	for _, c := range conns {
		if err := s.exportFlow(mv, c, references); err != nil {
			return err
		}
	}
	for _, c := range conns {
		if err := s.checkTarget(c); err != nil {
			return err
		}
	}
	return nil
}

// checkTarget tests a touched target with the filter of its agent: SE-Y2.
func (s *syncer) checkTarget(id csID) *ruleError {
	e := s.e
	o := e.object(id)
	t := e.typeOf(o)
	if len(t.filters) == 0 || o.state == stateExplicit {
		return nil
	}
	if a := s.act(id); !a.added && !a.deleteAdd && !a.renamed && !a.flowed {
		return nil
	}
	step := e.failureAt("connector-filter-rule-violation", "validate-connector-filter", id)
	hit, err := s.filterImage(id, t, e.target(id, 1), step.step)
	if err == nil && hit {
		err = step
	}
	return err
}
