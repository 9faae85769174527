package directory

import (
	"strconv"

	"github.com/runhist/runhist/analyze/engine"
	"github.com/runhist/runhist/analyze/fault"
)

// reading is an import in progress.
type reading struct {
	request   engine.ImportRequest
	at        int        // full: in order; delta: in pending
	pending   []delivery // of a delta import
	watermark []byte     // of a full import
	done      int        // entries delivered
	page      int        // pages begun

	attrs, values int // of the page with the most, to make room for the next
}

// OpenImport implements engine.Source.
func (d *Directory) OpenImport(request engine.ImportRequest) engine.Opening {
	var opening engine.Opening
	if !request.FromDropFile {
		opening = d.connect()
	}
	if opening.Result == "" && d.text.noStart != "" {
		opening.Result, opening.File = d.text.noStart, d.file(request.InputFile)
	}
	if opening.Result != "" {
		return opening
	}
	r := &reading{request: request}
	if d.o.Capabilities.DeltaImport {
		r.watermark = watermark(len(d.log))
	}
	if request.Delta {
		since, err := strconv.Atoi(string(request.Watermark))
		if err != nil || since < 0 || since > len(d.log) || !d.o.Capabilities.DeltaImport {
			opening.Result = engine.NoStartFullImportRequired
			return opening
		}
		r.pending = d.since(since, request.Partition)
	} else {
		d.sweep()
	}
	d.reading = r
	return opening
}

func watermark(seq int) []byte { return strconv.AppendInt(nil, int64(seq), 10) }

// file is the name of the input as step results give it.
func (d *Directory) file(requested string) string {
	if requested != "" {
		return requested
	}
	return d.o.File
}

// connect tries to reach the server (SE-K42).
func (d *Directory) connect() engine.Opening {
	f := d.faults.Strike(fault.Connect, d.o.Agent, func(f *fault.Fault) bool {
		return f.ConnectionResult == fault.FailedConnection || f.ConnectionResult == fault.FailedAuthentication
	})
	if f != nil {
		result := engine.NoStartConnection
		if f.ConnectionResult == fault.FailedAuthentication {
			result = engine.NoStartCredentials
		}
		return engine.Opening{Result: result, Incidents: d.incidents(f)}
	}
	if d.o.Server == "" {
		return engine.Opening{}
	}
	return engine.Opening{Server: d.o.Server, Incidents: []engine.Incident{{Result: "success", Server: d.o.Server}}}
}

// interruption is what ends a step after a number of objects, or nil.
func (d *Directory) interruption(done int) (result engine.StepResult, incident *engine.Incident) {
	if !d.faults.Holds(d.o.Agent) || d.reading != nil && d.reading.request.FromDropFile {
		return "", nil
	}
	f := d.faults.Strike(fault.Connect, d.o.Agent, func(f *fault.Fault) bool {
		return (f.ConnectionResult == fault.DroppedConnection || f.ConnectionResult == fault.FailedSearch) && done >= f.AfterObjects
	})
	if f == nil {
		return "", nil
	}
	if incidents := d.incidents(f); len(incidents) > 0 {
		incident = &incidents[0]
	}
	return engine.StoppedConnectivity, incident
}

// incidents is the incident of a fault of the connection; none where no server
// is known, which the history would have to name.
func (d *Directory) incidents(f *fault.Fault) []engine.Incident {
	if d.o.Server == "" {
		return nil
	}
	return []engine.Incident{{Result: f.ConnectionResult, Server: d.o.Server, Error: f.CDError()}}
}

// sweep takes objects that are gone out of the order.
func (d *Directory) sweep() {
	if d.dead == 0 {
		return
	}
	kept := d.order[:0]
	for _, n := range d.order {
		if d.objects[n].state != gone {
			kept = append(kept, n)
		}
	}
	d.order, d.dead = kept, 0
}

// NextPage implements engine.Source.
func (d *Directory) NextPage() engine.Page {
	r := d.reading
	r.page++
	p := engine.Page{Watermark: r.watermark}
	b := builder{d: d, attrs: make([]engine.Attr, 0, r.attrs), values: make([]string, 0, r.values)}
	for {
		if p.Result, p.Incident = d.interruption(r.done); p.Result != "" {
			break
		}
		if !d.more() {
			if p.Result = d.text.stop; p.Result != "" {
				p.File = d.file(r.request.InputFile)
			}
			break
		}
		if len(p.Entries) == d.o.Capabilities.PageSize {
			p.More = true
			break
		}
		entry := d.take(&b)
		if d.withheld(&entry) {
			continue
		}
		d.spoil(&entry, len(p.Entries)+1)
		r.done++
		p.Entries = append(p.Entries, entry)
	}
	r.attrs, r.values = max(r.attrs, len(b.attrs)), max(r.values, len(b.values))
	if r.request.Delta && r.at > 0 {
		p.Watermark = watermark(r.pending[r.at-1].seq)
	} else if r.request.Delta {
		p.Watermark = r.request.Watermark
	}
	if r.request.Delta && r.at == len(r.pending) && p.Result == "" {
		p.Watermark = r.watermark
	}
	return p
}

// more moves to the next entry that belongs to the import.
func (d *Directory) more() bool {
	r := d.reading
	if r.request.Delta {
		return r.at < len(r.pending)
	}
	for ; r.at < len(d.order); r.at++ {
		o := &d.objects[d.order[r.at]]
		if o.state != gone && d.reaches(o, r.request.Partition) {
			return true
		}
	}
	return false
}

