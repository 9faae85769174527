package datatype

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
)

// The bounds of a compiled pattern. The work bound is what stops expressions
// whose states are few but expensive; it corresponds to some 100 ms.
const (
	maxDFAStates   = 20_000
	maxTransitions = 1 << 22
	maxWork        = 1 << 24
)

// budget is the work that compiling an expression may still cost.
type budget struct {
	left int
}

var errTooMuchWork = errors.New("too complex")

func (b *budget) spend(n int) error {
	b.left -= n
	if b.left < 0 {
		return errTooMuchWork
	}
	return nil
}

// dfa is a complete deterministic automaton. State 0 is dead: it does not
// accept and has no way out.
type dfa struct {
	start   int32
	classes int
	next    []int32 // state*classes + class
	accept  []bool
}

func (d *dfa) row(state int32) []int32 {
	return d.next[int(state)*d.classes:][:d.classes]
}

// determinizer builds a dfa by the subset construction. A state of the dfa is
// an ordered set of those states of the nfa that wait for a character or accept.
type determinizer struct {
	nfa    []nfaState
	parts  *partition
	work   *budget
	dfa    dfa
	ids    map[string]int32 // set of nfa states, as a key -> dfa state
	sets   [][]int32        // dfa state -> set of nfa states
	seen   []uint32         // nfa state -> round in which it was visited last
	round  uint32
	stack  []int32
	target []int32
	key    []byte
}

func determinize(nfa []nfaState, start int32, parts *partition, work *budget) (*dfa, error) {
	d := &determinizer{
		nfa:   nfa,
		parts: parts,
		work:  work,
		ids:   make(map[string]int32),
		seen:  make([]uint32, len(nfa)),
	}
	d.dfa.classes = parts.count
	if _, err := d.state(); err != nil { // the empty set is the dead state
		return nil, err
	}
	d.begin()
	d.push(start)
	d.close()
	var err error
	if d.dfa.start, err = d.state(); err != nil {
		return nil, err
	}
	for state := 0; state < len(d.sets); state++ {
		for class := range parts.count {
			if err := d.step(state, class); err != nil {
				return nil, err
			}
		}
	}
	return &d.dfa, nil
}

// step computes one transition.
func (d *determinizer) step(state, class int) error {
	d.begin()
	for _, s := range d.sets[state] {
		set := d.nfa[s].set
		if set >= 0 && d.parts.member[int(set)*d.parts.count+class] {
			d.push(d.nfa[s].next)
		}
	}
	visited := d.close()
	if err := d.work.spend(1 + len(d.sets[state]) + visited); err != nil {
		return err
	}
	next, err := d.state()
	if err != nil {
		return err
	}
	d.dfa.row(int32(state))[class] = next
	return nil
}

// begin starts collecting a new target set.
func (d *determinizer) begin() {
	d.round++
	d.target = d.target[:0]
}

func (d *determinizer) push(s int32) {
	if d.seen[s] != d.round {
		d.seen[s] = d.round
		d.stack = append(d.stack, s)
	}
}

// close follows the splits from the pushed states, which leaves the states that
// wait for a character in target. It returns how many states it visited.
func (d *determinizer) close() int {
	visited := 0
	for len(d.stack) > 0 {
		s := d.stack[len(d.stack)-1]
		d.stack = d.stack[:len(d.stack)-1]
		visited++
		if d.nfa[s].set == splitState {
			d.push(d.nfa[s].next)
			d.push(d.nfa[s].alt)
			continue
		}
		d.target = append(d.target, s)
	}
	slices.Sort(d.target)
	return visited
}

// state returns the dfa state for the target set, which may be a new one.
func (d *determinizer) state() (int32, error) {
	d.key = d.key[:0]
	accept := false
	for _, s := range d.target {
		d.key = binary.LittleEndian.AppendUint32(d.key, uint32(s))
		accept = accept || d.nfa[s].set == acceptState
	}
	if id, ok := d.ids[string(d.key)]; ok {
		return id, nil
	}
	if len(d.sets) >= maxDFAStates || len(d.dfa.next)+d.dfa.classes > maxTransitions {
		return 0, fmt.Errorf("needs more than %d states", len(d.sets))
	}
	id := int32(len(d.sets))
	d.ids[string(d.key)] = id
	d.sets = append(d.sets, slices.Clone(d.target))
	d.dfa.accept = append(d.dfa.accept, accept)
	d.dfa.next = append(d.dfa.next, make([]int32, d.dfa.classes)...)
	return id, nil
}
