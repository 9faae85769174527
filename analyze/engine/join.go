package engine

import (
	"bytes"
	"slices"
)

// The status of a condition, and of a criterion and its resolution, of a join
// rule (SE-N12).
const (
	statusApplied    = "Applied"
	statusNotApplied = "Not Applied"
	statusDeclined   = "Declined"
	statusError      = "Error"
	statusMatch      = "Match"
	statusNoMatch    = "No Match"
)

// join tries the join rules of a disconnector in order: SE-Y6.
func (s *syncer) join(id csID) (bool, *ruleError) {
	e := s.e
	t := e.typeOf(e.object(id))
	for i := range t.criteria {
		mv, err := s.criterion(id, &t.criteria[i], i+1)
		if err != nil {
			return false, err
		}
		if mv != 0 {
			e.connect(id, mv)
			return true, nil
		}
	}
	return false, nil
}

// criterion searches with one join rule, and resolves.
func (s *syncer) criterion(id csID, c *criterion, number int) (mvID, *ruleError) {
	e := s.e
	var found []mvID
	for i := range c.mappings {
		values, status, err := s.joinValues(id, &c.mappings[i])
		if e.trace.on() {
			e.trace.add(Event{Kind: EventJoinCondition, Rule: c.cfg.ID, Number: number, Status: status,
				Attribute: c.cfg.Mappings[i].Attribute.Name, Sources: c.mappings[i].mapping.sourceNames(), Value: values})
		}
		if err != nil {
			if c.mappings[i].mapping.kind == Scripted { // SE-N8
				err.rules = e.rulesError(id, c.cfg.Mappings[i].Attribute.Name, c.cfg.ID, &c.mappings[i].mapping)
			}
			return 0, err
		}
		if status != statusApplied {
			s.traceCriterion(c, number, statusNoMatch, "No match", nil)
			return 0, nil
		}
		matches, err := s.search(id, c, &c.mappings[i], values)
		if err != nil {
			return 0, err
		}
		if i == 0 {
			found = append(found, matches...)
			continue
		}
		found = slices.DeleteFunc(found, func(mv mvID) bool { return !slices.Contains(matches, mv) })
	}
	slices.SortFunc(found, func(a, b mvID) int {
		x, y := e.metaGUID(a), e.metaGUID(b)
		return bytes.Compare(x[:], y[:])
	})
	return s.resolve(id, c, number, slices.Compact(found))
}

// joinValues makes the values of one condition.
func (s *syncer) joinValues(id csID, j *joinMapping) (values []string, status string, err *ruleError) {
	e, m := s.e, &j.mapping
	now, _ := e.object(id).importImage()
	switch m.kind {
	case Constant:
		return []string{e.pool.text(m.value)}, statusApplied, nil
	case DNPart:
		text, typ := e.dnPart(id, m.cfg.Part)
		if typ != "" {
			return nil, statusError, failure(typ, "join")
		}
		return []string{text}, statusApplied, nil
	}
	for _, src := range m.sources {
		have := s.sourceTexts(id, src, now)
		if len(have) == 0 {
			return nil, statusNotApplied, nil
		}
		values = append(values, have...)
	}
	if m.kind != Scripted {
		return values, statusApplied, nil
	}
	values, declined, x := e.edges.Extension.MapJoin(s.a.cfg.Extension, m.cfg.Script, e.readView(id, now))
	switch {
	case x != nil:
		return nil, statusError, fromExtension(x, AlgorithmStep{Name: "join"})
	case declined:
		return nil, statusDeclined, nil
	case len(values) == 0:
		return nil, "Extension No Value", nil
	}
	return values, statusApplied, nil
}

// sourceTexts reads a source of a connector space object as text; references
// as the ids of the metaverse objects that they lead to.
func (s *syncer) sourceTexts(id csID, src sourceRef, now image) []string {
	e := s.e
	if src.intrinsic == intrinsicDN {
		return []string{e.dnOf(id)}
	}
	a := e.agentOf(id)
	var out []string
	for _, v := range now.of(src.attr) {
		if a.attrs[src.attr].kind != Reference {
			out = append(out, e.pool.text(v.val))
			continue
		}
		if mv := e.object(csID(v.val)).mv; mv != 0 {
			out = append(out, e.metaGUID(mv).String())
		}
	}
	slices.Sort(out)
	return out
}

// search finds metaverse objects with any of the values (SE-Y6).
func (s *syncer) search(id csID, c *criterion, j *joinMapping, values []string) ([]mvID, *ruleError) {
	e := s.e
	if j.target.intrinsic == intrinsicObjectID {
		return s.searchID(id, c, j, values)
	}
	attr := &e.mvAttrs[j.target.attr]
	found := e.room.metas[:0]
	for _, text := range values {
		if attr.kind == String {
			text = fold(text)
		}
		if attr.kind == Reference {
			for mv := mvID(1); mv <= mvID(e.mv.n); mv++ {
				texts := e.metaTexts(mv, j.target.attr)
				if slices.Contains(texts, text) {
					found = append(found, mv)
				}
			}
			continue
		}
		if v := e.pool.find(text); v != 0 {
			found = e.joins.find(joinKey(j.target.attr, v), found)
		}
	}
	e.room.metas = found
	return slices.DeleteFunc(found, func(mv mvID) bool {
		return e.meta(mv).flags&mvLive == 0 || c.mvType != 0 && e.meta(mv).typ != c.mvType
	}), nil
}

