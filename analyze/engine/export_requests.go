package engine

import "slices"

// request makes a request of the first pass.
func (x *exporter) request(id csID, kind ExportKind, pass int) request {
	e := x.e
	o := e.object(id)
	u := o.unapplied()
	r := request{id: id, kind: kind}
	r.entry = ExportRequestEntry{Kind: kind, DN: e.sourceDN(e.sourceName(id)), Anchor: e.anchorOf(id), Pass: pass}
	if t := e.typeOf(o); t != nil {
		r.entry.Type = t.Name
	}
	if u == nil {
		x.fill(&r, u)
		return r
	}
	if u.op == opDeleteAdd && kind == ExportAdd {
		r.entry.Anchor = nil // that of the object that was deleted
	}
	if u.renames && kind == ExportUpdate {
		r.entry.NewDN = e.sourceDN(name{u.parent, u.rdn, 0})
	}
	if kind != ExportDelete {
		r.send, _ = x.parts(u)
		x.fill(&r, u)
	}
	return r
}

// references makes an update of the references of an object that waited and
// can go now.
func (x *exporter) references(id csID, pass int, takes func(change) bool) request {
	e := x.e
	o := e.object(id)
	r := request{id: id, kind: ExportUpdate}
	u := o.unapplied()
	if u == nil || x.refused[id] {
		return r
	}
	for _, c := range u.changes {
		if x.waits(c) && x.now(c) && takes(c) {
			r.send = append(r.send, c)
		}
	}
	r.entry = ExportRequestEntry{Kind: ExportUpdate, DN: e.sourceDN(e.sourceName(id)), Anchor: e.anchorOf(id), Type: e.typeOf(o).Name, Pass: pass}
	x.fill(&r, u)
	return r
}

// fill writes the attributes of a request in the form of the agent (SE-E7).
func (x *exporter) fill(r *request, u *delta) {
	e, a := x.e, x.a
	part := &delta{op: opUpdate, changes: r.send}
	var base image
	if u == nil || u.op == opUpdate {
		base = e.base(r.id)
	}
	after := part.apply(base, a, nil)
	whole := r.kind == ExportAdd || r.kind == ExportReplace || a.caps.ExportType == ObjectReplace || u == nil
	if whole {
		for from := 0; from < len(after); {
			values := after.of(after[from].attr)
			if !a.attrs[after[from].attr].Excluded {
				r.entry.Attributes = append(r.entry.Attributes, Attr{a.attrs[values[0].attr].Name, x.texts(values)})
			}
			from += len(values)
		}
		return
	}
	for from := 0; from < len(r.send); {
		to := from
		for to < len(r.send) && r.send[to].attr == r.send[from].attr {
			to++
		}
		attr := &a.attrs[r.send[from].attr]
		deltas := a.caps.ExportType == AttributeUpdate && attr.multi || a.caps.ExportType == ReferenceUpdate && attr.multi && attr.kind == Reference
		if deltas {
			r.entry.Changes = append(r.entry.Changes, x.changesOf(attr, r.send[from:to]))
		} else {
			r.entry.Attributes = append(r.entry.Attributes, Attr{attr.Name, x.texts(after.of(r.send[from].attr))})
		}
		from = to
	}
}

// texts are values as the source knows them.
func (x *exporter) texts(values image) []string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, x.text(v))
	}
	slices.Sort(out)
	return out
}

func (x *exporter) text(v av) string {
	if x.a.attrs[v.attr].kind == Reference {
		return x.e.sourceDN(x.e.sourceName(csID(v.val)))
	}
	return x.e.pool.text(v.val)
}

func (x *exporter) changesOf(attr *attribute, changes []change) AttributeChange {
	c := AttributeChange{Name: attr.Name}
	for _, v := range changes {
		if text := x.text(v.av); v.remove {
			c.Remove = append(c.Remove, text)
		} else {
			c.Add = append(c.Add, text)
		}
	}
	slices.Sort(c.Add)
	slices.Sort(c.Remove)
	return c
}

// accept commits what a request carried, and counts it (SE-E8).
func (x *exporter) accept(r *request, a *ExportAnswer) {
	e := x.e
	o := e.object(r.id)
	u := o.unapplied()
	if !o.real() || u == nil { // a parent that only the source needs, or an object without changes
		counter := CountExportUpdate
		if r.kind == ExportAdd {
			counter = CountExportAdd
		}
		x.count(counter, r.id)
		return
	}
	counter := CountExportUpdate
	switch {
	case r.kind == ExportReplace, u.op == opDeleteAdd:
		counter = CountExportDeleteAdd
	case r.kind == ExportAdd:
		counter = CountExportAdd
	case r.entry.NewDN != "":
		counter = CountExportRename
	}
	x.count(counter, r.id)
	x.commitParts(r, a)
}

// acceptPlain commits all but the references of a request: the source refused
// these (SE-N6, SE-D6).
func (x *exporter) acceptPlain(r *request, a *ExportAnswer) {
	plain := *r
	plain.send = slices.DeleteFunc(slices.Clone(r.send), func(c change) bool { return x.a.attrs[c.attr].kind == Reference })
	if r.kind != ExportUpdate || len(plain.send) > 0 || r.entry.NewDN != "" {
		x.accept(&plain, a)
	}
	x.hold(r.id)
}

