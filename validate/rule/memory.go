package rule

import (
	"encoding/binary"

	"github.com/runhist/runhist/schemas/rundetails"
)

// maxRemembered bounds the keys that a rule remembers: 12 MiB at the most.
const maxRemembered = 1 << 18

// memory is a set of keys with the line of each, by open addressing.
type memory struct {
	slots []slot
	used  int
}

type slot struct {
	key  rundetails.ID
	line uint32
	full bool
}

// seen looks a key up, and enters it when it is new. full tells that there
// was no room for it.
func (m *memory) seen(key rundetails.ID, line uint32) (before uint32, seen, full bool) {
	if 2*m.used >= len(m.slots) && !m.grow() {
		return 0, false, true
	}
	s := m.find(key)
	if s.full {
		return s.line, true, false
	}
	*s = slot{key, line, true}
	m.used++
	return 0, false, false
}

// find returns the slot of the key, or the empty one where it belongs.
func (m *memory) find(key rundetails.ID) *slot {
	mask := uint64(len(m.slots) - 1)
	h := (binary.LittleEndian.Uint64(key[:8]) ^ binary.LittleEndian.Uint64(key[8:])) * 0x9E3779B97F4A7C15
	for at := (h >> 32) & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; !s.full || s.key == key {
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
	for i := range old {
		if old[i].full {
			*m.find(old[i].key) = old[i]
		}
	}
	return true
}

// reset forgets everything, and gives back memory that one large step needed.
func (m *memory) reset() {
	if m.used == 0 {
		return
	}
	m.used = 0
	if len(m.slots) > 1<<12 {
		m.slots = nil
		return
	}
	clear(m.slots)
}
