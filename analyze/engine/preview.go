package engine

import "fmt"

// PreviewRequest asks what the synchronization of one object would do.
type PreviewRequest struct {
	Agent string
	DN    string
	Full  bool
}

// Preview synchronizes one object as a step would, tells the tracer of the
// engine, and takes everything back: the state is as it was. The record holds
// the counters and errors that a step with this object alone would have. Its
// events belong to no run: EventPreview comes first, and run and step are 0.
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
	clock, run, number := e.clock, e.trace.run, e.trace.step
	e.trace.run, e.trace.step = 0, 0
	if e.trace.on() {
		e.trace.add(Event{Kind: EventPreview, Object: e.ref(id), Detail: [...]string{"delta", "full"}[b2i(req.Full)]})
	}
	e.begin()
	s := &syncer{step: st, full: req.Full}
	s.object(id)
	st.report()
	e.rollback()
	e.clock, e.trace.run, e.trace.step = clock, run, number
	return st.rec, nil
}
