package diff

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	rd "github.com/runhist/runhist/schemas/rundetails"
	"github.com/runhist/runhist/schemas/source"
)

// Apply returns A with the differences of the tree: B, or what is the same as
// B. The tree must come from a comparison with these runs; another one is an
// error. Nothing that was ignored changes.
func Apply(runs []*rd.Run, t *Tree) (*rd.History, error) {
	out := newTakeOut()
	w := &walker{sink: out, records: true}
	w.history(runs)
	root := out.root.Children[0]
	if t.Root != nil {
		if err := apply(root, t.Root); err != nil {
			return nil, fmt.Errorf("apply a difference: %w", err)
		}
	}
	var b bytes.Buffer
	root.writeXML(&b)
	limits := source.DefaultLimits()
	limits.Depth = 1 << 20 // the model was read before
	h, faults, err := rd.Read(&b, limits)
	if err == nil && len(faults) > 0 {
		err = fmt.Errorf("what comes of it is no document: %s", faults[0].Message)
	}
	return h, err
}

// apply makes the differences inside a node in the element.
func apply(e *Element, n *Node) error {
	if n.Action == Change {
		e.Text, e.Kind = n.After, max(n.Kind, Text)
	}
	gone := map[*Element]bool{}
	var come []*Node
	at := map[placed]*Element{}
	for _, c := range e.Children {
		at[placed{c.Name, c.index}] = c
	}
	for _, c := range n.Children {
		if c.Action == Keep {
			continue
		}
		if c.Name[0] == '@' {
			applyAttribute(e, c)
			continue
		}
		if c.Action == Add {
			come = append(come, c)
			continue
		}
		child := at[placed{c.Name, c.A.Index}]
		if child == nil {
			return fmt.Errorf("there is no %s[%d] in %s", c.Name, c.A.Index, e.Name)
		}
		if c.Action == Remove {
			gone[child] = true
			continue
		}
		if err := apply(child, c); err != nil {
			return err
		}
	}
	e.Children = slices.DeleteFunc(e.Children, func(c *Element) bool { return gone[c] })
	e.insert(come)
	return nil
}

type placed struct {
	name  string
	index int
}

func applyAttribute(e *Element, n *Node) {
	name := n.Name[1:]
	i := slices.IndexFunc(e.Attributes, func(a Attribute) bool { return a.Name == name })
	switch {
	case n.Action == Remove && i >= 0:
		e.Attributes = slices.Delete(e.Attributes, i, i+1)
	case i >= 0:
		e.Attributes[i].Value = n.After
	case n.Action != Remove:
		e.Attributes = append(e.Attributes, Attribute{Name: name, Value: n.After})
	}
}

// insert puts elements among those of their names at the places that they have
// in B.
func (e *Element) insert(come []*Node) {
	if len(come) == 0 {
		return
	}
	byName := map[string][]*Element{}
	var order []string
	add := func(c *Element) {
		if byName[c.Name] == nil {
			order = append(order, c.Name)
		}
		byName[c.Name] = append(byName[c.Name], c)
	}
	for _, c := range e.Children {
		add(c)
	}
	slices.SortStableFunc(come, func(x, y *Node) int { return cmp.Compare(x.B.Index, y.B.Index) })
	fresh := map[string][]*Node{}
	for _, n := range come {
		if byName[n.Name] == nil && fresh[n.Name] == nil {
			order = append(order, n.Name)
		}
		fresh[n.Name] = append(fresh[n.Name], n)
	}
	e.Children = nil
	for _, name := range order {
		rest := byName[name]
		at := 0
		for _, n := range fresh[name] {
			for at+1 < n.B.Index && len(rest) > 0 {
				e.Children = append(e.Children, rest[0])
				rest, at = rest[1:], at+1
			}
			e.Children = append(e.Children, n.Element)
			at++
		}
		e.Children = append(e.Children, rest...)
	}
}
