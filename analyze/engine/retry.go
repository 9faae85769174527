package engine

import (
	"bytes"
	"slices"
)

// maxRounds is how often the retry phase goes over the metaverse (SE-Y20).
const maxRounds = 10

// retry takes the metaverse objects of the whole server whose references or
// connectors wait for something, by id: phase T, SE-K52. Connectors of which a
// target joined in this pass are among them (SE-D11); what an import found out
// about references (SE-N3) waits for a pass that takes the connector itself.
func (s *syncer) retry() {
	s.refused = map[mvID]bool{}
	s.retrying = true
	defer s.postpone()
	for range maxRounds {
		waiting := s.waiting()
		if len(waiting) == 0 {
			return
		}
		for _, mv := range waiting {
			if s.stop != "" {
				return
			}
			s.e.spend(s.e.costs.Sync)
			s.retryObject(mv)
		}
	}
}

// postpone leaves the objects whose references were omitted again to the retry
// phase of the next step: another round would change nothing (SE-D2).
func (s *syncer) postpone() {
	s.e.begin()
	for _, mv := range s.omitted {
		if s.e.meta(mv).flags&mvLive != 0 {
			s.e.editMeta(mv).flags |= mvRefRetry
		}
	}
	s.e.commit()
}

// omit notes a reference whose target has no connector in the agent (SE-D2).
func (s *syncer) omit(mv mvID) {
	switch {
	case !s.e.sw.retryOmitted:
	case s.retrying:
		s.omitted = append(s.omitted, mv)
	default:
		s.e.editMeta(mv).flags |= mvRefRetry
	}
}

// waiting lists the objects that the retry phase has to take.
func (s *syncer) waiting() []mvID {
	e := s.e
	var ids []mvID
	for id := mvID(1); id <= mvID(e.mv.n); id++ {
		o := e.meta(id)
		if o.flags&mvLive == 0 || s.refused[id] {
			continue
		}
		wants := o.flags&(mvRefRetry|mvProvRetry) != 0
		for _, c := range o.conns {
			wants = wants || e.object(c).is(flagRefJoined)
		}
		if wants {
			ids = append(ids, id)
		}
	}
	slices.SortFunc(ids, func(a, b mvID) int {
		x, y := e.metaGUID(a), e.metaGUID(b)
		return bytes.Compare(x[:], y[:])
	})
	return ids
}

// retryObject is one transaction of the retry phase. Its outbound effects
// count, its inbound effects do not.
func (s *syncer) retryObject(mv mvID) {
	e := s.e
	if e.meta(mv).flags&mvLive == 0 {
		return
	}
	if e.trace.on() {
		e.trace.object = ObjectRef{}
	}
	e.begin()
	s.acts = s.acts[:0]
	references := e.meta(mv).flags&mvProvRetry == 0
	err := s.reflow(mv)
	if err == nil {
		err = s.outboundOf(mv, references)
	}
	if e.trace.on() {
		if err != nil {
			s.unsettled(err)
		}
		e.finishTrace()
	}
	if err != nil {
		e.rollback()
		s.refused[mv] = true
		s.retryError(mv, err)
	} else {
		s.settle(!e.sw.retryUncounted)
		e.commit()
	}
	if e.trace.on() {
		e.trace.flush()
	}
}

// reflow runs the import flows with references of the connectors of which a
// target joined, on what was synchronized.
func (s *syncer) reflow(mv mvID) *ruleError {
	e := s.e
	for _, c := range e.connectorsOf(mv, nil) {
		o := e.object(c)
		if !o.is(flagRefJoined) {
			continue
		}
		if o.is(flagSynced) {
			for _, f := range e.typeOf(o).imports[e.meta(mv).typ] {
				if !f.mapping.refers {
					continue
				}
				if err := s.runFlow(f, c, o.synced); err != nil {
					return err
				}
			}
		}
		e.edit(c).flags &^= flagRefJoined
	}
	return nil
}

func (s *syncer) retryError(mv mvID, err *ruleError) {
	e := s.e
	if err.extension != nil && err.extension.Terminate {
		s.halt(StoppedExtensionTermination, "")
		return
	}
	s.rec.RetryErrors = append(s.rec.RetryErrors, RetryError{ID: e.metaGUID(mv), DisplayName: e.displayName(mv), DateOccurred: e.date(e.clock),
		Type: err.typ, Step: err.step, Extension: err.extension, Rules: err.rules})
	if e.trace.on() {
		e.trace.add(Event{Kind: EventError, MV: e.metaRef(mv), Status: err.typ, Detail: err.step.Name, Rule: "SE-Y20"})
	}
	s.failed()
}
