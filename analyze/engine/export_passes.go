package engine

import "slices"

// request is one object of a batch, and what it carries.
type request struct {
	id    csID
	kind  ExportKind
	send  []change
	entry ExportRequestEntry
}

// call hands a batch to the source and deals with the answers in order; deal
// is told about the requests that were carried out or refused.
func (x *exporter) call(batch []request, deal func(r *request, a *ExportAnswer)) {
	e := x.e
	for len(batch) > 0 && x.stop == "" {
		// What the error limit would leave unread is not sent (SE-K31).
		n := min(len(batch), e.setup.Limits.Errors-x.run.errors+1)
		x.send(batch[:n], deal)
		batch = batch[n:]
	}
}

// send hands requests to the source and deals with the answers in order.
func (x *exporter) send(batch []request, deal func(r *request, a *ExportAnswer)) {
	e := x.e
	entries := make([]ExportRequestEntry, len(batch))
	for i := range batch {
		entries[i] = batch[i].entry
	}
	answers := x.source.Export(entries)
	for i := range answers {
		if i == len(batch) {
			break
		}
		r, a := &batch[i], &answers[i]
		e.spend(e.costs.Export)
		if a.Incident != nil {
			x.incident(*a.Incident)
		}
		if e.trace.on() {
			e.trace.add(Event{Kind: EventExport, Object: e.ref(r.id), Number: r.entry.Pass, Status: exportStatus[a.Status], Detail: a.ErrorType})
		}
		e.begin()
		if a.Status == ExportConnectionLost {
			x.halt(orElse(a.Result, StoppedConnectivity), "")
		} else {
			deal(r, a)
		}
		e.commit()
		if e.trace.on() {
			e.trace.flush()
		}
		if x.stop != "" {
			return
		}
	}
	if len(answers) < len(batch) {
		x.halt(StoppedConnectivity, "")
	}
}

var exportStatus = [...]string{"ok", "reference-failure", "retry-references", "convert-update-to-add", "provisioning-parent", "failed", "failed-stop", "connection-lost"}

func orElse(result, other StepResult) StepResult {
	if result != "" {
		return result
	}
	return other
}

// deletePass exports deletes and delete-adds, before everything else.
func (x *exporter) deletePass(ids []csID) {
	defer x.full()
	for len(ids) > 0 && x.stop == "" && x.last == "" {
		var batch, adds []request
		var id csID
		for len(batch) < x.size && x.take(&ids, &id) {
			kind := ExportDelete
			if x.e.object(id).unapplied().op == opDeleteAdd && x.a.caps.DeleteAddAsReplace {
				kind = ExportReplace
			}
			batch = append(batch, x.request(id, kind, 1))
		}
		x.call(batch, func(r *request, a *ExportAnswer) {
			u := x.e.object(r.id).unapplied()
			switch {
			case r.kind == ExportReplace:
				adds = append(adds, x.answer(r, a)...)
			case a.Status != ExportOK:
				x.refuse(r.id, a)
			case u.op == opDelete:
				x.count(CountExportDelete, r.id)
				x.deleted(r.id)
			default: // SE-E6: the add follows
				adds = append(adds, x.request(r.id, ExportAdd, 1))
			}
		})
		for len(adds) > 0 && x.stop == "" {
			adds = x.addAgain(adds)
		}
		x.unmakeAll(adds)
	}
}

// addAgain sends the second halves of delete-adds, and returns what is to be
// sent after them.
func (x *exporter) addAgain(adds []request) (next []request) {
	done := 0
	x.call(adds, func(r *request, a *ExportAnswer) {
		done++
		next = append(next, x.answer(r, a)...)
		if u := x.e.object(r.id).unapplied(); x.refused[r.id] && r.kind == ExportAdd && u != nil && u.op == opDeleteAdd {
			x.unmake(r.id) // SE-K47: deleted, and not added
		}
	})
	return append(next, adds[done:]...)
}

