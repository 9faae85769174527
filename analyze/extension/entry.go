package extension

import (
	"fmt"
	"strconv"

	"go.starlark.net/starlark"

	"github.com/runhist/runhist/analyze/engine"
)

// object is what connector space and metaverse entries have in common.
type object interface {
	Type() string
	ID() engine.GUID
	Kind(attribute string) (kind engine.AttributeKind, multiValued, known bool)
	Values(attribute string) []string
	Set(attribute string, values []string) error
}

// entry is an entry in a script.
type entry struct {
	object
	kind string
	pay  func(values int) error // before a script gets or sets them
	// attr returns what only this kind of entry has, or nil.
	attr  func(name string) starlark.Value
	names []string
}

var (
	_ starlark.HasSetKey = (*entry)(nil)
	_ starlark.HasAttrs  = (*entry)(nil)
)

func (x *Extensions) newCS(cs engine.CSEntry) *entry {
	return &entry{object: cs, kind: "cs", pay: x.payValues, names: []string{"anchor", "dn", "ma"}, attr: func(name string) starlark.Value {
		switch name {
		case "anchor":
			return starlark.Bytes(cs.Anchor())
		case "dn":
			return starlark.String(cs.DN())
		case "ma":
			return starlark.String(cs.MA())
		}
		return nil
	}}
}

func (x *Extensions) newMV(mv engine.MVEntry) *entry {
	return &entry{object: mv, kind: "mv", pay: x.payValues, names: []string{"connectors"}, attr: func(name string) starlark.Value {
		if name == "connectors" {
			return starlark.NewBuiltin("connectors", func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				var agent string
				if err := starlark.UnpackArgs(b.Name(), args, kwargs, "ma", &agent); err != nil {
					return nil, err
				}
				if !mv.HasAgent(agent) {
					return nil, fmt.Errorf("no management agent %q", agent)
				}
				return &connectors{x: x, mv: mv, agent: agent}, nil
			})
		}
		return nil
	}}
}

func (e *entry) String() string        { return e.kind + " " + e.object.ID().String() }
func (e *entry) Type() string          { return e.kind }
func (e *entry) Freeze()               {}
func (e *entry) Truth() starlark.Bool  { return true }
func (e *entry) Hash() (uint32, error) { return 0, fmt.Errorf("unhashable: %s entry", e.kind) }

// Get implements e["attribute"].
func (e *entry) Get(key starlark.Value) (starlark.Value, bool, error) {
	name, ok := starlark.AsString(key)
	if !ok {
		return nil, false, fmt.Errorf("an attribute is named by a string, not by a %s", key.Type())
	}
	kind, multi, err := e.known(name)
	if err != nil {
		return nil, false, err
	}
	list, err := e.values(kind, name)
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("%s: %w", name, err)
	case len(list) == 0:
		return starlark.None, true, nil
	case multi:
		return starlark.NewList(list), true, nil
	}
	return list[0], true, nil
}

// SetKey implements e["attribute"] = value.
func (e *entry) SetKey(key, value starlark.Value) error {
	name, ok := starlark.AsString(key)
	if !ok {
		return fmt.Errorf("an attribute is named by a string, not by a %s", key.Type())
	}
	kind, multi, err := e.known(name)
	if err != nil {
		return err
	}
	list, err := kept(kind, value)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(list) > 1 && !multi {
		return fmt.Errorf("%s: %d values, and it can have one", name, len(list))
	}
	if err := e.pay(len(list)); err != nil {
		return err
	}
	return e.Set(name, list)
}

func (e *entry) known(name string) (kind engine.AttributeKind, multi bool, err error) {
	kind, multi, ok := e.Kind(name)
	if !ok {
		return 0, false, fmt.Errorf("%s has no attribute %q", e.object.Type(), name)
	}
	return kind, multi, nil
}

