package engine

// project makes a metaverse object of a disconnector that did not join:
// SE-Y8. Several projections of one type are tried in order.
func (s *syncer) project(id csID) (bool, *ruleError) {
	e := s.e
	t := e.typeOf(e.object(id))
	for i := range t.projections {
		p := &t.projections[i]
		if p.SyncRule {
			continue
		}
		name, typ := p.MVType, uint16(0)
		if p.Scripted {
			chosen, ok, err := s.scriptedProjection(id, p)
			if err != nil {
				return false, err
			}
			if !ok {
				continue
			}
			name = chosen
		}
		typ = e.mvTypeByName[fold(name)]
		if e.trace.on() {
			e.trace.add(Event{Kind: EventProjection, Rule: p.ID, Status: "Projected", Mapping: declared(p.Scripted), Detail: name})
		}
		mv := e.createMeta(typ, len(t.imports[typ]))
		e.connect(id, mv)
		return true, nil
	}
	return false, nil
}

func (s *syncer) scriptedProjection(id csID, p *Projection) (name string, ok bool, err *ruleError) {
	e := s.e
	now, _ := e.object(id).importImage()
	name, ok, x := e.edges.Extension.ShouldProject(s.a.cfg.Extension, e.readView(id, now))
	call := ExtensionError{Name: s.a.cfg.Extension, CallSite: "projection"}
	status := "Declined"
	switch {
	case x != nil:
		err = fromExtension(x, AlgorithmStep{Name: "projection"})
	case ok && name == "":
		err = badResult("extension-projection-object-type-not-set", "projection", call)
	case ok && e.mvTypeByName[fold(name)] == 0:
		err = badResult("extension-projection-invalid-object-type", "projection", call)
	case ok:
		return name, true, nil
	}
	if err != nil {
		status = statusError
	}
	if e.trace.on() {
		e.trace.add(Event{Kind: EventProjection, Rule: p.ID, Status: status, Mapping: declared(true)})
	}
	return "", false, err
}

func declared(scripted bool) string {
	if scripted {
		return "Rules Extension"
	}
	return "Declared"
}
