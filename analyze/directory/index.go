package directory

import (
	"hash/maphash"
)

// index finds objects by a text: an open-addressed table of numbers, each with
// a part of its hash, so that a million names cost 16 MiB and no copies. Where
// an object lies in the table depends on a random seed, and is never seen.
type index struct {
	seed  maphash.Seed
	slots []uint64 // hash in the upper half, number of the object in the lower; 0: free
	used  int      // slots that are not free, those of removed objects included
	live  int
}

// removed marks a slot whose object is gone.
const removed = 1<<32 - 1

func newIndex() index { return index{seed: maphash.MakeSeed(), slots: make([]uint64, 64)} }

func (x *index) hash(key []byte) uint64 { return maphash.Bytes(x.seed, key) >> 32 << 32 }

// find returns the first object with the hash that is the one looked for, or 0.
func (x *index) find(hash uint64, same func(int32) bool) int32 {
	mask := len(x.slots) - 1
	for i := int(hash>>32) & mask; ; i = (i + 1) & mask {
		s := x.slots[i]
		if s == 0 {
			return 0
		}
		if n := uint32(s); s>>32<<32 == hash && n != removed && same(int32(n)) {
			return int32(n)
		}
	}
}

// add puts an object in. It must not be in it under the same text.
func (x *index) add(hash uint64, n int32) {
	if x.used*4 >= len(x.slots)*3 {
		x.grow()
	}
	x.place(hash | uint64(uint32(n)))
	x.used++
	x.live++
}

func (x *index) place(slot uint64) {
	mask := len(x.slots) - 1
	i := int(slot>>32) & mask
	for x.slots[i] != 0 {
		i = (i + 1) & mask
	}
	x.slots[i] = slot
}

// grow makes room, and drops the marks of removed objects.
func (x *index) grow() {
	old := x.slots
	size := len(old)
	if x.live*2 >= size {
		size *= 2
	}
	x.slots = make([]uint64, size)
	for _, s := range old {
		if s != 0 && uint32(s) != removed {
			x.place(s)
		}
	}
	x.used = x.live
}

// remove takes an object out.
func (x *index) remove(hash uint64, n int32) {
	mask := len(x.slots) - 1
	for i := int(hash>>32) & mask; x.slots[i] != 0; i = (i + 1) & mask {
		if x.slots[i] == hash|uint64(uint32(n)) {
			x.slots[i] = hash | removed
			x.live--
			return
		}
	}
}
