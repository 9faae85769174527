package extension

import (
	"errors"
	"fmt"
	"slices"

	"go.starlark.net/starlark"

	"github.com/runhist/runhist/analyze/engine"
)

// connectors are the connectors of a metaverse entry in one agent. What a
// script goes through are those that there were when it began.
type connectors struct {
	x     *Extensions
	mv    engine.MVEntry
	agent string
}

var (
	_ starlark.Sequence  = (*connectors)(nil)
	_ starlark.Indexable = (*connectors)(nil)
	_ starlark.HasAttrs  = (*connectors)(nil)
)

func (c *connectors) list() []starlark.Value {
	found := c.mv.Connectors(c.agent)
	list := make([]starlark.Value, len(found))
	for i, one := range found {
		list[i] = c.x.newConnector(one)
	}
	return list
}

func (c *connectors) String() string             { return "connectors in " + c.agent }
func (c *connectors) Type() string               { return "connectors" }
func (c *connectors) Freeze()                    {}
func (c *connectors) Truth() starlark.Bool       { return c.Len() > 0 }
func (c *connectors) Hash() (uint32, error)      { return 0, errors.New("unhashable: connectors") }
func (c *connectors) Len() int                   { return len(c.mv.Connectors(c.agent)) }
func (c *connectors) Index(i int) starlark.Value { return c.list()[i] }
func (c *connectors) Iterate() starlark.Iterator {
	return starlark.NewList(c.list()).Iterate()
}

// AttrNames implements starlark.HasAttrs.
func (c *connectors) AttrNames() []string { return []string{"count", "new_connector"} }

// Attr implements starlark.HasAttrs.
func (c *connectors) Attr(name string) (starlark.Value, error) {
	switch name {
	case "count":
		return starlark.MakeInt(c.Len()), nil
	case "new_connector":
		return starlark.NewBuiltin(name, c.newConnector), nil
	}
	return nil, nil
}

// newConnector implements new_connector(type, dn=, initial=, catch=).
func (c *connectors) newConnector(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	var typ, dn string
	var initial *starlark.Dict
	var catch bool
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, "type", &typ, "dn?", &dn, "initial?", &initial, "catch?", &catch); err != nil {
		return nil, err
	}
	var attrs []engine.Attr
	if initial != nil {
		for _, item := range initial.Items() {
			name, ok := starlark.AsString(item[0])
			if !ok {
				return nil, fmt.Errorf("initial: an attribute is named by a string, not by a %s", item[0].Type())
			}
			list, err := texts(item[1])
			if err != nil {
				return nil, fmt.Errorf("initial: %s: %w", name, err)
			}
			attrs = append(attrs, engine.Attr{Name: name, Values: list})
		}
	}
	made, err := c.mv.NewConnector(c.agent, typ, dn, attrs)
	if err != nil {
		return starlark.None, caught(err, catch)
	}
	return c.x.newConnector(made), nil
}

// caught is nil for a provisioning that failed if the script catches it.
func caught(err error, catch bool) error {
	var failed *engine.ProvisionError
	if catch && errors.As(err, &failed) {
		return nil
	}
	return err
}

// newConnector is a connector in a script: a connector space entry that can be
// renamed and deprovisioned.
func (x *Extensions) newConnector(c engine.Connector) *entry {
	e := x.newCS(c)
	plain := e.attr
	e.names = slices.Sorted(slices.Values(append([]string{"deprovision", "rename"}, e.names...)))
	e.attr = func(name string) starlark.Value {
		switch name {
		case "rename":
			return starlark.NewBuiltin(name, func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				var dn string
				var catch bool
				if err := starlark.UnpackArgs(b.Name(), args, kwargs, "dn", &dn, "catch?", &catch); err != nil {
					return nil, err
				}
				err := c.Rename(dn)
				return starlark.Bool(err == nil), caught(err, catch)
			})
		case "deprovision":
			return starlark.NewBuiltin(name, func(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
				if err := starlark.UnpackArgs(b.Name(), args, kwargs); err != nil {
					return nil, err
				}
				return starlark.None, c.Deprovision()
			})
		}
		return plain(name)
	}
	return e
}
