package engine

import "slices"

// ruleError fails the transaction of an object (SE-N8).
type ruleError struct {
	typ       string
	step      AlgorithmStep
	extension *ExtensionError
	rules     *RulesError
}

func (r *ruleError) Error() string { return r.step.Name + ": " + r.typ }

// failure makes an error of a step that works on the object itself.
func failure(typ, step string) *ruleError {
	return &ruleError{typ: typ, step: AlgorithmStep{Name: step}}
}

// failureAt is failure for the steps that name another object (SE-N8).
func (e *Engine) failureAt(typ, step string, target csID) *ruleError {
	return &ruleError{typ: typ, step: AlgorithmStep{step, e.agentOf(target).cfg.ID, e.dnOf(target)}}
}

// fromExtension is the error of a scripted rule.
func fromExtension(err error, step AlgorithmStep) *ruleError {
	if x, ok := err.(*ExtensionError); ok {
		return &ruleError{typ: x.Type, step: step, extension: x}
	}
	return &ruleError{typ: "extension-dll-exception", step: step, extension: &ExtensionError{Type: "extension-dll-exception", CallStack: err.Error()}}
}

// badResult is the error of a scripted rule that returned what cannot be: it
// says which rule it was, and has no call stack (SE-K41).
func badResult(typ, step string, call ExtensionError) *ruleError {
	call.Type = typ
	return &ruleError{typ: typ, step: AlgorithmStep{Name: step}, extension: &call}
}

// object synchronizes one object: one transaction, of which an error rolls all
// back but the error state of the object (SE section 4).
func (s *syncer) object(id csID) {
	e := s.e
	if e.trace.on() {
		e.trace.object = e.ref(id)
	}
	e.begin()
	s.acts = s.acts[:0]
	row, err := s.syncObject(id)
	if e.trace.on() {
		if err != nil {
			s.unsettled(err)
		}
		e.finishTrace()
	}
	if err != nil {
		e.rollback()
		s.fail(id, err)
	} else {
		s.settle(true)
		if row >= 0 {
			s.inbound(InboundCounter(row), id, "SE-N2")
		}
		e.commit()
	}
	if e.trace.on() {
		e.trace.flush()
	}
}

// fail records the error of an object whose transaction was rolled back.
func (s *syncer) fail(id csID, err *ruleError) {
	e := s.e
	if err.extension != nil && err.extension.Terminate {
		s.halt(StoppedExtensionTermination, "")
		return
	}
	e.begin()
	s.inbound(FlowFailure, id, "SE-K51")
	if e.trace.on() {
		e.trace.add(Event{Kind: EventError, Status: err.typ, Detail: err.step.Name})
	}
	record := ImportError{ID: e.guid(id), DN: e.dnOf(id), Type: err.typ, Step: err.step, Extension: err.extension, Rules: err.rules,
		Warning: isLock(err.typ) && !s.full && s.cfg.Kind != FullImportDeltaSync}
	s.importError(id, &record)
	e.commit()
}

// isLock: another run holds the object, a warning in the kinds of steps that
// involve neither a full import nor a full synchronization (SE-N8).
func isLock(typ string) bool {
	return typ == "locking-error-needs-retry" || typ == "write-locking-error-needs-retry"
}

// noRow: a disconnector that its pending delete removed counts nowhere.
const noRow = -1

// syncObject is SE-N2. It returns the row of section 6.2.
func (s *syncer) syncObject(id csID) (row int, err *ruleError) {
	e := s.e
	o := e.object(id)
	if e.edges.Faults != nil {
		if typ := e.edges.Faults.Locked(s.a.cfg.Name, e.dnOf(id), e.anchorOf(id)); typ != "" {
			return 0, failure(typ, "import-flow")
		}
	}
	if o.pendingOp.deletes() {
		return s.deleteObject(id)
	}
	processed := false
	if o.pendingOp == opDeleteAdd {
		if processed, err = s.deleteAdd(id); err != nil {
			return 0, err
		}
	}
	row, err = s.connectAndFlow(id)
	if processed && err == nil {
		row = int(ConnectorDeleteAddProcessed)
	}
	return row, err
}

// deleteObject processes a pending delete.
func (s *syncer) deleteObject(id csID) (int, *ruleError) {
	e := s.e
	mv := e.object(id).mv
	row := noRow
	if mv == 0 && e.sw.countDeletedRemains {
		row = int(DisconnectorRemains)
	}
	if mv != 0 {
		gone, err := s.disconnect(id, causeDelete)
		if err == nil && !gone {
			err = s.outboundOf(mv, false)
		}
		if err != nil {
			return 0, err
		}
		row = int(ConnectorDeleteLeaveMV)
		if e.meta(mv).flags&mvLive == 0 {
			row = int(ConnectorDeleteRemoveMV)
		}
	}
	if e.object(id).pendingOp.deletes() { // else a connector that was provisioned took its place
		e.remove(id)
	}
	return row, nil
}

