package query

import (
	"context"
	"strings"

	"github.com/runhist/runhist/schemas/forms"
	"github.com/runhist/runhist/schemas/source"
)

// tree is one run. Nodes stand in document order, so that their numbers are
// their order; attributes stand behind their element.
type tree struct {
	ctx   context.Context
	steps int // of the evaluation, since the context was looked at

	nodes  []node
	text   []byte // of attributes and text nodes
	names  map[string]string
	run    int32  // the run-details
	path   string // of the run-details in its document
	origin *forms.Origin
}

// node is a node; the links are 0 for none, as 0 is the root.
type node struct {
	kind                     Kind
	name                     string // as written
	index                    uint32 // position for paths; 0 where the name is not known
	known                    bool   // the index counts siblings of this name
	line, column             uint32
	from, to                 uint32 // text of an attribute or text node
	parent, prev, next       int32
	first, last, attr, attrs int32 // children; the first and last attribute
}

// reset empties the tree. A tree that has grown huge is let go.
func (t *tree) reset() {
	const kept = 1 << 20
	if cap(t.nodes) > kept {
		t.nodes, t.text = nil, nil
	}
	t.nodes = append(t.nodes[:0], node{kind: Root})
	t.text = t.text[:0]
	clear(t.names)
}

// intern keeps one copy of each name.
func (t *tree) intern(name string) string {
	if known, ok := t.names[name]; ok {
		return known
	}
	name = strings.Clone(name)
	t.names[name] = name
	return name
}

// add appends a child to a parent.
func (t *tree) add(parent int32, n node) int32 {
	at := int32(len(t.nodes))
	n.parent = parent
	p := &t.nodes[parent]
	if n.kind == Attribute {
		n.prev = p.attrs
		if p.attr == 0 {
			p.attr = at
		} else {
			t.nodes[p.attrs].next = at
		}
		p.attrs = at
	} else {
		n.prev = p.last
		if p.first == 0 {
			p.first = at
		} else {
			t.nodes[p.last].next = at
		}
		p.last = at
	}
	t.nodes = append(t.nodes, n)
	return at
}

// element appends the element that the reader is at.
func (t *tree) element(parent int32, r *source.Reader) int32 {
	pos := r.Pos()
	at := t.add(parent, node{kind: Element, name: t.intern(r.Name()), index: r.Index(), known: r.Sym() != 0, line: pos.Line, column: pos.Column})
	for i := range r.Attrs() {
		a := &r.Attrs()[i]
		if a.Space == source.XMLNSNamespace {
			continue
		}
		from := uint32(len(t.text))
		t.text = append(t.text, a.Value...)
		t.add(at, node{kind: Attribute, name: t.intern(string(a.Name)), line: a.Pos.Line, column: a.Pos.Column, from: from, to: uint32(len(t.text))})
	}
	return at
}

// data appends character data.
func (t *tree) data(parent int32, text []byte, pos source.Pos) {
	from := uint32(len(t.text))
	t.text = append(t.text, text...)
	t.add(parent, node{kind: Text, line: pos.Line, column: pos.Column, from: from, to: uint32(len(t.text))})
}

// own is the text of an attribute or text node. It is a copy, as
// results may be kept.
func (t *tree) own(n *node) string { return string(t.text[n.from:n.to]) }

// value is the string value of a node.
func (t *tree) value(at int32) string {
	n := &t.nodes[at]
	switch {
	case n.kind == Attribute || n.kind == Text:
		return t.own(n)
	case n.first == 0:
		return ""
	case n.first == n.last && t.nodes[n.first].kind == Text:
		return t.own(&t.nodes[n.first])
	}
	var b strings.Builder
	for i := at + 1; i < t.end(at); i++ {
		if c := &t.nodes[i]; c.kind == Text {
			b.Write(t.text[c.from:c.to])
		}
	}
	return b.String()
}

// end is the number behind the last node below one.
func (t *tree) end(at int32) int32 {
	for n := at; n != 0; n = t.nodes[n].parent {
		if next := t.nodes[n].next; next != 0 {
			return next
		}
	}
	return int32(len(t.nodes))
}

// leaf tells whether an element has neither elements nor attributes.
func (t *tree) leaf(at int32) bool {
	n := &t.nodes[at]
	return n.attr == 0 && (n.first == 0 || n.first == n.last && t.nodes[n.first].kind == Text)
}

// pathOf is the path of a node in its document.
func (t *tree) pathOf(at int32) string {
	n := &t.nodes[at]
	switch {
	case at == 0:
		return "/"
	case at == t.run:
		return t.path
	case at < t.run && n.kind == Element: // what is around the run
		above := t.path[:strings.LastIndexByte(t.path, '/')]
		if above == "" {
			return "/"
		}
		return above
	}
	parent := t.pathOf(n.parent)
	switch n.kind {
	case Attribute:
		return parent + "/@" + n.name
	case Text:
		return parent + "/text()"
	}
	name := n.name
	if !n.known {
		name = ""
	}
	return string(source.AppendStep([]byte(parent), name, n.index))
}

// result describes a node.
func (t *tree) result(at int32) *Result {
	n := &t.nodes[at]
	pos := t.origin.At(source.Pos{Line: max(n.line, 1), Column: max(n.column, 1)})
	r := &Result{Line: pos.Line, Column: pos.Column, Path: t.pathOf(at), Name: n.name, Value: t.value(at), tree: t, node: at}
	r.Kind = n.kind
	return r
}

// lookEvery is how many steps are made between two looks at the context.
const lookEvery = 4096

// look ends the evaluation when its context has ended: an expression may take
// for ever.
func (t *tree) look() {
	if t.steps++; t.steps < lookEvery {
		return
	}
	t.steps = 0
	if err := t.ctx.Err(); err != nil {
		panic(failed{err})
	}
}
