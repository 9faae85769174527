package engine

// The status of an attribute flow beyond those of a join (SE-N12).
const (
	statusAppliedDelete   = "Applied Delete"
	statusNotPrecedent    = "Skipped: Not Precedent"
	statusPrevious        = "Skipped: previous mapping"
	statusNoMapping       = "Skipped: No available mapping in scope"
	statusFlowNullDenied  = "Skipped: Flow Null Denied"
	statusNoReferenceFlow = "Skipped: No Reference Source Attributes"
)

// importFlow runs the import attribute flows of a connector: SE-Y9, SE-N5. In
// delta mode only rules of which a source changed run.
func (s *syncer) importFlow(id csID, full bool) *ruleError {
	e := s.e
	o := e.object(id)
	now, imported := o.importImage()
	if !imported {
		return nil // an import flow needs an import
	}
	for _, f := range e.typeOf(o).imports[e.meta(o.mv).typ] {
		if !full && !s.changed(f, o, now) {
			s.traceFlow(f, id, o.mv, statusNotApplied, "", nil)
			continue
		}
		if err := s.runFlow(f, id, now); err != nil {
			return err
		}
	}
	return nil
}

// changed reports whether a source of a rule is in the pending import: row 1.
func (s *syncer) changed(f *importFlow, o *csObject, now image) bool {
	for _, src := range f.mapping.sources {
		if src.intrinsic == intrinsicDN {
			if o.is(flagDNChanged|flagRenameRetry) || o.pendingOp == opAdd {
				return true
			}
			continue
		}
		if o.is(flagRefRetry|flagRefJoined) && s.e.agents[o.agent].attrs[src.attr].kind == Reference {
			return true
		}
		if o.pendingOp != opNone && now.differs(o.synced, src.attr) {
			return true
		}
	}
	return false
}

// runFlow carries out one rule: SE-N5 rows 2 to 12.
func (s *syncer) runFlow(f *importFlow, id csID, now image) *ruleError {
	e := s.e
	mv, d := e.object(id).mv, f.dest
	by := contributor{f.index, f.agent, id}
	current := metaValues(e.meta(mv).attrs, d.attr)
	var initial []string
	if e.trace.on() {
		initial = shown(e.mvAttrs[d.attr].kind, e.metaTexts(mv, d.attr))
	}
	if d.precedence == Ranked && s.outranked(f, current) {
		s.traceFlow(f, id, mv, statusNotPrecedent, "", initial)
		return nil
	}
	if f.mapping.kind != Scripted && s.several(mv, f.agent) {
		s.traceFlow(f, id, mv, statusError, "", initial)
		return failure("ambiguous-import-flow-from-multiple-connectors", "import-flow")
	}
	mine := false
	for _, v := range current {
		mine = mine || v.rule == f.index && v.cs == id
	}
	if mine && f.mapping.kind == Scripted && s.sourcesGone(f, now) { // row 4
		s.traceFlow(f, id, mv, statusAppliedDelete, "", initial)
		return s.deficient(mv, d, by)
	}
	values, result, err := s.evaluate(f, id, mv, now, "import-flow")
	if err != nil {
		s.traceFlow(f, id, mv, statusError, err.typ, initial)
		return err
	}
	status := statusApplied
	switch {
	case result == absent && mine && f.mapping.kind != Scripted, result == empty && mine:
		status = statusAppliedDelete
	case result == absent, result == empty:
		status = statusNotApplied
	case result == declinedByScript:
		status = statusDeclined
	}
	s.traceFlow(f, id, mv, status, "", initial)
	switch {
	case result == applied:
		e.write(mv, d, by, values)
		return nil
	case mine:
		return s.deficient(mv, d, by)
	}
	return nil
}

// outranked reports whether a rule of higher rank contributes (SE-K50).
func (s *syncer) outranked(f *importFlow, current []mvAttr) bool {
	for _, v := range current {
		if v.rule != 0 {
			if other := s.e.flows[v.rule-1]; other.dest == f.dest && other.rank < f.rank {
				return true
			}
		}
	}
	return false
}

// several reports whether a metaverse object has more than one connector of an
// agent.
func (s *syncer) several(mv mvID, agent uint16) bool {
	n := 0
	for _, c := range s.e.meta(mv).conns {
		if s.e.object(c).agent == agent {
			n++
		}
	}
	return n > 1
}

// sourcesGone reports whether a scripted rule has sources, and none is there.
func (s *syncer) sourcesGone(f *importFlow, now image) bool {
	for _, src := range f.mapping.sources {
		if src.intrinsic != noIntrinsic || len(now.of(src.attr)) > 0 {
			return false
		}
	}
	return len(f.mapping.sources) > 0
}

// deficient takes the values of a rule that no longer has any, and looks for
// another rule: SE-K16.
func (s *syncer) deficient(mv mvID, d *destination, by contributor) *ruleError {
	s.e.withdraw(mv, d.attr, by)
	if len(metaValues(s.e.meta(mv).attrs, d.attr)) > 0 {
		return nil
	}
	return s.repopulate(mv, d, by, by.cs)
}

func (s *syncer) traceFlow(f *importFlow, id csID, mv mvID, status, detail string, initial []string) {
	e := s.e
	if !e.trace.on() {
		return
	}
	if initial == nil {
		initial = shown(e.mvAttrs[f.dest.attr].kind, e.metaTexts(mv, f.dest.attr))
	}
	mapping := [...]string{Direct: "Declared", Scripted: "Rules Extension", Constant: "Constant", DNPart: "DN Component", SyncRule: "Declared"}[f.mapping.kind]
	e.trace.events = append(e.trace.events, traced{mv: mv, attr: f.dest.attr, Event: Event{Kind: EventImportFlow, Target: e.ref(id),
		Rule: f.id, Status: status, Detail: detail, Mapping: mapping, Sources: f.mapping.sourceNames(),
		Attribute: e.mvAttrs[f.dest.attr].Name, Initial: initial, MV: e.metaRef(mv)}})
}
