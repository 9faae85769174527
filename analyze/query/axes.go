package query

import (
	"slices"
	"strings"
)

// axis is a direction of a step.
type axis int

const (
	ancestor axis = iota
	ancestorOrSelf
	attribute
	child
	descendant
	descendantOrSelf
	following
	followingSibling
	parent
	preceding
	precedingSibling
	self
)

// axes are the names of the axes. That of namespaces has no nodes here.
var axes = []string{"ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
	"following-sibling", "parent", "preceding", "preceding-sibling", "self"}

// test is which nodes of an axis a step selects.
type test struct {
	kind testKind
	name string
}

type testKind byte

const (
	none        testKind = iota // comments and processing instructions: the tree has none
	anyNode                     // node()
	textNode                    // text()
	anyName                     // *
	anyOfPrefix                 // p:*
	named
)

// selects tells whether the test selects a node of an axis.
func (x test) selects(n *node, a axis) bool {
	switch x.kind {
	case anyNode:
		return true
	case textNode:
		return n.kind == Text
	case none:
		return false
	}
	principal := Element
	if a == attribute {
		principal = Attribute
	}
	return n.kind == principal && (x.kind == anyName || x.kind == named && n.name == x.name || x.kind == anyOfPrefix && strings.HasPrefix(n.name, x.name))
}

// step is a step of a path.
type step struct {
	axis       axis
	test       test
	predicates []expr
}

// path is a path of steps.
type path struct {
	start    expr // nil for the node that the path is seen from
	absolute bool
	steps    []step
}

func (p *path) gives() kind { return nodeSet }

// add adds a step. "//x" is read as descendant::x, which is the same unless a
// condition asks for positions, and much faster.
func (p *path) add(s step) {
	if last := len(p.steps) - 1; last >= 0 && s.axis == child && len(s.predicates) == 0 &&
		p.steps[last].axis == descendantOrSelf && p.steps[last].test.kind == anyNode && len(p.steps[last].predicates) == 0 {
		p.steps[last] = step{axis: descendant, test: s.test}
		return
	}
	p.steps = append(p.steps, s)
}

func (p *path) eval(c scope) value {
	set := []int32{c.node}
	switch {
	case p.start != nil:
		set = p.start.eval(c).set
	case p.absolute:
		set = []int32{0}
	}
	for i := range p.steps {
		set = c.tree.step(set, &p.steps[i])
	}
	return value{kind: nodeSet, set: set}
}

// step takes a step from every node of a set.
func (t *tree) step(set []int32, s *step) []int32 {
	var out []int32
	for _, from := range set {
		first := len(out)
		t.each(from, s.axis, func(at int32) {
			t.look()
			if s.test.selects(&t.nodes[at], s.axis) {
				out = append(out, at)
			}
		})
		for _, p := range s.predicates {
			out = out[:first+len(t.keep(out[first:], p))]
		}
		if s.axis.reverse() {
			slices.Reverse(out[first:])
		}
	}
	return ordered(out)
}

// reverse tells whether the axis counts against the order of the document.
func (a axis) reverse() bool {
	return a == ancestor || a == ancestorOrSelf || a == preceding || a == precedingSibling
}

// each visits the nodes of an axis, in its order.
func (t *tree) each(from int32, a axis, visit func(int32)) {
	n := &t.nodes[from]
	switch a {
	case self:
		visit(from)
	case parent:
		if from != 0 {
			visit(n.parent)
		}
	case ancestor, ancestorOrSelf:
		if a == ancestorOrSelf {
			visit(from)
		}
		for at := from; at != 0; {
			at = t.nodes[at].parent
			visit(at)
		}
	case attribute:
		for at := n.attr; at != 0; at = t.nodes[at].next {
			visit(at)
		}
	case child:
		for at := n.first; at != 0; at = t.nodes[at].next {
			visit(at)
		}
	case followingSibling, precedingSibling:
		t.siblings(n, a, visit)
	case descendant, descendantOrSelf:
		if a == descendantOrSelf {
			visit(from)
		}
		if n.kind == Element || n.kind == Root {
			t.between(from+1, t.end(from), visit)
		}
	case following:
		next := from + 1 // of an attribute: what is in its element follows
		if n.kind != Attribute {
			next = t.end(from)
		}
		t.between(next, int32(len(t.nodes)), visit)
	case preceding:
		t.before(from, visit)
	}
}

// siblings visits those of a node in one direction; attributes have none.
func (t *tree) siblings(n *node, a axis, visit func(int32)) {
	if n.kind == Attribute {
		return
	}
	if a == followingSibling {
		for at := n.next; at != 0; at = t.nodes[at].next {
			visit(at)
		}
		return
	}
	for at := n.prev; at != 0; at = t.nodes[at].prev {
		visit(at)
	}
}

// between visits the nodes from one to before another, attributes aside.
func (t *tree) between(from, to int32, visit func(int32)) {
	for at := from; at < to; at++ {
		if t.nodes[at].kind != Attribute {
			visit(at)
		}
	}
}

// before visits the nodes before one, from the last, that do not hold it.
func (t *tree) before(from int32, visit func(int32)) {
	holds := t.nodes[from].parent
	for at := from - 1; at > 0; at-- {
		switch {
		case at == holds:
			holds = t.nodes[at].parent
		case t.nodes[at].kind != Attribute:
			visit(at)
		}
	}
}
