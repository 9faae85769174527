package rule

// maxRemembered bounds the keys that a rule remembers: 7 MiB at the most.
const maxRemembered = 1 << indexBits

// maxKept is the number of keys for which a memory keeps room when it is
// reset.
const maxKept = 1 << 14

// A slot holds the place of a key in the log, counted from 1, and some bits of
// the key, so that other keys are told apart without a look at the log.
const (
	indexBits = 18
	indexMask = 1<<(indexBits+1) - 1
	minSlots  = 64
)

// memory is a set of keys with the line of each. Keys are hashes, so nothing
// is hashed here. Open addressing finds the place of a key in a log: what is
// new goes to the end of the log, and the small slots mostly stay in the cache
// of the processor, which decides what a memory costs.
type memory struct {
	slots []uint32
	log   []entry
}

type entry struct {
	key  uint64
	line uint32
}

// seen looks a key up, and enters it when it is new. full tells that there
// was no room for it.
func (m *memory) seen(key uint64, line uint32) (before uint32, seen, full bool) {
	if 2*len(m.log) >= len(m.slots) {
		m.grow()
	}
	tag := uint32(key>>32) &^ indexMask
	mask := uint64(len(m.slots) - 1)
	at := key & mask
	for ; m.slots[at] != 0; at = (at + 1) & mask {
		if s := m.slots[at]; s&^indexMask == tag {
			if e := &m.log[s&indexMask-1]; e.key == key {
				return e.line, true, false
			}
		}
	}
	if len(m.log) == maxRemembered {
		return 0, false, true
	}
	m.log = append(m.log, entry{key, line})
	m.slots[at] = tag | uint32(len(m.log))
	return 0, false, false
}

// grow doubles the slots and enters the log again.
func (m *memory) grow() {
	n := max(minSlots, 2*len(m.slots))
	if n <= cap(m.slots) {
		m.slots = m.slots[:n]
		clear(m.slots)
	} else {
		m.slots = make([]uint32, n)
	}
	mask := uint64(n - 1)
	for i := range m.log {
		key := m.log[i].key
		at := key & mask
		for m.slots[at] != 0 {
			at = (at + 1) & mask
		}
		m.slots[at] = uint32(key>>32)&^indexMask | uint32(i+1)
	}
}

// reset forgets everything, and gives back memory that one large step needed.
// The slots begin small again, however many there were.
func (m *memory) reset() {
	if cap(m.log) > maxKept {
		*m = memory{}
		return
	}
	m.slots, m.log = m.slots[:0], m.log[:0]
}
