package archive

import (
	"encoding/binary"
	"math/bits"

	"github.com/runhist/runhist/schemas/rundetails"
)

// digest sums up values in 16 bytes. It tells different values apart, unless
// somebody takes pains that it does not; a collision makes a wrong comparison,
// not a wrong memory.
type digest struct{ a, b uint64 }

func (d *digest) word(w uint64) {
	hi, lo := bits.Mul64(d.a^w^0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
	d.a = hi ^ lo ^ bits.RotateLeft64(d.b, 29)
	hi, lo = bits.Mul64(d.b^w^0xC2B2AE3D27D4EB4F, 0xA0761D6478BD642F)
	d.b = hi ^ lo ^ d.a
}

func (d *digest) text(s string) {
	d.word(uint64(len(s)))
	for ; len(s) >= 8; s = s[8:] {
		d.word(uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56)
	}
	last := uint64(0)
	for i := range len(s) {
		last |= uint64(s[i]) << (8 * i)
	}
	d.word(last)
}

func (d *digest) id(id rundetails.ID) {
	d.word(binary.LittleEndian.Uint64(id[:8]))
	d.word(binary.LittleEndian.Uint64(id[8:]))
}

func (d *digest) guid(g *rundetails.GUID) {
	if g.Valid {
		d.id(g.ID)
	} else {
		d.text(g.Value)
	}
}

func (d *digest) sum() (id rundetails.ID) {
	binary.LittleEndian.PutUint64(id[:8], d.a)
	binary.LittleEndian.PutUint64(id[8:], d.b)
	return id
}

func textDigest(s string) uint64 {
	var d digest
	d.text(s)
	return d.b
}

// Known tells whether a GUID can be read and names something: it is no mask that
// was put in the place of another one.
func Known(g *rundetails.GUID) bool { return g.Valid && !g.ID.Masked() }

// agentKey is what an agent is recognised by: its GUID, else its name.
func agentKey(id *rundetails.GUID, name string) (key rundetails.ID, ok bool) {
	switch {
	case Known(id):
		return id.ID, true
	case name != "":
		var d digest
		d.text(name)
		return d.sum(), true
	}
	return key, false
}