// Attr implements e.name.
func (e *entry) Attr(name string) (starlark.Value, error) {
	switch name {
	case "type":
		return starlark.String(e.object.Type()), nil
	case "id":
		return starlark.String(e.ID().String()), nil
	case "present", "values", "delete":
		return starlark.NewBuiltin(name, e.method), nil
	}
	return e.attr(name), nil
}

// AttrNames implements starlark.HasAttrs.
func (e *entry) AttrNames() []string {
	return append([]string{"delete", "id", "present", "type", "values"}, e.names...)
}

// method implements present, values and delete.
func (e *entry) method(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var name string
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "attribute", &name); err != nil {
		return nil, err
	}
	kind, _, err := e.known(name)
	if err != nil {
		return nil, err
	}
	switch b.Name() {
	case "present":
		return starlark.Bool(len(e.Values(name)) > 0), nil
	case "delete":
		return starlark.None, e.Set(name, nil)
	}
	list, err := e.values(kind, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return starlark.NewList(list), nil
}

// values are those of an attribute.
func (e *entry) values(kind engine.AttributeKind, name string) ([]starlark.Value, error) {
	texts := e.Values(name)
	if err := e.pay(len(texts)); err != nil {
		return nil, err
	}
	return values(kind, texts)
}

// payValues takes the steps of values of an attribute: one each.
func (x *Extensions) payValues(n int) error {
	if x.running == nil || n < 2 {
		return nil
	}
	return meterOf(x.running).pay(uint64(n))
}

// values turns values of an attribute into those of a script.
func values(kind engine.AttributeKind, list []string) ([]starlark.Value, error) {
	out := make([]starlark.Value, len(list))
	for i, text := range list {
		switch kind {
		case engine.Integer:
			n, err := strconv.ParseInt(text, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%q is no integer", text)
			}
			out[i] = starlark.MakeInt64(n)
		case engine.Boolean:
			out[i] = starlark.Bool(text == "true")
		case engine.Binary:
			out[i] = starlark.Bytes(text)
		default:
			out[i] = starlark.String(text)
		}
	}
	return out, nil
}

// kept turns a value of a script, or a list of them, into values of an
// attribute. None and an empty list are no values.
func kept(kind engine.AttributeKind, v starlark.Value) ([]string, error) {
	if v == starlark.None {
		return nil, nil
	}
	var list []string
	for v := range elements(v) {
		text, err := text(v)
		if err != nil {
			return nil, err
		}
		if !fits(kind, v) {
			return nil, fmt.Errorf("a %s is no value of it", v.Type())
		}
		list = append(list, text)
	}
	return list, nil
}

// elements goes through a list or tuple; anything else is its own element.
func elements(v starlark.Value) func(func(starlark.Value) bool) {
	switch seq := v.(type) {
	case *starlark.List:
		return seq.Elements()
	case starlark.Tuple:
		return seq.Elements()
	case *starlark.Set:
		return seq.Elements()
	}
	return func(yield func(starlark.Value) bool) { yield(v) }
}

func fits(kind engine.AttributeKind, v starlark.Value) bool {
	switch v.(type) {
	case starlark.Int:
		return kind == engine.Integer
	case starlark.Bool:
		return kind == engine.Boolean
	case starlark.Bytes:
		return kind == engine.Binary
	}
	return kind == engine.String || kind == engine.Reference
}

// text is the form of a value in attributes.
func text(v starlark.Value) (string, error) {
	switch v := v.(type) {
	case starlark.String:
		return string(v), nil
	case starlark.Bytes:
		return string(v), nil
	case starlark.Bool:
		return strconv.FormatBool(bool(v)), nil
	case starlark.Int:
		n, ok := v.Int64()
		if !ok {
			return "", fmt.Errorf("%s does not fit into 64 bits", v)
		}
		return strconv.FormatInt(n, 10), nil
	}
	return "", fmt.Errorf("a %s is no value", v.Type())
}

// texts turns what a join mapping returned into values to search for.
func texts(v starlark.Value) ([]string, error) {
	if v == starlark.None {
		return nil, nil
	}
	var list []string
	for v := range elements(v) {
		t, err := text(v)
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, nil
}
