package engine

import "slices"

// entry stages one entry of an import: SE-N1.
func (m *importer) entry(en *ImportEntry) {
	if en.Error != nil {
		err := *en.Error
		if err.DN == "" {
			err.DN = en.DN
		}
		if err.Anchor == nil {
			err.Anchor = en.Anchor
		}
		m.discovered(err)
		return
	}
	if m.cfg.ToFile && !m.cfg.ResumeFromFile {
		return // SE-K54: the drop file takes it
	}
	if en.DN == "" && m.a.caps.DNStyle == StyleNone {
		en.DN = string(en.Anchor) // the anchor is copied into the DN
	}
	m.e.begin()
	if err := m.stage(en); err != "" {
		m.e.rollback()
		m.discovered(DiscoveryError{Type: err, DN: en.DN, Anchor: en.Anchor, AttributeName: m.culprit})
		m.culprit = ""
		return
	}
	m.e.commit()
}

// stage returns the type of a discovery error.
func (m *importer) stage(en *ImportEntry) string {
	typ := m.a.typeByName[fold(en.Type)]
	if !m.inScope(en.DN) || en.Type != "" && !m.scope().hasType(typ) {
		t := m.find(en)
		if !m.delta || t == 0 || !m.e.object(t).real() || m.e.object(t).partition != m.part || m.e.sw.ignoreMoveOut {
			m.filtered(&m.rec.Filtered.FilteredObjects, "filtered-objects", en)
			return ""
		}
		m.stageDelete(t, en) // SE-K39
		return ""
	}
	if en.Kind == Delete {
		t := m.find(en)
		if t != 0 && m.e.object(t).real() && m.e.object(t).partition != m.part {
			t = 0 // it moved to another partition, whose import knows it
		}
		m.stageDelete(t, en)
		return ""
	}
	t, byName := m.match(en)
	if en.Kind == Add && (t != 0 && !byName && m.e.object(t).is(flagAdded) || m.wasAdded(en)) {
		return "duplicate-object" // SE-K07
	}
	if en.Kind == Update {
		known := false
		if t != 0 && m.e.object(t).real() && !byName {
			_, known = m.e.object(t).importImage()
		}
		if !known { // SE-K01
			if m.a.caps.FullObject && m.a.caps.DNStyle == StyleLDAP {
				m.queue = append(m.queue, fullRequest{en.DN, en.Anchor})
				return ""
			}
			return "need-full-object"
		}
		if typ == 0 {
			typ = m.e.object(t).importType()
		}
	}
	if t != 0 && m.e.passesThrough(m.a, en.DN, t) { // its own descendant would be its parent
		return "staging-error"
	}
	return m.classify(en, t, byName, typ)
}

// importType is the type that the object has after its pending import.
func (o *csObject) importType() uint16 {
	if o.pendingOp == opDeleteAdd {
		return o.pendingType
	}
	return o.typ
}

// wasAdded reports whether the entry's object came and went in this import.
func (m *importer) wasAdded(en *ImportEntry) bool {
	return len(m.run.addedAndGone) > 0 && m.run.addedAndGone[m.e.pool.find(string(en.Anchor))]
}

// keyed reports whether the entry is known by an anchor apart from its DN
// (SE-K38).
func (m *importer) keyed(en *ImportEntry) bool {
	return m.a.caps.DNStyle != StyleNone && !m.a.caps.DNAsAnchor && len(en.Anchor) > 0
}

// find looks an entry up by anchor if it has one, else by DN.
func (m *importer) find(en *ImportEntry) csID {
	if m.keyed(en) {
		if key := m.e.pool.find(string(en.Anchor)); key != 0 {
			if id := m.e.spaces[m.a.index].byAnchor[key]; id != 0 {
				return id
			}
		}
		return 0
	}
	return m.e.findDN(m.a, en.DN)
}

// match looks an entry up for staging: by anchor (byName false: rows 1 to 6 of
// SE-N1), or by DN (byName true: rows 7 to 10).
func (m *importer) match(en *ImportEntry) (id csID, byName bool) {
	if m.keyed(en) {
		if id := m.find(en); id != 0 {
			return id, false
		}
		return m.e.findDN(m.a, en.DN), true
	}
	id = m.e.findDN(m.a, en.DN)
	if id == 0 {
		return 0, true
	}
	o := m.e.object(id)
	return id, !o.real() || !o.imported() // exported or provisioned objects: rows 8 and 9
}

