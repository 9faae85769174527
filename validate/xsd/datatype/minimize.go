package datatype

import "encoding/binary"

// maxMinimizeWork bounds the effort of minimising. An automaton for which it
// does not suffice works as it is, only slower.
const maxMinimizeWork = 1 << 21

// minimize merges the states that no continuation tells apart, by Moore's
// algorithm: start with accepting and other states, and split until nothing
// changes. The dead state stays number 0.
func (d *dfa) minimize() *dfa {
	block := make([]int32, len(d.accept))
	count := 1
	for i, accept := range d.accept {
		if accept {
			block[i] = 1
			count = 2
		}
	}
	left := maxMinimizeWork
	for {
		left -= len(d.next)
		if left < 0 {
			return d
		}
		refined, n := d.refine(block)
		block = refined
		if n == count {
			return d.quotient(block, count)
		}
		count = n
	}
}

// refine splits blocks whose states lead to different blocks. It numbers the
// blocks in the order of their first states, so the dead state is in block 0.
func (d *dfa) refine(block []int32) (refined []int32, count int) {
	refined = make([]int32, len(block))
	ids := make(map[string]int32)
	var key []byte
	for state := range block {
		key = binary.LittleEndian.AppendUint32(key[:0], uint32(block[state]))
		for _, next := range d.row(int32(state)) {
			key = binary.LittleEndian.AppendUint32(key, uint32(block[next]))
		}
		id, ok := ids[string(key)]
		if !ok {
			id = int32(len(ids))
			ids[string(key)] = id
		}
		refined[state] = id
	}
	return refined, len(ids)
}

// quotient returns the automaton whose states are the blocks.
func (d *dfa) quotient(block []int32, count int) *dfa {
	q := &dfa{
		start:   block[d.start],
		classes: d.classes,
		next:    make([]int32, count*d.classes),
		accept:  make([]bool, count),
	}
	for state, b := range block {
		q.accept[b] = d.accept[state]
		row := q.row(b)
		for class, next := range d.row(int32(state)) {
			row[class] = block[next]
		}
	}
	return q
}
