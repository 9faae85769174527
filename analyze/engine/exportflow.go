package engine

import (
	"slices"
	"strings"
)

// base is what the source holds as far as exports tell: Synced with what was
// exported since, confirmed or not. It lies in scratch memory.
func (e *Engine) base(id csID) image {
	o := e.object(id)
	m := o.synced
	for i, d := range [...]*delta{o.confirmed(), o.unconfirmed()} {
		if d != nil {
			m = d.apply(m, e.agentOf(id), e.room.images[2+i][:0])
			e.room.images[2+i] = m
		}
	}
	return m
}

// target is the state that an object is to have: base with Unapplied. It lies
// in scratch memory of the given place, 0 or 1.
func (e *Engine) target(id csID, place int) image {
	o := e.object(id)
	m := o.unapplied().apply(e.base(id), e.agentOf(id), e.room.images[place][:0])
	e.room.images[place] = m
	return m
}

// setTarget makes the pending export of an object what leads from its base to
// a target: SE-Y17.
func (e *Engine) setTarget(id csID, target image) {
	o := e.object(id)
	old := o.unapplied()
	next := delta{op: opUpdate}
	base := e.base(id)
	if old != nil {
		next = *old
		if old.op == opAdd || old.op == opDeleteAdd {
			base = nil
		}
	}
	next.changes = difference(base, target, e.room.change[:0])
	e.room.change = next.changes
	switch {
	case old != nil && old.same(&next):
	case next.op != opUpdate || len(next.changes) > 0 || next.renames:
		next.changes = slices.Clone(next.changes)
		e.setExports(id, &next, o.unconfirmed())
	case old != nil:
		e.setExports(id, nil, o.unconfirmed())
	}
}

// exportFlow runs the export attribute flows of a connector: SE-Y16, SE-N5.
func (s *syncer) exportFlow(mv mvID, id csID, references bool) *ruleError {
	e := s.e
	o := e.object(id)
	flows := e.typeOf(o).exports[e.meta(mv).typ]
	if len(flows) == 0 || o.unapplied() != nil && o.unapplied().op == opDelete {
		return nil
	}
	act := *s.act(id)
	fresh := act.added || act.deleteAdd
	first := act.first
	if !act.attempted {
		first = o.unapplied()
	}
	target := e.target(id, 0)
	work := append(e.room.images[1][:0], target...)
	attempted, scripted := false, false
	for i := range flows {
		f := &flows[i]
		if f.cfg.InitialOnly && !fresh {
			continue
		}
		if references && !f.mapping.refers {
			s.traceExport(f, mv, id, statusNoReferenceFlow)
			continue
		}
		attempted, scripted = true, scripted || f.mapping.kind == Scripted
		values, status, err := s.exportValues(f, mv, id, work)
		s.traceExport(f, mv, id, status)
		if err != nil {
			return err
		}
		if status == statusApplied || status == statusAppliedDelete {
			work = setAttribute(work, f.attr, values)
		}
	}
	e.room.images[1] = work
	if !attempted {
		return nil
	}
	before := target
	if act.attempted || scripted { // another start, or a script that read a target in the same room
		before = first.apply(e.base(id), e.agentOf(id), e.room.images[0][:0])
		e.room.images[0] = before
	}
	flowed := !slices.Equal(before, work) && !(fresh && s.onlyInitial(flows, before, work))
	e.setTarget(id, work)
	a := s.act(id)
	a.attempted, a.first, a.flowed = true, first, flowed
	return nil
}

// onlyInitial reports whether export flow added nothing to the initial values
// of a new connector: initial-only flows count as initial values (SE-K46).
func (s *syncer) onlyInitial(flows []exportFlow, before, after image) bool {
	for i := range flows {
		if !flows[i].cfg.InitialOnly && before.differs(after, flows[i].attr) {
			return false
		}
	}
	return true
}

