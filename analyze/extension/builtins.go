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

// predeclared are the names that a script has beside Starlark's own.
func (x *Extensions) predeclared() starlark.StringDict {
	d := operators()
	for name, v := range starlark.Universe {
		if b, ok := v.(*starlark.Builtin); ok && functionCost(name) != nil {
			d[name] = paid(b, functionCost(name))
		}
	}
	d["declined"] = declinedValue{}
	d["unexpected_data"] = starlark.NewBuiltin("unexpected_data", unexpectedData)
	d["not_implemented"] = starlark.NewBuiltin("not_implemented", thrower(errNotImplemented))
	d["terminate_run"] = starlark.NewBuiltin("terminate_run", thrower(errTerminate))
	d["range"] = starlark.NewBuiltin("range", x.bounded)
	return d
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
