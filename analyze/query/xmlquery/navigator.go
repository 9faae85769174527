package xmlquery

import (
	"errors"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"
)

// navigator is the navigator of the library, which looks at the context now and
// then: an expression may take for ever.
type navigator struct {
	*xmlquery.NodeNavigator
	engine *Engine
}

// from returns a navigator that stands at a node of the run. The only place to
// begin at is the root, so it goes on from where the last one stood: results
// come in document order.
func (e *Engine) from(number int) *navigator {
	element, attribute := number, 0
	for e.nodes[element] == nil { // attributes have no node of their own
		element--
		attribute++
	}
	if e.last == nil || e.numbers[e.last.Current()] > element {
		e.last = xmlquery.CreateXPathNavigator(e.nodes[0])
	}
	for e.numbers[e.last.Current()] < element && forward(e.last) {
	}
	n := &navigator{e.last.Copy().(*xmlquery.NodeNavigator), e}
	if n.Current() != e.nodes[element] {
		panic(failed{errors.New("the library has no way to the node")})
	}
	for range attribute {
		n.MoveToNextAttribute()
	}
	return n
}

// forward moves to the next node in document order.
func forward(n *xmlquery.NodeNavigator) bool {
	if n.MoveToChild() {
		return true
	}
	for !n.MoveToNext() {
		if !n.MoveToParent() {
			return false
		}
	}
	return true
}

// number is the number of the node that a navigator stands at.
func (e *Engine) number(n *navigator) int {
	at := e.numbers[n.Current()]
	if n.NodeType() != xpath.AttributeNode {
		return at
	}
	for i, a := range n.Current().Attr {
		if a.Name.Local == n.LocalName() && a.Name.Space == n.Prefix() {
			return at + 1 + i
		}
	}
	return at
}

// lookEvery is how many moves are made between two looks at the context.
const lookEvery = 4096

func (n *navigator) look() {
	if n.engine.steps++; n.engine.steps < lookEvery {
		return
	}
	n.engine.steps = 0
	if err := n.engine.ctx.Err(); err != nil {
		panic(failed{err})
	}
}

// Copy returns a navigator at the same place.
func (n *navigator) Copy() xpath.NodeNavigator {
	n.look()
	return &navigator{n.NodeNavigator.Copy().(*xmlquery.NodeNavigator), n.engine}
}

// MoveTo moves to where another navigator stands.
func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	o, ok := other.(*navigator)
	return ok && n.NodeNavigator.MoveTo(o.NodeNavigator)
}

// MoveToRoot moves to the root, also from an attribute, where that of the
// library stays on it.
func (n *navigator) MoveToRoot() {
	n.NodeNavigator.MoveToParent()
	n.NodeNavigator.MoveToRoot()
}

// MoveToChild moves to the first child.
func (n *navigator) MoveToChild() bool {
	n.look()
	return n.NodeNavigator.MoveToChild()
}

// MoveToNext moves to the next sibling.
func (n *navigator) MoveToNext() bool {
	n.look()
	return n.NodeNavigator.MoveToNext()
}

// MoveToParent moves to the parent.
func (n *navigator) MoveToParent() bool {
	n.look()
	return n.NodeNavigator.MoveToParent()
}
