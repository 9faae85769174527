package rule

import (
	"encoding/binary"
	"math/bits"

	"github.com/runhist/runhist/schemas/rundetails"
)

// maxRemembered bounds the keys that a rule remembers: 8 MiB at the most.
const maxRemembered = 1 << 18

// maxKept is the number of slots that a memory keeps when it is reset.
const maxKept = 1 << 15

// memory is a set of keys with the line of each, by open addressing. It holds
// 64 bits of a key's hash: in a full memory two of the keys are taken for one
// with a chance of less than one in a hundred million. A slot is full when it
// is of the present age, so that forgetting costs nothing.
type memory struct {
	slots []slot
	used  int
	age   uint32 // counted from 1
}

type slot struct {
	hash uint64
	line uint32
	age  uint32
}

// hash mixes a key to 64 bits.
func hash(key *rundetails.ID) uint64 {
	const p, q = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
	hi, lo := bits.Mul64(binary.LittleEndian.Uint64(key[:8])^p, binary.LittleEndian.Uint64(key[8:])^q)
	hi2, lo2 := bits.Mul64(hi^p, lo^q)
	return hi2 ^ lo2 ^ binary.LittleEndian.Uint64(key[8:])
}

// seen looks a key up, and enters it when it is new. full tells that there
// was no room for it.
func (m *memory) seen(key rundetails.ID, line uint32) (before uint32, seen, full bool) {
	if 4*m.used >= 3*len(m.slots) && !m.grow() {
		return 0, false, true
	}
	h := hash(&key)
	s := m.find(h)
	if s.age == m.age {
		return s.line, true, false
	}
	*s = slot{h, line, m.age}
	m.used++
	return 0, false, false
}

// find returns the slot of the hash, or the empty one where it belongs.
func (m *memory) find(h uint64) *slot {
	mask := uint64(len(m.slots) - 1)
	for at := h & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; s.age != m.age || s.hash == h {
			return s
		}
	}
}

func (m *memory) grow() bool {
	if m.used >= maxRemembered {
		return false
	}
	old := m.slots
	m.slots = make([]slot, max(64, 2*len(old)))
	m.age = max(m.age, 1)
	for i := range old {
		if old[i].age == m.age {
			*m.find(old[i].hash) = old[i]
		}
	}
	return true
}

// reset forgets everything, and gives back memory that one large step needed.
func (m *memory) reset() {
	m.used = 0
	m.age++
	if len(m.slots) > maxKept || m.age == 0 {
		m.slots, m.age = nil, 1
	}
}