// setAttribute replaces the values of an attribute in a scratch image.
func setAttribute(m image, attr attrID, values image) image {
	from := 0
	for from < len(m) && m[from].attr < attr {
		from++
	}
	to := from
	for to < len(m) && m[to].attr == attr {
		to++
	}
	if to-from == len(values) {
		copy(m[from:to], values)
		return m
	}
	return slices.Replace(m, from, to, values...)
}

// exportValues makes the values of one export flow: the table of SE-N5.
func (s *syncer) exportValues(f *exportFlow, mv mvID, id csID, work image) (image, string, *ruleError) {
	e, m := s.e, &f.mapping
	present, missing := 0, 0
	for _, src := range m.sources {
		if src.intrinsic != noIntrinsic || len(metaValues(e.meta(mv).attrs, src.attr)) > 0 {
			present++
		} else {
			missing++
		}
	}
	switch {
	case present == 0 && missing > 0 && len(work.of(f.attr)) == 0:
		return nil, statusNotApplied, nil
	case present == 0 && missing > 0 && !f.cfg.AllowNull:
		return nil, statusFlowNullDenied, nil
	case present == 0 && missing > 0:
		return nil, statusAppliedDelete, nil
	case missing > 0:
		return nil, statusNotApplied, nil
	case s.overlapped(f, mv, id):
		return nil, statusNotPrecedent, nil
	}
	if m.kind == Scripted {
		values, status, err := s.exportScript(f, mv, id, work)
		return e.conform(e.agentOf(id), values), status, err
	}
	values := e.room.values[:0]
	if m.kind == Constant {
		v, typ := e.exportConstant(m.value, f.attr, e.agentOf(id))
		if typ != "" {
			return nil, statusError, s.exportFailure(typ, f, id)
		}
		values = append(values, v)
	} else {
		var err *ruleError
		if values, err = s.exportDirect(f, mv, id, values); err != nil {
			return nil, statusError, err
		}
	}
	e.room.values = values
	out := e.conform(e.agentOf(id), normalize(values))
	if len(out) > 1 && !e.agentOf(id).attrs[f.attr].multi {
		return nil, statusError, s.exportFailure("flow-multi-values-to-single-value", f, id)
	}
	return out, statusApplied, nil
}

// exportConstant is a constant as the value of an attribute of a connector; a
// reference is a DN.
func (e *Engine) exportConstant(value valueID, attr attrID, a *agent) (v av, errorType string) {
	switch a.attrs[attr].kind {
	case Boolean:
		value, errorType = e.constant(value, Boolean)
	case Reference:
		dn := e.pool.text(value)
		broken := func(component string) bool { _, ok := componentValue(component); return !ok }
		if strings.TrimSpace(dn) == "" || a.caps.DNStyle == StyleLDAP && slices.ContainsFunc(splitDN(dn, nil), broken) {
			return av{}, "invalid-reference-constant-flow"
		}
		value = valueID(e.reference(a, dn))
	}
	return av{attr, value}, errorType
}

// exportDirect copies the values of one source; references become the
// connectors of their targets: SE-Y18, SE-K19.
func (s *syncer) exportDirect(f *exportFlow, mv mvID, id csID, values []av) ([]av, *ruleError) {
	e := s.e
	src, a := f.mapping.sources[0], e.agentOf(id)
	if src.intrinsic == intrinsicObjectID {
		return append(values, av{f.attr, e.pool.id(e.metaGUID(mv).String())}), nil
	}
	last := valueID(0)
	for _, v := range metaValues(e.meta(mv).attrs, src.attr) {
		if v.val == last {
			continue // the same value of another contributor
		}
		last = v.val
		if e.mvAttrs[src.attr].kind != Reference {
			val := v.val
			if a.attrs[f.attr].kind == Reference {
				val = valueID(e.reference(a, e.pool.text(val)))
			}
			values = append(values, av{f.attr, val})
			continue
		}
		n := 0
		for _, c := range e.meta(mvID(v.val)).conns {
			if e.object(c).agent != a.index {
				continue
			}
			n++
			val := valueID(c)
			if a.attrs[f.attr].kind != Reference {
				val = e.pool.id(e.dnOf(c))
			}
			values = append(values, av{f.attr, val})
		}
		if n > 1 && !a.attrs[f.attr].multi {
			return nil, s.exportFailure("ambiguous-reference-value-for-export-flow", f, id)
		}
		if n == 0 {
			s.omit(mv)
		}
	}
	return values, nil
}

