package directory

import (
	"slices"

	"github.com/runhist/runhist/analyze/engine"
)

// delivery is an entry of a delta import that is still to be made.
type delivery struct {
	object int32
	seq    int // of the last change that it covers
	kind   engine.ImportKind
	dn     string // of a delete
	// attrs are the attributes that changed: in attrs with their values
	// then, in which with those that they have now.
	attrs   string
	which   []int32
	nowOnly bool
}

// history is what the change log says of one object since a watermark.
type history struct {
	delivery
	existed bool // before the first change
	before  string
	whole   bool // delivered with all attributes
	unread  bool // nothing but a record that could not be read
	unshown bool // the last change
}

// since returns what a delta import has to deliver after a watermark, in the
// order of the last change of each object. So the watermark behind a page
// covers just what the page and those before it hold, and the next import
// finds the rest.
func (d *Directory) since(seq int, partition string) []delivery {
	if d.o.EveryChange {
		return d.everyChange(seq, partition)
	}
	at := make(map[string]int)
	var all []history
	for i, c := range d.log[seq:] {
		key, unshown := d.identity(c.object), d.unshown(&c)
		k, ok := at[key]
		if !ok {
			k = len(all)
			at[key] = k
			all = append(all, history{delivery: delivery{object: c.object}, existed: c.kind != created && c.kind != failed || unshown, before: c.before, unread: true})
		}
		h := &all[k]
		h.seq = seq + i + 1
		h.unread = h.unread && c.kind == failed
		h.whole = h.whole || c.kind == retyped || c.object != h.object // it went and came back
		h.object, h.unshown = c.object, unshown
		if unshown {
			continue
		}
		for _, s := range sets(c.attrs) {
			if !slices.Contains(h.which, s.attr) {
				h.which = append(h.which, s.attr)
			}
		}
	}
	slices.SortFunc(all, func(a, b history) int { return a.seq - b.seq })
	var out []delivery
	for i := range all {
		if d.compose(&all[i], partition) {
			out = append(out, all[i].delivery)
		}
	}
	return out
}

// identity is what tells objects apart: the anchor, or the DN where that is
// the only key. An object that goes and comes back is the same.
func (d *Directory) identity(n int32) string {
	o := &d.objects[n]
	switch {
	case o.state == unread:
		return "#" + string(watermark(int(n)))
	case o.anchor != "":
		return "a" + o.anchor
	}
	return "d" + string(appendKey(nil, o.dn))
}

// compose decides what the changes of one object come to (SE-D12). An object
// that came and went leaves a delete, as the tombstone in a directory does.
func (d *Directory) compose(h *history, partition string) bool {
	o := &d.objects[h.object]
	if o.state == unread {
		h.kind = engine.Add
		return d.reaches(o, partition)
	}
	if h.unread || h.unshown {
		return false // it is gone, or nothing is to be told
	}
	was := h.existed && d.inPartition(h.before, partition)
	is := o.state == alive && d.inPartition(o.dn, partition)
	switch {
	case o.state == gone && !h.existed:
		h.kind, h.dn = engine.Delete, o.dn
		return d.inPartition(o.dn, partition)
	case was && !is:
		h.kind, h.dn = engine.Delete, h.before
	case !was && is || is && h.whole:
		h.kind = engine.Add
	case was && is:
		h.kind, h.nowOnly = engine.Update, true
		slices.Sort(h.which)
	default:
		return false
	}
	return true
}

// everyChange returns each change as an entry of its own.
func (d *Directory) everyChange(seq int, partition string) []delivery {
	var out []delivery
	for i, c := range d.log[seq:] {
		if d.unshown(&c) {
			continue
		}
		o := &d.objects[c.object]
		e := delivery{object: c.object, seq: seq + i + 1, attrs: c.attrs, dn: c.before}
		switch c.kind {
		case created, retyped:
			e.kind = engine.Add
		case updated:
			e.kind, e.dn = engine.Update, o.dn
		case deleted:
			e.kind = engine.Delete
		case failed:
			if o.state != unread {
				continue
			}
		}
		if c.kind == failed && d.reaches(o, partition) || c.kind != failed && d.inPartition(e.dn, partition) {
			out = append(out, e)
		}
	}
	return out
}

// delivery makes the entry.
func (b *builder) delivery(e *delivery) engine.ImportEntry {
	o := &b.d.objects[e.object]
	if o.state == unread {
		return b.whole(e.object)
	}
	entry := engine.ImportEntry{Kind: e.kind, Entry: engine.Entry{DN: o.dn, Anchor: anchorOf(o.anchor), Type: b.d.types.list[o.typ].Name}}
	switch {
	case e.kind == engine.Delete:
		entry.DN = e.dn
	case e.kind == engine.Add && !b.d.o.EveryChange:
		return b.whole(e.object)
	case e.nowOnly:
		entry.Attributes = b.current(o.attrs, e.which)
	default:
		entry.Attributes = b.list(e.attrs, e.kind == engine.Update)
	}
	return entry
}

// current makes attributes with the values that they have, none included.
func (b *builder) current(attrs string, which []int32) []engine.Attr {
	list := make([]set, 0, len(which))
	for _, attr := range which {
		list = append(list, set{attr, lookup(attrs, attr)})
	}
	return b.list(join(list, true), true)
}
