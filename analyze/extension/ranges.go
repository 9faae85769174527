package extension

import (
	"fmt"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// bounded is Starlark's range, of which each number costs a step: built-in
// functions would otherwise go through one of any length in a single step. A
// range of more numbers than the budget has steps can be gone through, as
// scripts do that leave a loop early, and has no length: nothing makes room for
// all of it beforehand.
func (x *Extensions) bounded(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	v, err := starlark.Call(t, starlark.Universe["range"], args, kwargs)
	if err != nil {
		return nil, err
	}
	r, ok := v.(numbers)
	if !ok {
		return nil, fmt.Errorf("range is a %s", v.Type())
	}
	if uint64(r.Len()) > x.o.Budget {
		return endless{r, func() starlark.Iterator { return &steps{r.Iterate(), x} }}, nil
	}
	return counted{r, x}, nil
}

// numbers is what a range of Starlark can do.
type numbers interface {
	starlark.Sliceable
	starlark.Container
	starlark.Comparable
	Iterate() starlark.Iterator
}

// counted is a range of which each number costs a step.
type counted struct {
	numbers
	x *Extensions
}

var _ starlark.Sequence = counted{}

func (c counted) Iterate() starlark.Iterator { return &steps{c.numbers.Iterate(), c.x} }

// Slice implements starlark.Sliceable.
func (c counted) Slice(start, end, step int) starlark.Value {
	if part, ok := c.numbers.Slice(start, end, step).(numbers); ok {
		return counted{part, c.x}
	}
	return starlark.None
}

// CompareSameType implements starlark.Comparable.
func (c counted) CompareSameType(op syntax.Token, y starlark.Value, depth int) (bool, error) {
	other, ok := y.(counted)
	if !ok {
		return op == syntax.NEQ, nil // an endless one
	}
	return c.numbers.CompareSameType(op, other.numbers, depth)
}

// endless is a range with more numbers than a call may take steps.
type endless struct {
	starlark.Container
	iterate func() starlark.Iterator
}

var _ starlark.Iterable = endless{}

func (e endless) Iterate() starlark.Iterator { return e.iterate() }

// steps goes through a range and counts. It ends when the budget does: the
// script stops with its next step then.
type steps struct {
	starlark.Iterator
	x *Extensions
}

func (s *steps) Next(p *starlark.Value) bool {
	if t := s.x.running; t != nil {
		if t.Steps++; t.Steps >= s.x.o.Budget {
			return false
		}
	}
	return s.Iterator.Next(p)
}