// unmakeAll is for what a step that stopped in between has deleted, and not
// added.
func (x *exporter) unmakeAll(adds []request) {
	for i := range adds {
		u := x.e.object(adds[i].id).unapplied()
		if adds[i].kind != ExportAdd || u == nil || u.op != opDeleteAdd {
			continue
		}
		x.e.begin()
		x.unmake(adds[i].id)
		x.e.commit()
	}
}

// dropFile writes what is to be exported to the drop file and no further: it
// counts, and stays pending (SE section 6.4, SE-K54).
func (x *exporter) dropFile(ids []csID) {
	defer x.full()
	var id csID
	for x.take(&ids, &id) {
		u := x.e.object(id).unapplied()
		counter := CountExportUpdate
		switch {
		case u == nil:
		case u.op == opAdd:
			counter = CountExportAdd
		case u.op == opDelete:
			counter = CountExportDelete
		case u.op == opDeleteAdd:
			counter = CountExportDeleteAdd
		case u.renames:
			counter = CountExportRename
		}
		x.count(counter, id)
	}
}

// deleted notes an accepted delete (SE-E8, SE-K11).
func (x *exporter) deleted(id csID) {
	if x.a.caps.Confirmation != ConfirmNormal || x.a.caps.ImmediateConfirmation {
		x.e.remove(id)
		return
	}
	x.clearError(id)
	x.e.setExports(id, nil, &delta{op: opDelete})
}

// unmake leaves an object of which only the add is still to come.
func (x *exporter) unmake(id csID) {
	o := x.e.edit(id)
	o.synced, o.pending, o.pendingOp, o.pendingType = nil, nil, opNone, 0
	o.flags &^= flagSynced | flagObsoletion
	next := *o.unapplied()
	next.op = opAdd
	x.e.giveAnchor(id, 0)
	x.e.setConfirmed(id, nil)
	x.e.setExports(id, &next, nil)
}

// pass1 exports adds and updates, with the references that can go at once.
func (x *exporter) pass1(ids []csID) {
	var heads []request // what the last answers want first
	defer x.full()
	for (len(ids) > 0 && x.last == "" || len(heads) > 0) && x.stop == "" {
		batch := heads
		heads = nil
		var id csID
		for len(batch) < x.size && x.take(&ids, &id) {
			o := x.e.object(id)
			u := o.unapplied()
			if u == nil && !x.a.caps.FullExport {
				continue // gone already, as somebody's parent
			}
			kind := ExportUpdate
			if u != nil && u.op == opAdd {
				kind = ExportAdd
			}
			r := x.request(id, kind, 1)
			if kind == ExportUpdate && len(r.send) == 0 && u != nil && !u.renames {
				x.hold(id)
				continue
			}
			batch = append(batch, r)
		}
		x.call(batch, func(r *request, a *ExportAnswer) { heads = append(heads, x.answer(r, a)...) })
	}
}

// answer deals with the answer to a request of the first pass; it returns what
// has to head the next batch.
func (x *exporter) answer(r *request, a *ExportAnswer) []request {
	switch a.Status {
	case ExportOK:
		x.accept(r, a)
	case ReferenceFailure, RetryReferences:
		x.acceptPlain(r, a)
	case ConvertUpdateToAdd:
		if r.kind == ExportUpdate {
			return []request{x.convert(r.id)}
		}
		x.refuse(r.id, a)
	case ProvisioningParent:
		if parent, ok := x.parent(r.id); ok {
			return []request{parent, x.request(r.id, r.kind, 1)}
		}
		x.refuse(r.id, &ExportAnswer{ErrorType: orType(a.ErrorType, "non-existent-parent"), Error: a.Error})
	default:
		x.refuse(r.id, a)
	}
	return nil
}

func orType(typ, other string) string {
	if typ != "" {
		return typ
	}
	return other
}

