package engine

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"slices"
)

// Hash is the SHA-256 over the canonical form of the state (SE section 10.6):
// every object in the order of making, values as text.
type Hash [32]byte

func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// hasher writes the canonical form: lengths before texts, numbers big-endian.
type hasher struct {
	e     *Engine
	sum   hash.Hash
	buf   []byte
	texts []string
}

// Hash returns the hash of the state.
func (e *Engine) Hash() Hash {
	h := &hasher{e: e, sum: sha256.New(), buf: make([]byte, 0, 1<<16)}
	h.number(uint64(e.clock))
	for i := range e.spaces {
		sp := &e.spaces[i]
		h.number(uint64(sp.runNumber))
		for _, w := range sp.watermarks {
			h.flag(w.valid)
			h.text(string(w.value))
		}
		if sp.hierarchy {
			h.flag(true)
		}
	}
	for id := csID(1); id <= csID(e.cs.n); id++ {
		if o := e.object(id); o.is(flagLive) {
			h.number(uint64(id))
			h.csObject(id, o)
		}
	}
	for id := mvID(1); id <= mvID(e.mv.n); id++ {
		if o := e.meta(id); o.flags&mvLive != 0 {
			h.number(uint64(id))
			h.mvObject(o)
		}
	}
	h.sum.Write(h.buf)
	return Hash(h.sum.Sum(nil))
}

func (h *hasher) room() {
	if len(h.buf) > 1<<15 {
		h.sum.Write(h.buf)
		h.buf = h.buf[:0]
	}
}

func (h *hasher) number(n uint64) {
	h.buf = binary.AppendUvarint(h.buf, n)
	h.room()
}

func (h *hasher) flag(b bool) { h.number(uint64(b2i(b))) }

func (h *hasher) text(s string) {
	h.buf = binary.AppendUvarint(h.buf, uint64(len(s)))
	h.buf = append(h.buf, s...)
	h.room()
}

func (h *hasher) csObject(id csID, o *csObject) {
	a := h.e.agents[o.agent]
	for _, n := range [...]uint64{uint64(o.agent), uint64(o.typ), uint64(o.pendingType), uint64(o.partition), uint64(o.flags),
		uint64(o.state), uint64(o.pendingOp), uint64(o.mv), uint64(o.parent)} {
		h.number(n)
	}
	h.text(h.e.pool.text(o.rdn))
	h.text(h.e.pool.text(o.anchor))
	h.image(a, o.synced)
	h.image(a, o.pending)
	h.delta(a, o.unapplied())
	h.delta(a, o.unconfirmed())
	h.error(o.err)
	if o.export != nil {
		h.error(o.export.err)
		h.delta(a, o.export.confirmed)
	}
}

// image writes attributes by id and their values ordered by what they are, not
// by when their texts were first seen.
func (h *hasher) image(a *agent, m image) {
	h.number(uint64(len(m)))
	for from := 0; from < len(m); {
		to := from + 1
		for to < len(m) && m[to].attr == m[from].attr {
			to++
		}
		h.number(uint64(m[from].attr))
		h.values(m[from:to], a.attrs[m[from].attr].kind == Reference)
		from = to
	}
}

func (h *hasher) values(list image, references bool) {
	h.number(uint64(len(list)))
	if references { // ids of objects: ordered already
		for _, v := range list {
			h.number(uint64(v.val))
		}
		return
	}
	if len(list) == 1 {
		h.text(h.e.pool.text(list[0].val))
		return
	}
	h.texts = h.texts[:0]
	for _, v := range list {
		h.texts = append(h.texts, h.e.pool.text(v.val))
	}
	slices.Sort(h.texts)
	for _, t := range h.texts {
		h.text(t)
	}
}

func (h *hasher) delta(a *agent, d *delta) {
	h.flag(d != nil)
	if d == nil {
		return
	}
	h.number(uint64(d.op))
	h.flag(d.renames)
	if d.renames {
		h.number(uint64(d.parent))
		h.text(h.e.pool.text(d.rdn))
	}
	changes := slices.Clone(d.changes)
	slices.SortFunc(changes, func(x, y change) int {
		c := cmp.Or(cmp.Compare(x.attr, y.attr), cmp.Compare(b2i(x.remove), b2i(y.remove)))
		if c != 0 || a.attrs[x.attr].kind == Reference {
			return cmp.Or(c, cmp.Compare(x.val, y.val))
		}
		return cmp.Compare(h.e.pool.text(x.val), h.e.pool.text(y.val))
	})
	h.number(uint64(len(changes)))
	for _, c := range changes {
		h.number(uint64(c.attr))
		h.flag(c.remove)
		if a.attrs[c.attr].kind == Reference {
			h.number(uint64(c.val))
			continue
		}
		h.text(h.e.pool.text(c.val))
	}
}

func (h *hasher) error(x *objectError) {
	h.flag(x != nil)
	if x != nil {
		h.text(x.typ)
		h.number(uint64(x.first))
		h.number(uint64(x.last))
		h.number(uint64(x.retries))
	}
}

func (h *hasher) mvObject(o *mvObject) {
	h.number(uint64(o.typ))
	h.number(uint64(o.flags))
	for from := 0; from < len(o.attrs); {
		to := from + 1
		for to < len(o.attrs) && o.attrs[to].attr == o.attrs[from].attr {
			to++
		}
		h.mvValues(o.attrs[from:to])
		from = to
	}
	conns := slices.Clone(o.conns)
	slices.Sort(conns)
	for _, c := range conns {
		h.number(uint64(c))
	}
}

func (h *hasher) mvValues(list []mvAttr) {
	reference := h.e.mvAttrs[list[0].attr].kind == Reference
	if len(list) > 1 && !reference {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b mvAttr) int {
			return cmp.Or(bytes.Compare([]byte(h.e.pool.text(a.val)), []byte(h.e.pool.text(b.val))), cmp.Compare(a.rule, b.rule), cmp.Compare(a.cs, b.cs))
		})
	}
	h.number(uint64(len(list)))
	for _, v := range list {
		for _, n := range [...]uint64{uint64(v.attr), uint64(v.rule), uint64(v.agent), uint64(v.cs)} {
			h.number(n)
		}
		if reference {
			h.number(uint64(v.val))
			continue
		}
		h.text(h.e.pool.text(v.val))
	}
}