func (s *syncer) exportScript(f *exportFlow, mv mvID, id csID, work image) (image, string, *ruleError) {
	e := s.e
	view := e.writeView(id, work, f.attr)
	declined, x := e.edges.Extension.ExportFlow(e.agentOf(id).cfg.Extension, f.mapping.cfg.Script, e.metaView(mv), view)
	switch {
	case x != nil:
		r := fromExtension(x, e.failureAt("", "export-flow", id).step)
		r.rules = e.rulesError(id, e.agentOf(id).attrs[f.attr].Name, f.cfg.ID, &f.mapping)
		return nil, statusError, r
	case declined:
		return nil, statusDeclined, nil
	case !view.written:
		return slices.Clone(work.of(f.attr)), statusApplied, nil
	}
	return view.values, statusApplied, nil
}

func (s *syncer) exportFailure(typ string, f *exportFlow, id csID) *ruleError {
	e := s.e
	r := e.failureAt(typ, "export-flow", id)
	r.rules = e.rulesError(id, e.agentOf(id).attrs[f.attr].Name, f.cfg.ID, &f.mapping)
	return r
}

// overlapped reports whether an import flow from the destination to one of the
// sources outranks what contributes to that source: SE-N5 row 7.
func (s *syncer) overlapped(f *exportFlow, mv mvID, id csID) bool {
	e := s.e
	o := e.object(id)
	for _, in := range e.typeOf(o).imports[e.meta(mv).typ] {
		reads, feeds := false, false
		for _, src := range in.mapping.sources {
			reads = reads || src.intrinsic == noIntrinsic && src.attr == f.attr
		}
		for _, src := range f.mapping.sources {
			feeds = feeds || src.intrinsic == noIntrinsic && src.attr == in.dest.attr
		}
		if !reads || !feeds || in.dest.precedence != Ranked {
			continue
		}
		for _, v := range metaValues(e.meta(mv).attrs, in.dest.attr) {
			if v.rule == 0 {
				return true
			}
			if by := e.flows[v.rule-1]; by.dest == in.dest && in.rank < by.rank {
				return true
			}
		}
	}
	return false
}

func (s *syncer) traceExport(f *exportFlow, mv mvID, id csID, status string) {
	e := s.e
	if !e.trace.on() {
		return
	}
	mapping := [...]string{"Declared", "Rules Extension", "Constant", "Declared", "Declared"}[f.mapping.kind]
	e.trace.events = append(e.trace.events, traced{cs: id, attr: f.attr, Event: Event{Kind: EventExportFlow, Target: e.ref(id), MV: e.metaRef(mv),
		Rule: f.cfg.ID, Status: status, Mapping: mapping, Sources: f.mapping.sourceNames(), Attribute: e.agentOf(id).attrs[f.attr].Name,
		Initial: e.targetTextsBefore(id, f.attr)}})
}

// targetTextsBefore is what the connector was to have before the transaction.
func (e *Engine) targetTextsBefore(id csID, attr attrID) []string {
	o := e.object(id)
	if b := e.before(id); b != nil {
		o = b
	}
	a := e.agents[o.agent]
	if o.stamp == e.journal.serial { // made in this transaction
		return nil
	}
	m := o.unapplied().apply(o.unconfirmed().apply(o.confirmed().apply(o.synced, a, nil), a, nil), a, nil)
	return shown(a.attrs[attr].kind, e.texts(a, m.of(attr)))
}