// hold puts an object down for the second pass.
func (x *exporter) hold(id csID) {
	x.holds[id] = true
}

// commitParts moves changes from Unapplied to Unconfirmed, or on to Synced
// where no import will confirm them.
func (x *exporter) commitParts(r *request, a *ExportAnswer) {
	e := x.e
	o := e.object(r.id)
	u, low := o.unapplied(), o.unconfirmed()
	part := &delta{op: u.op, changes: slices.Clone(r.send)}
	rest := &delta{op: opUpdate}
	send := r.send // in the order of the changes, as a part of them
	for _, c := range u.changes {
		if len(send) > 0 && send[0] == c {
			send = send[1:]
			continue
		}
		rest.changes = append(rest.changes, c)
	}
	if u.renames {
		if r.entry.NewDN != "" || r.kind != ExportUpdate {
			part.renames, part.parent, part.rdn = true, u.parent, u.rdn
		} else {
			rest.renames, rest.parent, rest.rdn = true, u.parent, u.rdn
		}
	}
	if len(rest.changes) == 0 && !rest.renames {
		rest = nil
	} else if r.entry.Pass == 1 {
		x.hold(r.id)
	}
	if part.op == opUpdate && low != nil {
		part = e.stack(x.a, low, part)
	}
	given := x.given(a)
	part.changes = slices.DeleteFunc(part.changes, func(c change) bool { return len(given.of(c.attr)) > 0 && !given.has(c.av) })
	if r.kind != ExportUpdate {
		switch {
		case len(a.Anchor) > 0:
			e.giveAnchor(r.id, e.pool.id(string(a.Anchor)))
		case part.op == opDeleteAdd:
			e.giveAnchor(r.id, 0) // the next import brings it
		}
	}
	e.setExports(r.id, rest, part)
	if x.a.caps.ImmediateConfirmation || x.a.caps.Confirmation == NoAddAndDeleteConfirmation && (part.op == opAdd || part.op == opDeleteAdd) {
		x.confirmNow(r.id, given)
	}
}

// given reads what a source gave to an object by itself, in place of what was
// exported: that does not await confirmation.
func (x *exporter) given(a *ExportAnswer) image {
	var values []av
	for i := range a.Given {
		attr, known := x.a.attrByName[fold(a.Given[i].Name)]
		if !known || x.a.attrs[attr].skip {
			continue
		}
		for _, text := range a.Given[i].Values {
			values = append(values, av{attr, x.e.attrValue(x.a, attr, text)})
		}
	}
	return normalize(values)
}

// confirmNow makes what was exported the synchronized image, with what the
// source gave (SE-K11).
func (x *exporter) confirmNow(id csID, given image) {
	e := x.e
	o := e.edit(id)
	d := o.unconfirmed()
	if d.renames {
		e.release(d, o.agent)
		e.rename(id, name{d.parent, d.rdn, e.pool.fold(d.rdn)})
	}
	shown := slices.DeleteFunc(slices.Clone(e.base(id)), func(v av) bool { return x.a.attrs[v.attr].skip || len(given.of(v.attr)) > 0 })
	o.synced = normalize(append(shown, given...))
	o.flags |= flagSynced
	e.setConfirmed(id, nil)
	e.setExports(id, o.unapplied(), nil)
}

// refuse deals with an answer that is an error of the object.
func (x *exporter) refuse(id csID, a *ExportAnswer) {
	x.fail(id, orType(a.ErrorType, "cd-error"), a.Error, true)
	if a.Status == ExportFailedStop {
		x.halt(orElse(a.Result, StoppedExportWrite), "") // SE-K55
	}
}

// fail records an export error; at most one for each object and step.
func (x *exporter) fail(id csID, typ string, cd *CDError, counts bool) {
	if x.refused[id] {
		return
	}
	e := x.e
	x.refused[id] = true
	if counts {
		x.count(CountExportFailure, id)
	}
	o := e.edit(id)
	state := exports{}
	if o.export != nil {
		state = *o.export
	}
	state.err = e.again(state.err, typ)
	if o.real() {
		o.export = &state
	}
	if e.trace.on() {
		e.trace.add(Event{Kind: EventError, Object: e.ref(id), Status: typ, Detail: "export", Rule: "SE-N6"})
	}
	x.rec.ExportErrors = append(x.rec.ExportErrors, ExportError{ID: e.guid(id), DN: e.dnOf(id), DateOccurred: e.date(state.err.last),
		FirstOccurred: e.date(state.err.first), RetryCount: state.err.retries, Type: typ, Error: cd})
	x.failed()
}

// clearError ends the error of an object that was exported.
func (x *exporter) clearError(id csID) {
	o := x.e.object(id)
	if o.export == nil || o.export.err == nil {
		return
	}
	state := *o.export
	state.err = nil
	x.e.edit(id).setTower(state)
}

// count counts an exported object.
func (x *exporter) count(c ExportCounter, id csID) {
	x.rec.Export[c]++
	if x.e.trace.on() {
		x.e.trace.add(Event{Kind: EventCount, Block: "export", Counter: c.String(), Object: x.e.ref(id), Rule: "SE section 6.4"})
	}
}