// convert makes the update of an object that the source lost an add with all
// attributes.
func (x *exporter) convert(id csID) request {
	e := x.e
	all := slices.Clone(e.target(id, 0))
	next := delta{op: opAdd, changes: difference(nil, all, nil)}
	if u := e.object(id).unapplied(); u != nil && u.renames {
		next.renames, next.parent, next.rdn = true, u.parent, u.rdn
	}
	e.setExports(id, &next, nil)
	return x.request(id, ExportAdd, 1)
}

// parent makes the request for the parent that an object lacks. The parent
// counts as an add of its own (SE-K47).
func (x *exporter) parent(id csID) (request, bool) {
	e := x.e
	up := e.object(id).parent
	if up == 0 || x.parents[id] {
		return request{}, false
	}
	x.parents[id] = true
	if o := e.object(up); o.real() && o.unapplied() != nil && o.unapplied().op == opAdd {
		return x.request(up, ExportAdd, 1), true
	}
	typ := ""
	for i := range x.a.types {
		if x.a.types[i].Container {
			typ = x.a.types[i].Name
			break
		}
	}
	return request{id: up, kind: ExportAdd, entry: ExportRequestEntry{Kind: ExportAdd, DN: e.sourceDN(e.sourceName(up)), Type: typ, Pass: 1}}, typ != ""
}

// pass2 sends all references that waited and can go now, as one update.
func (x *exporter) pass2() {
	ids := x.held
	for len(ids) > 0 && x.stop == "" {
		var batch []request
		for len(ids) > 0 && len(batch) < x.size {
			id := ids[0]
			ids = ids[1:]
			if r := x.references(id, 2, func(change) bool { return true }); len(r.send) > 0 {
				batch = append(batch, r)
			}
		}
		x.call(batch, func(r *request, a *ExportAnswer) {
			switch a.Status {
			case ExportOK:
				x.accept(r, a)
			case ReferenceFailure, RetryReferences:
				x.later = append(x.later, r.id)
			default:
				x.refuse(r.id, a)
			}
		})
	}
}

// pass3 sends each attribute that waited by itself, in the order of the schema.
func (x *exporter) pass3() {
	var list []request
	for _, id := range x.later {
		all := x.references(id, 3, func(change) bool { return true }).send
		for i, first := range all {
			if i == 0 || all[i-1].attr != first.attr {
				list = append(list, x.references(id, 3, func(c change) bool { return c.attr == first.attr }))
			}
		}
	}
	x.inBatches(list, func(r *request, a *ExportAnswer) {
		switch a.Status {
		case ExportOK:
			x.accept(r, a)
		case ReferenceFailure, RetryReferences:
			x.singles = append(x.singles, heldAttr{r.id, r.send[0].attr})
		default:
			x.refuse(r.id, a)
		}
	})
}

// pass4 sends each value by itself, in the order of DNs.
func (x *exporter) pass4() {
	var list []request
	for _, h := range x.singles {
		r := x.references(h.id, 4, func(c change) bool { return c.attr == h.attr })
		values := slices.Clone(r.send)
		slices.SortFunc(values, func(a, b change) int { return compareDN(x.e.dnOf(csID(a.val)), x.e.dnOf(csID(b.val))) })
		for _, v := range values {
			list = append(list, x.references(h.id, 4, func(c change) bool { return c == v }))
		}
	}
	x.inBatches(list, func(r *request, a *ExportAnswer) {
		switch a.Status {
		case ExportOK:
			x.accept(r, a)
		case ReferenceFailure, RetryReferences:
			x.rejected[r.id] = true
		default:
			x.refuse(r.id, a)
		}
	})
}

func compareDN(a, b string) int {
	a, b = fold(a), fold(b)
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// inBatches sends requests; those of an object that failed are left out.
func (x *exporter) inBatches(list []request, deal func(*request, *ExportAnswer)) {
	for len(list) > 0 && x.stop == "" {
		var batch []request
		for len(list) > 0 && len(batch) < x.size {
			if !x.refused[list[0].id] {
				batch = append(batch, list[0])
			}
			list = list[1:]
		}
		x.call(batch, deal)
	}
}
