package engine

import (
	"cmp"
	"slices"
)

// recall takes what an object contributed out of the metaverse object that it
// left, and fills the attributes anew from what is left: SE-N4.
func (s *syncer) recall(mv mvID, id csID) *ruleError {
	e := s.e
	type lost struct {
		attr attrID
		by   contributor
	}
	var attrs []lost
	for _, v := range e.meta(mv).attrs {
		if v.cs == id && (len(attrs) == 0 || attrs[len(attrs)-1].attr != v.attr) {
			attrs = append(attrs, lost{v.attr, contributor{v.rule, v.agent, v.cs}})
		}
	}
	order := e.mvTypes[e.meta(mv).typ-1].destinations
	place := func(attr attrID) int {
		if i := slices.IndexFunc(order, func(d *destination) bool { return d.attr == attr }); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(attrs, func(a, b lost) int {
		return cmp.Or(cmp.Compare(place(a.attr), place(b.attr)), cmp.Compare(fold(e.mvAttrs[a.attr].Name), fold(e.mvAttrs[b.attr].Name)))
	})
	if e.trace.on() {
		e.trace.add(Event{Kind: EventRecall, Target: e.ref(id), MV: e.metaRef(mv), Status: "success", Rule: "SE-N4"})
	}
	page := len(e.trace.events) - 1
	for _, a := range attrs {
		if e.trace.on() {
			of := &e.mvAttrs[a.attr]
			e.trace.add(Event{Kind: EventRecallValue, MV: e.metaRef(mv), Attribute: of.Name, Detail: of.kind.String(), Value: shown(of.kind, e.contributed(mv, a.attr, id))})
		}
		rest := slices.DeleteFunc(slices.Clone(metaValues(e.meta(mv).attrs, a.attr)), func(v mvAttr) bool { return v.cs == id })
		e.setMV(mv, a.attr, rest)
	}
	for _, a := range attrs {
		i := place(a.attr)
		if i == len(order) || len(metaValues(e.meta(mv).attrs, a.attr)) > 0 {
			continue
		}
		if err := s.repopulate(mv, order[i], a.by, 0); err != nil {
			if e.trace.on() {
				e.trace.events[page].Status = "error"
			}
			return err
		}
	}
	return nil
}

// contributed returns the values that an object gave, as text.
func (e *Engine) contributed(mv mvID, attr attrID, id csID) []string {
	var out []string
	for _, v := range metaValues(e.meta(mv).attrs, attr) {
		switch {
		case v.cs != id:
		case e.mvAttrs[attr].kind == Reference:
			out = append(out, e.metaGUID(mvID(v.val)).String())
		default:
			out = append(out, e.pool.text(v.val))
		}
	}
	slices.Sort(out)
	return out
}

// repopulate looks for another rule for an attribute that lost its values:
// the first in document order that Applies, over all agents. current is the
// object that is being synchronized, if it is still a connector.
func (s *syncer) repopulate(mv mvID, d *destination, prev contributor, current csID) *ruleError {
	e := s.e
	for _, f := range d.flows {
		var eligible []csID
		for _, c := range e.meta(mv).conns {
			o := e.object(c)
			if o.agent != f.agent || o.typ != f.csType || f.index == prev.rule && c == prev.cs {
				continue
			}
			if o.is(flagSynced) || c == current && o.imported() {
				eligible = append(eligible, c)
			}
		}
		if len(eligible) == 0 {
			status := statusNoMapping
			if f.index == prev.rule {
				status = statusPrevious
			}
			s.traceRepopulate(f, mv, status, nil)
			continue
		}
		if f.mapping.kind != Scripted && len(eligible) > 1 {
			s.traceRepopulate(f, mv, statusError, nil)
			return e.failureAt("ambiguous-import-flow-from-multiple-connectors", "recall", e.byDN(eligible)[0])
		}
		for _, c := range e.byDN(eligible) {
			done, err := s.repopulateFrom(mv, f, c, current)
			if done || err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *syncer) repopulateFrom(mv mvID, f *importFlow, c, current csID) (bool, *ruleError) {
	e := s.e
	now := e.object(c).synced
	if c == current {
		now, _ = e.object(c).importImage()
	}
	values, result, err := s.evaluate(f, c, mv, now, "recall")
	if err != nil {
		s.traceRepopulate(f, mv, statusError, nil)
		return false, err
	}
	status := [...]string{applied: statusApplied, absent: statusNotApplied, empty: statusNotApplied, declinedByScript: statusDeclined}[result]
	if result == applied {
		e.write(mv, f.dest, contributor{f.index, f.agent, c}, values)
	}
	var texts []string
	if e.trace.on() && result == applied {
		texts = shown(e.mvAttrs[f.dest.attr].kind, e.metaTexts(mv, f.dest.attr))
	}
	s.traceRepopulate(f, mv, status, texts)
	return result == applied, nil
}

func (s *syncer) traceRepopulate(f *importFlow, mv mvID, status string, value []string) {
	e := s.e
	if !e.trace.on() {
		return
	}
	ev := Event{Kind: EventRepopulate, MV: e.metaRef(mv), Status: status, Attribute: e.mvAttrs[f.dest.attr].Name, Value: value, Rule: f.id,
		Mapping: [...]string{"Direct", "Rules Extension", "Constant", "DN Component", "Direct"}[f.mapping.kind]}
	if f.agent != noAgent {
		ev.Target.Agent, ev.Sources = e.agents[f.agent].cfg.Name, f.mapping.sourceNames()
	}
	e.trace.add(ev)
}
