package generate

import "github.com/runhist/runhist/schemas/rundetails"

// unconfirmedChange makes an import error about an exported change that did
// not come back. What delta adds entry lacks, what it deletes entry has.
func (r *run) unconfirmedChange(s *step) *rundetails.ImportError {
	e, p := r.newImportError(s)
	e.Type = rundetails.NewText("exported-change-not-reimported")
	e.AlgorithmStep.Text = rundetails.NewText("staging")
	anchor := rundetails.NewEncoded(r.rand.anchor(16))
	before, after := people(r.serial+1), people(r.serial+8)
	e.Change = rundetails.ChangeNotReimported{
		Block: present(),
		Delta: rundetails.Delta{
			Block: present(), Operation: rundetails.NewText("update"), DN: e.DN, Anchor: anchor,
		},
		Entry: rundetails.Entry{
			Block: present(), DN: e.DN, Anchor: anchor, ParentAnchor: rundetails.NewEncoded(r.rand.anchor(16)),
			PrimaryObjectClass: rundetails.NewText(r.agent.class[len(r.agent.class)-1]),
			ObjectClass:        present(),
		},
	}
	d, entry := &e.Change.Delta, &e.Change.Entry
	for _, class := range r.agent.class {
		t := rundetails.NewText(class)
		entry.ObjectClasses = append(entry.ObjectClasses, &t)
	}
	r.exportManager(d, entry, &before, &after)
	add := func(name, valueType, operation, exported, held string) {
		d.Attributes = append(d.Attributes, attribute(name, valueType, operation, "add", exported))
		if held != "" {
			entry.Attributes = append(entry.Attributes, attribute(name, valueType, "", "", held))
		}
	}
	add("department", "string", "replace", p.department+" ("+after.city+")", p.department)
	if r.rand.oneIn(2) {
		add("displayName", "string", "add", p.displayName(), "")
	}
	if r.rand.oneIn(3) {
		add("userAccountControl", "integer", "replace", "512", "514")
	}
	if r.rand.oneIn(6) {
		add("thumbnailPhoto", "binary", "replace", r.rand.anchor(48), r.rand.anchor(36))
	}
	return e
}

// exportManager makes a change of the manager, half of the time.
func (r *run) exportManager(d *rundetails.Delta, entry *rundetails.Entry, before, after *person) {
	if r.rand.oneIn(2) {
		return
	}
	manager := func(operation string, p *person, serial int, anchor string) *rundetails.Value {
		v := &rundetails.Value{DN: rundetails.NewText(r.agent.dn(p, serial)), Anchor: rundetails.NewEncoded(anchor)}
		if operation != "" {
			v.Operation = rundetails.NewText(operation)
		}
		return v
	}
	was, is := r.rand.anchor(16), r.rand.anchor(16)
	d.DNAttributes = []*rundetails.Attribute{{
		Operation: rundetails.NewText("update"), Name: rundetails.NewText("manager"), MultiValued: rundetails.NewText("false"),
		Values: []*rundetails.Value{
			manager("delete", before, r.serial-1000, was),
			manager("add", after, r.serial-2000, is),
		},
	}}
	entry.DNAttributes = []*rundetails.Attribute{{
		Name: rundetails.NewText("manager"), MultiValued: rundetails.NewText("false"),
		Values: []*rundetails.Value{manager("", before, r.serial-1000, was)},
	}}
}

// attribute makes an attribute with one value; the operations are those of a
// delta.
func attribute(name, valueType, operation, valueOperation, value string) *rundetails.Attribute {
	v := &rundetails.Value{Encoded: rundetails.Encoded{Text: rundetails.NewText(value)}}
	if valueType == "binary" {
		v.Encoding = rundetails.NewText("base64")
	}
	a := &rundetails.Attribute{
		Name: rundetails.NewText(name), Type: rundetails.NewText(valueType), MultiValued: rundetails.NewText("false"),
		Values: []*rundetails.Value{v},
	}
	if operation != "" {
		a.Operation, v.Operation = rundetails.NewText(operation), rundetails.NewText(valueOperation)
	}
	return a
}