// searchID finds a metaverse object by its id.
func (s *syncer) searchID(id csID, c *criterion, j *joinMapping, values []string) ([]mvID, *ruleError) {
	e := s.e
	if len(values) > 1 {
		return nil, failure("join-object-id-must-be-single-valued", "join")
	}
	want, err := ParseGUID(values[0])
	if err != nil || values[0][0] != '{' {
		r := failure("cannot-parse-object-id", "join")
		r.rules = e.rulesError(id, "object-id", c.cfg.ID, &j.mapping)
		return nil, r
	}
	for mv := mvID(1); mv <= mvID(e.mv.n); mv++ {
		o := e.meta(mv)
		if o.flags&mvLive != 0 && (c.mvType == 0 || o.typ == c.mvType) && e.metaGUID(mv) == want {
			return []mvID{mv}, nil
		}
	}
	return nil, nil
}

// resolve chooses among the matches: SE-K24.
func (s *syncer) resolve(id csID, c *criterion, number int, found []mvID) (mvID, *ruleError) {
	e := s.e
	switch {
	case len(found) == 0:
		s.traceCriterion(c, number, statusNoMatch, "No match", nil)
		return 0, nil
	case !c.cfg.Resolve && len(found) > 1:
		s.traceCriterion(c, number, "Multiple Matches", "No match", found)
		return 0, nil
	case !c.cfg.Resolve, len(found) == 1 && e.sw.resolveManyOnly:
		s.traceCriterion(c, number, statusMatch, statusMatch, found)
		return found[0], nil
	}
	now, _ := e.object(id).importImage()
	candidates := make([]MVEntry, len(found))
	for i, mv := range found {
		candidates[i] = e.metaView(mv)
	}
	choice, newType, x := e.edges.Extension.ResolveJoin(s.a.cfg.Extension, c.cfg.ResolveContext, e.readView(id, now), candidates)
	call := ExtensionError{Name: s.a.cfg.Extension, CallSite: "join-resolution", Context: c.cfg.ResolveContext}
	var err *ruleError
	switch {
	case x != nil:
		err = fromExtension(x, AlgorithmStep{Name: "join"})
	case choice < -1 || choice >= len(found):
		err = badResult("extension-join-resolution-index-out-of-bounds", "join", call)
	case choice == -1:
		s.traceCriterion(c, number, statusNoMatch, "No match", found)
		return 0, nil
	case newType != "" && e.mvTypeByName[fold(newType)] == 0:
		err = badResult("extension-join-resolution-invalid-object-type", "join", call)
	}
	if err != nil {
		s.traceCriterion(c, number, statusError, statusError, found)
		return 0, err
	}
	s.traceCriterion(c, number, statusMatch, statusMatch, found)
	mv := found[choice]
	if typ := e.mvTypeByName[fold(newType)]; newType != "" && typ != e.meta(mv).typ {
		if err := s.changeType(mv, typ); err != nil {
			return 0, err
		}
	}
	return mv, nil
}

func (s *syncer) traceCriterion(c *criterion, number int, resolution, status string, found []mvID) {
	e := s.e
	if !e.trace.on() {
		return
	}
	ev := Event{Kind: EventJoinCriterion, Rule: c.cfg.ID, Number: number, Resolution: resolution, Status: status, Detail: c.cfg.ResolveContext}
	for _, mv := range found {
		ev.Matches = append(ev.Matches, e.metaRef(mv))
	}
	e.trace.add(ev)
}

// changeType gives a metaverse object another type and fills the attributes
// of the new type anew (SE-Y7, SE-N4).
func (s *syncer) changeType(mv mvID, typ uint16) *ruleError {
	e := s.e
	if e.trace.on() {
		e.trace.add(Event{Kind: EventTypeChange, MV: e.metaRef(mv), Status: "Successful", Detail: e.mvTypes[typ-1].Name})
	}
	page := len(e.trace.events) - 1
	var attrs []attrID
	for _, v := range e.meta(mv).attrs {
		attrs = append(attrs, v.attr)
	}
	for _, attr := range slices.Compact(attrs) {
		e.setMV(mv, attr, nil)
	}
	e.editMeta(mv).typ = typ
	for _, d := range e.mvTypes[typ-1].destinations {
		if err := s.repopulate(mv, d, contributor{}, 0); err != nil {
			err.step.Name = "mv-object-type-change"
			err.step.MA, err.step.DN = GUID{}, ""
			if e.trace.on() {
				e.trace.events[page].Status = statusError
			}
			return err
		}
	}
	return nil
}
