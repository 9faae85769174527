package engine

import "fmt"

// PreviewRequest asks what the synchronization of one object would do.
type PreviewRequest struct {
	Agent string
	DN    string
	Full  bool
	// Tracer receives the events in place of the tracer of the engine; nil for
	// that one.
	Tracer Tracer
}

// Preview synchronizes one object as a step would, tells the tracer, and takes
// everything back: the state is as it was. The events have run and step 0. The
// record holds the result, counters and errors that a step with this object
// alone would have.
func (e *Engine) Preview(req PreviewRequest) (*StepRecord, error) {
	a := e.agentByName[fold(req.Agent)]
	if a == nil {
		return nil, fmt.Errorf("preview of %q: no management agent %q", req.DN, req.Agent)
	}
	if e.syncRules || e.scripted && e.edges.Extension == nil {
		return nil, fmt.Errorf("preview of %q: the configuration has rules that nothing carries out", req.DN)
	}
	id := e.findDN(a, req.DN)
	if id == 0 || !e.object(id).real() {
		return nil, fmt.Errorf("preview of %q: no such object in the connector space of %s", req.DN, a.cfg.Name)
	}
	kind := DeltaSync
	if req.Full {
		kind = FullSync
	}
	st := &step{e: e, a: a, part: e.object(id).partition, cfg: &Step{Kind: kind}, run: &run{}, rec: &StepRecord{},
		outbound: make([][numOutbound]uint64, len(e.agents))}
	clock, trace := e.clock, e.trace
	e.trace = tracing{to: trace.to}
	if req.Tracer != nil {
		e.trace.to = req.Tracer
	}
	e.begin()
	s := &syncer{step: st, full: req.Full}
	s.object(id)
	st.report()
	e.rollback()
	e.clock, e.trace = clock, trace
	st.rec.Result = st.result(nil)
	return st.rec, nil
}
