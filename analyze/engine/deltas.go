package engine

import "slices"

// deltaRecord writes a delta as plain values (SE-K09).
func (e *Engine) deltaRecord(id csID, d *delta) DeltaRecord {
	a := e.agentOf(id)
	r := DeltaRecord{Operation: d.op.String(), DN: e.dnOf(id), Anchor: e.anchorOf(id)}
	if d.renames {
		r.NewDN = e.nameText(name{d.parent, d.rdn, 0})
	}
	for from := 0; from < len(d.changes); {
		to := from
		for to < len(d.changes) && d.changes[to].attr == d.changes[from].attr {
			to++
		}
		r.Changes = append(r.Changes, e.changeRecord(a, d, d.changes[from:to], e.showsValue(id, d.changes[from].attr)))
		from = to
	}
	return r
}

// showsValue reports whether the import image of an object has an attribute.
func (e *Engine) showsValue(id csID, attr attrID) bool {
	now, _ := e.object(id).importImage()
	return len(now.of(attr)) > 0
}

// changeRecord writes the changes of one attribute, which may have a value
// already.
func (e *Engine) changeRecord(a *agent, d *delta, changes []change, valued bool) ChangeRecord {
	attr := &a.attrs[changes[0].attr]
	r := ChangeRecord{Attribute: attr.Attribute, Operation: "update"}
	for _, c := range changes {
		v := e.valueRecord(a, c.av)
		if c.remove {
			r.Remove = append(r.Remove, v)
		} else {
			r.Add = append(r.Add, v)
		}
	}
	sortValues(r.Add)
	sortValues(r.Remove)
	switch {
	case d.op == opAdd || d.op == opDeleteAdd:
		r.Operation = "add"
	case attr.multi && len(r.Remove) > 0 && len(r.Add) > 0:
	case attr.multi && len(r.Add) > 0:
	case len(r.Add) == 0 && !attr.multi:
		r.Operation = "delete"
	case len(r.Remove) == 0 && !attr.multi && !valued:
		r.Operation = "add"
	case len(r.Remove) == 0 && !attr.multi: // the removal of the old value was confirmed
	case !attr.multi:
		r.Operation = "replace"
	}
	return r
}

func sortValues(list []ValueRecord) {
	slices.SortFunc(list, func(a, b ValueRecord) int {
		switch {
		case a.Text < b.Text:
			return -1
		case a.Text > b.Text:
			return 1
		}
		return 0
	})
}

func (e *Engine) valueRecord(a *agent, v av) ValueRecord {
	r := ValueRecord{Text: e.valueText(a, v)}
	if a.attrs[v.attr].kind == Reference {
		r.Anchor = e.anchorOf(csID(v.val))
	}
	return r
}

// entryRecord writes the import image of an object (SE-K09).
func (e *Engine) entryRecord(id csID) EntryRecord {
	o := e.object(id)
	a := e.agents[o.agent]
	r := EntryRecord{DN: e.dnOf(id), Anchor: e.anchorOf(id)}
	if o.parent != 0 {
		r.ParentAnchor = e.anchorOf(o.parent)
	}
	if typ := o.importType(); typ != 0 {
		t := &a.types[typ-1]
		r.PrimaryObjectClass, r.ObjectClasses = t.Name, t.Hierarchy
		if len(r.ObjectClasses) == 0 {
			r.ObjectClasses = []string{t.Name}
		}
	}
	now, _ := o.importImage()
	r.Attributes = e.attributeRecords(a, now)
	return r
}

// attributeRecords writes an image as plain values.
func (e *Engine) attributeRecords(a *agent, m image) []AttributeRecord {
	var list []AttributeRecord
	for from := 0; from < len(m); {
		values := m.of(m[from].attr)
		rec := AttributeRecord{Attribute: a.attrs[m[from].attr].Attribute}
		for _, v := range values {
			rec.Values = append(rec.Values, e.valueRecord(a, v))
		}
		sortValues(rec.Values)
		list = append(list, rec)
		from += len(values)
	}
	return list
}

// dropUnexported removes a provisioned object that was never exported, because
// another object was imported in its place (SE-N1 row 9).
func (e *Engine) dropUnexported(id csID) {
	if mv := e.object(id).mv; mv != 0 {
		e.unlink(id)
		e.editMeta(mv).flags |= mvProvRetry
	}
	e.remove(id)
}
