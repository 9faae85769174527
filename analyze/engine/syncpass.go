package engine

// syncer is the synchronization of one step: phases Y and T.
type syncer struct {
	*step
	full     bool
	combined bool

	acts []action // what the transaction did to connectors, see outbound.go
	// the retry phase: under way, who failed in it, and whose references it
	// omitted
	retrying bool
	refused  map[mvID]bool
	omitted  []mvID
}

// synchronize takes the objects of the partition in order, and then the retry
// phase.
func (s *syncer) synchronize() {
	for _, id := range s.objects() {
		if !s.takes(s.e.object(id)) {
			continue // provisioning took it away, or put it aside, before its turn
		}
		if !s.next() {
			return
		}
		s.e.spend(s.e.costs.Sync)
		s.object(id)
	}
	if s.stop == "" {
		s.retry()
	}
}

// objects returns the objects of the pass: first all but the obsolete ones, by
// depth, DN and id; then these, deepest first. So the successor of a replaced
// object joins before its predecessor lets go (SE-N2).
func (s *syncer) objects() []csID {
	e := s.e
	var first, last []csID
	for _, id := range e.spaces[s.a.index].objects {
		o := e.object(id)
		switch {
		case !s.takes(o):
		case o.is(flagObsoletion):
			last = append(last, id)
		default:
			first = append(first, id)
		}
	}
	return append(e.ordered(first, false), e.ordered(last, true)...)
}

// takes says whether the pass takes an object: SE-N2, SE-K26, SE-K57.
func (s *syncer) takes(o *csObject) bool {
	if !o.real() || o.partition != s.part || o.is(flagTransient) {
		return false
	}
	if o.pendingOp.deletes() && (!s.full || o.mv != 0 || s.disconnectors()) {
		return true
	}
	if o.mv == 0 && s.full && !s.disconnectors() {
		return false
	}
	if !o.imported() && (o.mv == 0 || !s.full && !o.is(flagRenameRetry) && o.err == nil) {
		return false // provisioned, never seen; a connector that moved with its container (SE-K45) or has an error is taken all the same
	}
	if o.mv == 0 {
		if o.state == stateExplicit || awaitsDelete(o) {
			return false
		}
		if o.state == stateNormal || s.full || s.e.sw.refilter {
			return true
		}
	}
	return s.full || o.pendingOp != opNone || o.err != nil ||
		o.is(flagRefRetry|flagRefJoined|flagRenameRetry) || s.combined && s.e.sw.syncImported && o.is(flagAccepted)
}

func (s *syncer) disconnectors() bool {
	return s.e.sw.fullDisconnectors || s.cfg.Kind == FullSyncAll
}

// awaitsDelete: the object is gone as far as the engine is concerned and only
// waits for its delete to be exported and confirmed (SE-D8).
func awaitsDelete(o *csObject) bool {
	for _, d := range [...]*delta{o.unapplied(), o.unconfirmed()} {
		if d != nil && d.op == opDelete {
			return true
		}
	}
	return false
}

// inbound counts a synchronized object.
func (s *syncer) inbound(c InboundCounter, id csID, rule string) {
	s.rec.Inbound[c]++
	if s.e.trace.on() {
		ref := s.e.trace.object
		if s.e.object(id).is(flagLive) {
			ref = s.e.ref(id)
		}
		s.e.trace.add(Event{Kind: EventCount, Block: "inbound", Counter: c.String(), Object: ref, Rule: rule})
	}
}
