package datatype

import "fmt"

// maxNFAStates bounds what counted repetitions may expand to.
const maxNFAStates = 50_000

// nfaState is a state of the nondeterministic automaton. A state with a set
// moves to next on a character of that set; the others need no character.
type nfaState struct {
	set       int32
	next, alt int32
}

const (
	splitState  int32 = -1 // goes on at next and at alt
	acceptState int32 = -2 // the expression has matched
)

// nfaBuilder turns a tree into states by Thompson's construction, from the end
// of the expression to its start.
type nfaBuilder struct {
	states []nfaState
	steps  int
}

// buildNFA returns the states for a tree and which one is the start.
func buildNFA(root *node) (states []nfaState, start int32, err error) {
	b := nfaBuilder{states: []nfaState{{set: acceptState}}}
	start, err = b.emit(root, 0)
	return b.states, start, err
}

func (b *nfaBuilder) add(s nfaState) int32 {
	b.states = append(b.states, s)
	return int32(len(b.states) - 1)
}

// emit adds the states for n, which continue at next, and returns where they
// start. It counts its calls as well as the states, because a repeated empty
// group costs calls only.
func (b *nfaBuilder) emit(n *node, next int32) (int32, error) {
	b.steps++
	if b.steps > 4*maxNFAStates || len(b.states) > maxNFAStates {
		return 0, fmt.Errorf("expands to more than %d states", maxNFAStates)
	}
	switch n.kind {
	case nodeSet:
		return b.add(nfaState{set: int32(n.set), next: next}), nil
	case nodeConcat:
		return b.concat(n, next)
	case nodeAlternate:
		return b.alternate(n, next)
	default:
		return b.repeat(n, next)
	}
}

func (b *nfaBuilder) concat(n *node, next int32) (int32, error) {
	var err error
	for i := len(n.operands) - 1; i >= 0; i-- {
		if next, err = b.emit(n.operands[i], next); err != nil {
			return 0, err
		}
	}
	return next, nil
}

func (b *nfaBuilder) alternate(n *node, next int32) (int32, error) {
	start, err := b.emit(n.operands[0], next)
	if err != nil {
		return 0, err
	}
	for _, operand := range n.operands[1:] {
		branch, err := b.emit(operand, next)
		if err != nil {
			return 0, err
		}
		start = b.add(nfaState{set: splitState, next: branch, alt: start})
	}
	return start, nil
}

// repeat writes out a quantifier: x{2,4} becomes xx(x(x)?)?, x{2,} becomes xxx*.
// The nesting of the optional part keeps it from being quadratic later on.
func (b *nfaBuilder) repeat(n *node, next int32) (int32, error) {
	operand, start := n.operands[0], next
	if n.high == unbounded {
		loop := b.add(nfaState{set: splitState, alt: next})
		body, err := b.emit(operand, loop)
		if err != nil {
			return 0, err
		}
		b.states[loop].next = body
		start = loop
	}
	for i := n.low; i < n.high; i++ {
		body, err := b.emit(operand, start)
		if err != nil {
			return 0, err
		}
		start = b.add(nfaState{set: splitState, next: body, alt: next})
	}
	for range n.low {
		var err error
		if start, err = b.emit(operand, start); err != nil {
			return 0, err
		}
	}
	return start, nil
}
