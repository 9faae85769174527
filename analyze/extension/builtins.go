package extension

import (
	"errors"
	"fmt"

	"go.starlark.net/starlark"
)

// declined is the value by which a rule declines.
type declinedValue struct{}

func (declinedValue) String() string        { return "declined" }
func (declinedValue) Type() string          { return "declined" }
func (declinedValue) Freeze()               {}
func (declinedValue) Truth() starlark.Bool  { return false }
func (declinedValue) Hash() (uint32, error) { return 0, nil }

// What a script throws on purpose.
var (
	errUnexpectedData = errors.New("unexpected data")
	errNotImplemented = errors.New("not implemented")
	errTerminate      = errors.New("the extension ended the run")
)

// maxRange is how many numbers a range may have: built-in functions go through
// one in a single step.
const maxRange = 1_000_000

func predeclared() starlark.StringDict {
	return starlark.StringDict{
		"declined":        declinedValue{},
		"unexpected_data": starlark.NewBuiltin("unexpected_data", unexpectedData),
		"not_implemented": starlark.NewBuiltin("not_implemented", thrower(errNotImplemented)),
		"terminate_run":   starlark.NewBuiltin("terminate_run", thrower(errTerminate)),
		"range":           starlark.NewBuiltin("range", boundedRange),
	}
}

func unexpectedData(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	text := ""
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "text?", &text); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%w: %s", errUnexpectedData, text)
}

func thrower(what error) func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error) {
	return func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		if err := starlark.UnpackArgs(b.Name(), args, kwargs); err != nil {
			return nil, err
		}
		return nil, what
	}
}

func boundedRange(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	v, err := starlark.Call(t, starlark.Universe["range"], args, kwargs)
	if err != nil {
		return nil, err
	}
	if n := starlark.Len(v); n > maxRange {
		return nil, fmt.Errorf("range of %d numbers: at most %d", n, maxRange)
	}
	return v, nil
}