// reaches reports whether an object belongs to an import of a partition. A
// record that cannot be read belongs to every one if its DN is unknown.
func (d *Directory) reaches(o *object, partition string) bool {
	if o.state == unread && (o.dn == "" || d.ldap() && !conforms(o.dn)) {
		return true
	}
	return d.inPartition(o.dn, partition)
}

// take returns the next entry.
func (d *Directory) take(b *builder) engine.ImportEntry {
	r := d.reading
	at := r.at
	r.at++
	if r.request.Delta {
		return b.delivery(&r.pending[at])
	}
	return b.whole(d.order[at])
}

// withheld reports whether a fault keeps an entry out of a delta import.
func (d *Directory) withheld(e *engine.ImportEntry) bool {
	if !d.reading.request.Delta || !d.faults.Holds(d.o.Agent) {
		return false
	}
	return d.faults.Strike(fault.WithholdRecord, d.o.Agent, func(f *fault.Fault) bool { return f.Names(d.namesOf(e.DN, e.Anchor)) }) != nil
}

// spoil puts the error of a fault in place of an entry.
func (d *Directory) spoil(e *engine.ImportEntry, entry int) {
	if !d.faults.Holds(d.o.Agent) {
		return
	}
	f := d.faults.Strike(fault.DiscoveryError, d.o.Agent, func(f *fault.Fault) bool {
		if f.Page > 0 {
			return f.Page == d.reading.page && f.Entry == entry
		}
		return f.Names(d.namesOf(e.DN, e.Anchor))
	})
	if f == nil {
		return
	}
	e.Error = &engine.DiscoveryError{Type: f.Type, DN: e.DN, Anchor: e.Anchor, AttributeName: f.Attribute, Error: f.CDError(), Stop: f.Result}
	if f.Type == "parse-error" {
		e.Error.EntryNumber = d.reading.done + 1
		if d.o.FromFile {
			e.Error.LineNumber, e.Error.ColumnNumber = d.reading.done+1, 1
			if d.o.Layout != nil && d.o.Layout.Header {
				e.Error.LineNumber++ // the header row
			}
		}
	}
	e.Attributes, e.Changes = nil, nil
}

// namesOf are the names by which a fault may mean an object: DNs, and its
// anchor as text.
func (d *Directory) namesOf(dn string, anchor []byte) (dns, anchors []string) {
	dns = []string{dn}
	n := d.findAnchor(string(anchor))
	if n == 0 {
		n = d.findDN(dn)
	}
	if n == 0 {
		return dns, anchors
	}
	o := &d.objects[n]
	if o.written != "" {
		dns = append(dns, o.written)
	}
	if d.o.Capabilities.DNStyle == engine.StyleNone {
		return dns, []string{o.dn}
	}
	var parts []string
	for _, attr := range d.anchor {
		parts = append(parts, lookup(o.attrs, attr)...)
	}
	if len(parts) > 0 {
		anchors = []string{d.anchorText(parts)}
	}
	return dns, anchors
}

// AnchorTexts are the anchor of an object as text, as far as the source knows
// the object: what a fault may mean it by.
func (d *Directory) AnchorTexts(dn string, anchor []byte) []string {
	_, anchors := d.namesOf(dn, anchor)
	return anchors
}

// FullObject implements engine.Source.
func (d *Directory) FullObject(dn string, anchor []byte) (engine.Entry, bool) {
	n := d.find(anchor, dn)
	if n == 0 {
		return engine.Entry{}, false
	}
	b := builder{d: d}
	return b.whole(n).Entry, true
}

// Close implements engine.Source.
func (d *Directory) Close() { d.reading, d.export = nil, exporting{} }

// builder makes entries; the values of a page share their slices.
type builder struct {
	d      *Directory
	attrs  []engine.Attr
	values []string
}

// whole makes the entry of an object as it is.
func (b *builder) whole(n int32) engine.ImportEntry {
	o := &b.d.objects[n]
	if o.state == unread {
		e := b.d.discovery[o.typ]
		return engine.ImportEntry{Entry: engine.Entry{DN: o.dn, Anchor: []byte(o.anchor)}, Error: &e}
	}
	return engine.ImportEntry{Kind: engine.Add, Entry: engine.Entry{DN: o.dn, Anchor: anchorOf(o.anchor), Type: b.d.types.list[o.typ].Name, Attributes: b.list(o.attrs, false)}}
}

func anchorOf(anchor string) []byte {
	if anchor == "" {
		return nil
	}
	return []byte(anchor)
}

// list makes attributes; those without values are left out unless they are
// wanted.
func (b *builder) list(attrs string, empty bool) []engine.Attr {
	first := len(b.attrs)
	c := cursor{attrs}
	for {
		attr, n, ok := c.next()
		if !ok {
			break
		}
		from := len(b.values)
		for range n {
			if v, ok := b.d.shown(attr, c.value()); ok {
				b.values = append(b.values, v)
			}
		}
		if to := len(b.values); to > from || empty {
			b.attrs = append(b.attrs, engine.Attr{Name: b.d.attrs.list[attr].name, Values: b.values[from:to:to]})
		}
	}
	return b.attrs[first:len(b.attrs):len(b.attrs)]
}

var _ engine.Source = (*Directory)(nil)
