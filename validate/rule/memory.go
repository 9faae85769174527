package rule

// maxRemembered bounds the keys that a rule remembers: 8 MiB at the most.
const maxRemembered = 1 << 18

// maxKept is the number of slots that a memory keeps when it is reset.
const maxKept = 1 << 15

// memory is a set of keys with the line of each, by open addressing. Keys are
// hashes, so nothing is hashed here. A slot is full when it
// is of the present age, so that forgetting costs nothing.
type memory struct {
	slots []slot
	used  int
	age   uint32 // counted from 1
}

type slot struct {
	key  uint64
	line uint32
	age  uint32
}

// seen looks a key up, and enters it when it is new. full tells that there
// was no room for it.
func (m *memory) seen(key uint64, line uint32) (before uint32, seen, full bool) {
	if 2*m.used >= len(m.slots) && !m.grow() {
		return 0, false, true
	}
	s := m.find(key)
	if s.age == m.age {
		return s.line, true, false
	}
	*s = slot{key, line, m.age}
	m.used++
	return 0, false, false
}

// find returns the slot of the key, or the empty one where it belongs.
func (m *memory) find(key uint64) *slot {
	mask := uint64(len(m.slots) - 1)
	for at := key & mask; ; at = (at + 1) & mask {
		if s := &m.slots[at]; s.age != m.age || s.key == key {
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
			*m.find(old[i].key) = old[i]
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
