package extension

import (
	"fmt"
	"strings"

	"go.starlark.net/starlark"
	"go.starlark.net/syntax"
)

// operators are the built-ins that a rewritten script calls (rewrite.go).
func operators() starlark.StringDict {
	d := starlark.StringDict{
		nameKey:    starlark.NewBuiltin(nameKey, payKey),
		nameSized:  starlark.NewBuiltin(nameSized, paySize),
		nameKeep:   starlark.NewBuiltin(nameKeep, keep),
		nameKept:   starlark.NewBuiltin(nameKept, payKept),
		nameMethod: starlark.NewBuiltin(nameMethod, payMethod),
	}
	for _, op := range []syntax.Token{syntax.EQL, syntax.NEQ, syntax.LT, syntax.GT, syntax.LE, syntax.GE, syntax.IN, syntax.NOT_IN} {
		d[op.String()] = starlark.NewBuiltin(op.String(), operator(op))
	}
	for op := syntax.PLUS; op <= syntax.GTGT; op++ {
		d[op.String()] = starlark.NewBuiltin(op.String(), operator(op))
		d[op.String()+"="] = starlark.NewBuiltin(op.String()+"=", assigned(op))
	}
	return d
}

type builtin = func(*starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)

// operator is x op y.
func operator(op syntax.Token) builtin {
	return func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		x, y := args[0], args[1]
		if err := meterOf(t).payOperator(op, x, y); err != nil {
			return nil, err
		}
		switch op {
		case syntax.EQL, syntax.NEQ, syntax.LT, syntax.GT, syntax.LE, syntax.GE:
			yes, err := starlark.Compare(op, x, y)
			return starlark.Bool(yes), err
		}
		z, err := starlark.Binary(op, x, y)
		if err != nil {
			return nil, err
		}
		return z, narrow(z)
	}
}

// assigned charges for x op= y and returns y.
func assigned(op syntax.Token) builtin {
	return func(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
		return args[1], meterOf(t).payAssigned(op, args[0], args[1])
	}
}

// keep remembers the list and the key of a[i] op= y until payKept.
func keep(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	m := meterOf(t)
	m.kept = append(m.kept, args[0])
	return args[0], nil
}

// payKept charges for a[i] op= y and returns y.
func payKept(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	m := meterOf(t)
	in, key := m.kept[len(m.kept)-2], m.kept[len(m.kept)-1]
	m.kept = m.kept[:len(m.kept)-2]
	op, _ := args[0].(starlark.Int).Int64()
	return args[1], m.payAssigned(syntax.Token(op), element(in, key), args[1])
}

// element is a[i], which was read before.
func element(in, key starlark.Value) starlark.Value {
	switch in := in.(type) {
	case starlark.Mapping:
		if v, found, err := in.Get(key); err == nil && found {
			return v
		}
	case starlark.Indexable:
		i, err := starlark.AsInt32(key)
		if i < 0 {
			i += in.Len()
		}
		if err == nil && i >= 0 && i < in.Len() {
			return in.Index(i)
		}
	}
	return starlark.None
}

func payKey(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return args[0], meterOf(t).payAll(args[0])
}

func paySize(t *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return args[0], meterOf(t).pay(size(args[0]))
}

// payMethod returns a method that charges when it is called.
func payMethod(_ *starlark.Thread, _ *starlark.Builtin, args starlark.Tuple, _ []starlark.Tuple) (starlark.Value, error) {
	return charged(args[0]), nil
}

// payAssigned takes the steps of x op= y. What a list is extended by in place
// costs only itself.
func (m *meter) payAssigned(op syntax.Token, x, y starlark.Value) error {
	if _, ok := x.(*starlark.List); ok && op == syntax.PLUS {
		return m.pay(size(y))
	}
	if _, ok := x.(*starlark.Dict); ok && op == syntax.PIPE {
		return m.payAll(y)
	}
	if _, ok := x.(starlark.Int); ok {
		if err := narrow(x); err != nil { // of the time before
			return err
		}
	}
	return m.payOperator(op, x, y)
}

// payOperator takes the steps of x op y.
func (m *meter) payOperator(op syntax.Token, x, y starlark.Value) error {
	switch op {
	case syntax.STAR:
		if err := m.payTimes(repeated(x), times(y)); err != nil {
			return err
		}
		return m.payTimes(repeated(y), times(x))
	case syntax.PERCENT:
		if format, ok := x.(starlark.String); ok {
			return m.payFormat(string(format), y)
		}
		return nil
	case syntax.PLUS, syntax.PIPE, syntax.AMP, syntax.CIRCUMFLEX, syntax.MINUS:
		if err := m.pay(size(x)); err != nil {
			return err
		}
		if err := m.pay(size(y)); err != nil {
			return err
		}
		if op == syntax.PLUS {
			return nil
		}
		return m.payAll(x, y) // hashed
	case syntax.IN, syntax.NOT_IN:
		if _, ok := y.(*starlark.Dict); ok {
			return m.payAll(x)
		}
		if _, ok := y.(*starlark.Set); ok {
			return m.payAll(x)
		}
		return m.payAll(x, y)
	case syntax.EQL, syntax.NEQ, syntax.LT, syntax.GT, syntax.LE, syntax.GE:
		return m.payAll(x)
	}
	return nil
}

// repeated is what a value costs each time that it is repeated.
func repeated(v starlark.Value) uint64 {
	switch v := v.(type) {
	case starlark.String:
		return uint64(len(v)+unitBytes-1) / unitBytes
	case starlark.Bytes:
		return uint64(len(v)+unitBytes-1) / unitBytes
	case *starlark.List:
		return uint64(v.Len())
	case starlark.Tuple:
		return uint64(v.Len())
	}
	return 0
}

// payFormat takes the steps of format % y: each value by how often it is named.
func (m *meter) payFormat(format string, y starlark.Value) error {
	if err := m.pay(uint64(len(format)) / unitBytes); err != nil {
		return err
	}
	fields, ok := y.(starlark.Mapping)
	if !ok {
		return m.payAll(y)
	}
	for rest := format; ; {
		_, after, named := strings.Cut(rest, "%(")
		name, next, closed := strings.Cut(after, ")")
		if !named || !closed {
			return m.payAll(y)
		}
		if v, found, err := fields.Get(starlark.String(name)); err == nil && found {
			if err := m.payAll(v); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		rest = next
	}
}