// deleteAdd processes the first half of a pending delete-add: the object lets
// go, and goes on as a new one of another type (SE-K51).
func (s *syncer) deleteAdd(id csID) (connector bool, err *ruleError) {
	e := s.e
	if mv := e.object(id).mv; mv != 0 {
		connector = true
		gone, err := s.disconnect(id, causeDelete)
		if err == nil && !gone {
			err = s.outboundOf(mv, false)
		}
		if err != nil {
			return true, err
		}
	}
	e.setConfirmed(id, nil)
	o := e.edit(id)
	o.synced, o.typ, o.pendingOp = nil, o.pendingType, opAdd
	o.flags &^= flagSynced
	o.state = stateNormal
	return connector, nil
}

// connectAndFlow takes an object through filter, join, projection, and flow.
func (s *syncer) connectAndFlow(id csID) (int, *ruleError) {
	e := s.e
	o := e.object(id)
	connector := o.mv != 0
	if o.state != stateExplicit {
		hit, err := s.filtered(id)
		if err != nil {
			return 0, err
		}
		if hit {
			return s.filterOut(id)
		}
	}
	flow, noFlow, removed := ConnectorFlow, ConnectorNoFlow, ConnectorFlowRemoveMV
	if !connector {
		e.edit(id).state = stateNormal
		joined, err := s.join(id)
		if err != nil {
			return 0, err
		}
		flow, noFlow, removed = DisconnectorJoinedFlow, DisconnectorJoinedNoFlow, DisconnectorJoinedRemoveMV
		if !joined {
			projected, err := s.project(id)
			if err != nil {
				return 0, err
			}
			if !projected {
				s.commitImport(id)
				return int(DisconnectorRemains), nil
			}
			flow, noFlow, removed = DisconnectorProjectedFlow, DisconnectorProjectedNoFlow, DisconnectorProjectedRemoveMV
		}
	}
	return s.flow(id, !connector, flow, noFlow, removed)
}

// flow runs the attribute flows of a connector, inbound and outbound.
func (s *syncer) flow(id csID, fresh bool, flow, noFlow, removed InboundCounter) (int, *ruleError) {
	e := s.e
	mv := e.object(id).mv
	if err := s.importFlow(id, s.full || fresh); err != nil {
		return 0, err
	}
	changed := s.metaChanged(mv) // a value that another rule gave back is no change
	s.commitImport(id)
	if changed || fresh || s.full && e.sw.fullOutbound {
		if err := s.outboundOf(mv, false); err != nil {
			return 0, err
		}
	}
	if e.meta(mv).flags&mvLive == 0 {
		return int(removed), nil
	}
	if s.metaChanged(mv) {
		return int(flow), nil
	}
	return int(noFlow), nil
}

// metaChanged reports whether the values of a metaverse object are others than
// at the start of the transaction.
func (s *syncer) metaChanged(mv mvID) bool {
	now := s.e.meta(mv)
	before := s.e.metaBefore(mv)
	if before == nil { // made in this transaction, or left alone
		return now.stamp == s.e.journal.serial && len(now.attrs) > 0
	}
	return !sameValues(before.attrs, now.attrs)
}

// filterOut disconnects an object that its connector filter caught.
func (s *syncer) filterOut(id csID) (int, *ruleError) {
	e := s.e
	mv := e.object(id).mv
	row := int(DisconnectorFiltered)
	if mv != 0 {
		gone, err := s.disconnect(id, causeFilter)
		if err == nil && !gone {
			err = s.outboundOf(mv, false)
		}
		if err != nil {
			return 0, err
		}
		row = int(ConnectorFilteredLeaveMV)
		if e.meta(mv).flags&mvLive == 0 {
			row = int(ConnectorFilteredRemoveMV)
		}
	}
	e.edit(id).state = stateFiltered
	s.commitImport(id)
	return row, nil
}

// commitImport makes the import image the synchronized one, clears the error
// and the marks of the object, and takes out of its pending export what it
// now has.
func (s *syncer) commitImport(id csID) {
	e := s.e
	o := e.edit(id)
	if o.pendingOp != opNone {
		o.synced, o.pending = o.pending, nil
		o.flags |= flagSynced
		o.pendingOp, o.pendingType = opNone, 0
	}
	o.flags &^= flagDNChanged | flagRefRetry | flagRefJoined | flagRenameRetry | flagObsoletion
	if o.err != nil && o.err.typ != errReimport { // SE-D9
		o.err = nil
	}
	e.setConfirmed(id, nil)
	if u := o.unapplied(); u != nil && u.op == opUpdate {
		e.setTarget(id, slices.Clone(e.target(id, 0)))
	}
}
