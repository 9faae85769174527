package extension

import (
	"errors"
	"fmt"
	"math"
	"math/bits"

	"go.starlark.net/starlark"
)

// Starlark counts the instructions of a script, and one instruction can make
// or go through a value of any size. Here such an instruction costs steps by
// that size, before it is carried out: a step an element, and one for every
// unitBytes bytes of text. What a call can build is in proportion to its
// budget, and so is its time.
const (
	unitBytes    = 16
	maxIntBits   = 4096 // of a whole number, so that arithmetic is no work
	maxNested    = 200  // of lists, tuples and dicts in one another
	meterKey     = "meter"
	costsTooMuch = "the values are too large: the operation takes more steps than the call has left"
)

// errTooLarge is the error of an operation that costs more than is left.
var errTooLarge = errors.New(costsTooMuch)

// meter charges the operations of a thread.
type meter struct {
	thread *starlark.Thread
	budget uint64
	kept   []starlark.Value // of assignments like a[i] += y under way
}

func meterOf(t *starlark.Thread) *meter {
	m, _ := t.Local(meterKey).(*meter)
	return m
}

// pay takes n steps, or fails if there are not as many.
func (m *meter) pay(n uint64) error {
	if n >= m.left() {
		return errTooLarge
	}
	m.thread.Steps += n
	return nil
}

func (m *meter) left() uint64 {
	if m.thread.Steps >= m.budget {
		return 0
	}
	return m.budget - m.thread.Steps
}

// payTimes takes n steps, times times.
func (m *meter) payTimes(n, times uint64) error {
	high, low := bits.Mul64(n, times)
	if high > 0 {
		return errTooLarge
	}
	return m.pay(low)
}

// payAll takes the steps for going through values and all that is in them.
func (m *meter) payAll(values ...starlark.Value) error {
	n, err := m.deep(values...)
	if err != nil {
		return err
	}
	return m.pay(n)
}

// size is what a value costs without what is in its elements.
func size(v starlark.Value) uint64 {
	switch v := v.(type) {
	case starlark.String:
		return uint64(len(v)) / unitBytes
	case starlark.Bytes:
		return uint64(len(v)) / unitBytes
	case *starlark.Dict:
		return 2 * uint64(v.Len())
	case counted:
		return 0 // its numbers cost when they are gone through
	case starlark.Sequence:
		return uint64(v.Len())
	case starlark.Indexable:
		return uint64(v.Len())
	}
	return 0
}

// deep is what values and all that is in them cost. What several places share
// counts at each, as it does for whoever goes through it.
func (m *meter) deep(values ...starlark.Value) (uint64, error) {
	w := walk{left: m.left()}
	for _, v := range values {
		if err := w.value(v); err != nil {
			return 0, err
		}
	}
	return w.cost, nil
}

// payFrozen takes the steps of freezing a value, which has no end for a
// function that holds itself.
func (m *meter) payFrozen(v starlark.Value) error {
	w := walk{left: m.left(), frozen: true}
	if err := w.value(v); err != nil {
		return err
	}
	return m.pay(w.cost)
}

// walk is one way through values.
type walk struct {
	cost, left uint64
	frozen     bool
	path       []starlark.Value
}

func (w *walk) value(v starlark.Value) error {
	if w.cost += size(v); w.cost >= w.left {
		return errTooLarge
	}
	switch v := v.(type) {
	case *starlark.List:
		return w.within(v, func() error { return w.elements(v) })
	case starlark.Tuple:
		return w.within(v, func() error { return w.elements(v) })
	case *starlark.Set:
		return w.within(v, func() error { return w.elements(v) })
	case *starlark.Dict:
		return w.within(v, func() error { return w.entries(v) })
	case *starlark.Function:
		return w.within(v, func() error { return w.function(v) })
	}
	return nil
}

func (w *walk) entries(d *starlark.Dict) error {
	for k, v := range d.Entries() {
		if err := w.value(k); err != nil {
			return err
		}
		if err := w.value(v); err != nil {
			return err
		}
	}
	return nil
}

func (w *walk) elements(v starlark.Iterable) error {
	for e := range starlark.Elements(v) {
		if err := w.value(e); err != nil {
			return err
		}
	}
	return nil
}

// function goes through what a function holds: defaults and variables around it.
func (w *walk) function(f *starlark.Function) error {
	w.cost += uint64(f.NumParams() + f.NumFreeVars())
	for i := range f.NumParams() {
		if v := f.ParamDefault(i); v != nil {
			if err := w.value(v); err != nil {
				return err
			}
		}
	}
	for i := range f.NumFreeVars() {
		if _, v := f.FreeVar(i); v != nil {
			if err := w.value(v); err != nil {
				return err
			}
		}
	}
	return nil
}

// within goes through what is in a value. One that contains itself ends there,
// as it does where Starlark shows it.
func (w *walk) within(v starlark.Value, through func() error) error {
	if _, ok := v.(starlark.Tuple); !ok {
		for _, around := range w.path {
			if around != v {
				continue
			}
			if f, ok := v.(*starlark.Function); ok && w.frozen {
				return fmt.Errorf("the function %s, defined in another, refers to itself", f.Name())
			}
			return nil
		}
	}
	if len(w.path) >= maxNested {
		return fmt.Errorf("values nest deeper than %d", maxNested)
	}
	w.path = append(w.path, place(v))
	err := through()
	w.path = w.path[:len(w.path)-1]
	return err
}

// place is what a value is known by on a path. A tuple has no identity, and
// cannot contain itself without a list.
func place(v starlark.Value) starlark.Value {
	if _, ok := v.(starlark.Tuple); ok {
		return nil
	}
	return v
}

// narrow refuses whole numbers that are too wide.
func narrow(v starlark.Value) error {
	n, ok := v.(starlark.Int)
	if !ok {
		return nil
	}
	if _, small := n.Int64(); small {
		return nil
	}
	if n.BigInt().BitLen() > maxIntBits {
		return fmt.Errorf("a whole number has more than %d bits", maxIntBits)
	}
	return nil
}

// times is a repetition as a number of times.
func times(v starlark.Value) uint64 {
	n, ok := v.(starlark.Int)
	if !ok || n.Sign() <= 0 {
		return 0
	}
	if u, ok := n.Uint64(); ok {
		return u
	}
	return math.MaxUint64
}