// image reads the attributes of an entry, those of an update over what the
// object has. Placeholders come to be for references to objects that are not
// there (SE-I9). The image lies in scratch memory.
func (m *importer) image(en *ImportEntry, t csID) (now image, err string) {
	a, values := m.a, m.e.room.values[:0]
	whole := en.Kind == Add
	if !whole {
		base, _ := m.e.object(t).importImage()
		values = append(values, base...)
	}
	for i := range en.Attributes {
		attr, known := a.column(i, en.Attributes[i].Name)
		if !known || a.attrs[attr].skip { // SE-D1
			continue
		}
		if !whole {
			values = slices.DeleteFunc(values, func(v av) bool { return v.attr == attr })
		}
		if len(en.Attributes[i].Values) > 1 && !a.attrs[attr].multi {
			m.culprit = a.attrs[attr].Name
			return nil, "multi-single-mismatch"
		}
		for _, text := range en.Attributes[i].Values {
			if text != "" { // SE-N9: an empty value is an absent one
				values = append(values, av{attr, m.value(attr, text)})
			}
		}
	}
	for i := range en.Changes {
		attr, known := a.column(i, en.Changes[i].Name)
		if !known || a.attrs[attr].skip {
			continue
		}
		for _, text := range en.Changes[i].Remove {
			gone := av{attr, m.value(attr, text)}
			values = slices.DeleteFunc(values, func(v av) bool { return v == gone })
		}
		if !a.attrs[attr].multi && len(en.Changes[i].Add) > 0 {
			values = slices.DeleteFunc(values, func(v av) bool { return v.attr == attr })
		}
		for _, text := range en.Changes[i].Add {
			values = append(values, av{attr, m.value(attr, text)})
		}
	}
	m.e.room.values = values
	return normalize(values), ""
}

func (m *importer) value(attr attrID, text string) valueID {
	if m.a.attrs[attr].kind == Reference {
		return valueID(m.e.reference(m.a, text))
	}
	return m.e.pool.id(text)
}

// column finds an attribute, first where the last entry had it.
func (a *agent) column(i int, name string) (attrID, bool) {
	for i >= len(a.hints) {
		a.hints = append(a.hints, hint{})
	}
	h := &a.hints[i]
	if h.name != name || name == "" {
		attr, known := a.attrByName[fold(name)]
		*h = hint{name, attr, known}
	}
	return h.attr, h.known
}

// scope is the partition of the step.
func (m *importer) scope() *partition { return &m.a.partitions[m.part-1] }

func (p *partition) hasType(typ uint16) bool {
	return typ != 0 && (p.types == nil || p.types[typ])
}

// inScope reports whether a DN lies in the partition of the step and in its
// containers (SE-I3, SE-D5).
func (m *importer) inScope(dn string) bool {
	p := m.scope()
	if m.a.caps.DNStyle != StyleLDAP || len(m.a.partitions) == 1 && p.root == nil && len(p.inclusions)+len(p.exclusions) == 0 {
		return true
	}
	parts := splitDN(dn, nil)
	return m.a.partitionOf(parts) == m.part && p.contains(parts)
}

// partitionOf returns the number of the deepest partition that holds a DN, 0
// if none does.
func (a *agent) partitionOf(parts []string) uint16 {
	best, depth := uint16(0), -1
	for i := range a.partitions {
		root := a.partitions[i].root
		if len(root) > depth && hasSuffix(parts, root) {
			best, depth = uint16(i+1), len(root)
		}
	}
	return best
}

func hasSuffix(parts, root []string) bool {
	return len(parts) >= len(root) && equalFold(parts[len(parts)-len(root):], root)
}

// contains reports whether the containers of the partition hold a DN: the
// longest inclusion or exclusion decides.
func (p *partition) contains(parts []string) bool {
	in, best := len(p.inclusions) == 0, -1
	for _, root := range p.inclusions {
		if len(root) > best && hasSuffix(parts, root) {
			in, best = true, len(root)
		}
	}
	for _, root := range p.exclusions {
		if len(root) > best && hasSuffix(parts, root) {
			in, best = false, len(root)
		}
	}
	return in
}
