package extension

import (
	"errors"
	"math/bits"
	"slices"
	"strings"

	"go.starlark.net/starlark"
)

// cost takes the steps of a call of a built-in before it is made.
type cost func(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error

// paid is a built-in that charges for what it goes through and returns.
func paid(b *starlark.Builtin, pay cost) *starlark.Builtin {
	return starlark.NewBuiltin(b.Name(), func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
		m := meterOf(t)
		if err := pay(m, b, args, kwargs); err != nil {
			return nil, err
		}
		v, err := b.CallInternal(t, args, kwargs)
		if err != nil {
			return nil, err
		}
		if err := narrow(v); err != nil {
			return nil, err
		}
		if m.left() == 0 {
			return v, nil // the next instruction ends the call
		}
		v = measured(v)
		return charged(v), m.pay(size(v))
	})
}

// measured makes a tuple of letters whose number Starlark does not tell.
func measured(v starlark.Value) starlark.Value {
	letters, ok := v.(starlark.Iterable)
	if _, known := v.(starlark.Sequence); !ok || known {
		return v
	}
	return starlark.Tuple(slices.Collect(starlark.Elements(letters)))
}

// charged is the value, or the method that charges in its place.
func charged(v starlark.Value) starlark.Value {
	if b, ok := v.(*starlark.Builtin); ok && b.Receiver() != nil {
		if pay := methodCost(b.Name()); pay != nil {
			return paid(b, pay)
		}
	}
	return v
}

// functionCost is what a function of Starlark costs; nil: no more than a step.
func functionCost(name string) cost {
	switch name {
	case "any", "all", "bytes", "chr", "float", "ord", "enumerate", "list", "reversed", "tuple", "zip":
		return payShallow
	case "abs", "dict", "fail", "hash", "max", "min", "print", "repr", "set", "str":
		return payArguments
	case "sorted":
		return paySorted
	case "int":
		return payDigits
	case "getattr":
		return payShallow // for the method that it may return
	}
	return nil
}

// methodCost is what a method of strings, bytes, lists, dicts and sets costs;
// nil: no more than a step.
func methodCost(name string) cost {
	switch name {
	case "capitalize", "count", "endswith", "find", "isalnum", "isalpha", "isdigit", "islower", "isspace", "istitle", "isupper",
		"lower", "lstrip", "partition", "removeprefix", "removesuffix", "rfind", "rindex", "rpartition", "rstrip", "startswith",
		"strip", "title", "upper", "items", "keys", "values", "insert", "pop", "popitem":
		return payReceiver
	case "index", "remove":
		return payAllOfReceiver
	case "codepoints", "codepoint_ords", "elems", "elem_ords", "split", "rsplit", "splitlines":
		return payLetters
	case "add", "discard", "extend", "get", "setdefault", "update":
		return payArguments
	case "difference", "intersection", "issubset", "issuperset", "symmetric_difference", "union":
		return payAllOfReceiver
	case "join":
		return payJoin
	case "replace":
		return payReplace
	case "format":
		return payFields
	}
	return nil
}

// payShallow is for what goes through its arguments and not into their elements.
func payShallow(m *meter, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) error {
	for _, arg := range args {
		if err := m.pay(size(arg)); err != nil {
			return err
		}
	}
	return nil
}

// payArguments is for what goes through everything in its arguments.
func payArguments(m *meter, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	for _, arg := range kwargs {
		if err := m.payAll(arg[1]); err != nil {
			return err
		}
	}
	return m.payAll(args...)
}

// paySorted is for comparisons of every element with some others.
func paySorted(m *meter, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) error {
	n, err := m.deep(args...)
	if err != nil {
		return err
	}
	return m.payTimes(n, uint64(bits.Len64(n)))
}

// payDigits is for reading a number, which takes the square of its digits.
func payDigits(m *meter, _ *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	for _, arg := range kwargs {
		args = append(slices.Clip(args), arg[1])
	}
	for _, arg := range args {
		n := repeated(arg)
		if err := m.payTimes(n, n); err != nil {
			return err
		}
	}
	return nil
}

func payReceiver(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	if _, list := b.Receiver().(*starlark.List); list && b.Name() == "pop" && len(args) == 0 {
		return nil // the last one
	}
	if _, dict := b.Receiver().(*starlark.Dict); dict && b.Name() != "pop" || !dict {
		if err := m.pay(size(b.Receiver())); err != nil {
			return err
		}
	}
	return payArguments(m, b, args, kwargs)
}

func payAllOfReceiver(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	if _, set := b.Receiver().(*starlark.Set); !set || b.Name() != "remove" {
		if err := m.payAll(b.Receiver()); err != nil {
			return err
		}
	}
	return payArguments(m, b, args, kwargs)
}

// payLetters is for what makes a value of each letter, at worst.
func payLetters(m *meter, b *starlark.Builtin, _ starlark.Tuple, _ []starlark.Tuple) error {
	return m.payTimes(repeated(b.Receiver()), unitBytes)
}

// payJoin is for the elements and what is put between them.
func payJoin(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	if len(args) != 1 || len(kwargs) > 0 {
		return nil // refused
	}
	list, ok := args[0].(starlark.Sequence)
	if !ok {
		return errors.New("join takes a list, tuple, dict or set of strings")
	}
	if err := m.payTimes(repeated(b.Receiver()), uint64(list.Len())); err != nil {
		return err
	}
	return m.payAll(list)
}

// payReplace is for what is left and what is put in.
func payReplace(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	if err := payReceiver(m, b, args, kwargs); err != nil || len(args) < 2 {
		return err
	}
	in, _ := b.Receiver().(starlark.String)
	old, _ := args[0].(starlark.String)
	return m.payTimes(repeated(args[1]), uint64(strings.Count(string(in), string(old))))
}

// payFields is for every argument at each field of a format.
func payFields(m *meter, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) error {
	n, err := m.deep(args...)
	if err != nil {
		return err
	}
	for _, arg := range kwargs {
		one, err := m.deep(arg[1])
		if err != nil {
			return err
		}
		n += one
	}
	format, _ := b.Receiver().(starlark.String)
	if err := m.pay(repeated(format)); err != nil {
		return err
	}
	return m.payTimes(n, uint64(strings.Count(string(format), "{")))
}
