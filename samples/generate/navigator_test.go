package generate

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/antchfx/xpath"
)

// node is an element, a text or the root of a document, for XPath.
type node struct {
	name, text                string
	attrs                     []xml.Attr
	parent, prev, next, first *node
	last                      *node
}

func parse(t *testing.T, document []byte) *node {
	t.Helper()
	root := &node{}
	at := root
	d := xml.NewDecoder(bytes.NewReader(document))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return root
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			at = at.add(&node{name: x.Name.Local, attrs: x.Copy().Attr})
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			if at.parent != nil {
				at.add(&node{text: string(x)})
			}
		}
	}
}

func (n *node) add(child *node) *node {
	child.parent, child.prev = n, n.last
	if n.last == nil {
		n.first = child
	} else {
		n.last.next = child
	}
	n.last = child
	return child
}

func (n *node) value() string {
	if n.first == nil {
		return n.text
	}
	var b strings.Builder
	for c := n.first; c != nil; c = c.next {
		b.WriteString(c.value())
	}
	return b.String()
}

// navigator walks over nodes for package xpath.
type navigator struct {
	root, at *node
	attr     int // -1 for the node itself
}

func (n *navigator) NodeType() xpath.NodeType {
	switch {
	case n.attr >= 0:
		return xpath.AttributeNode
	case n.at.parent == nil:
		return xpath.RootNode
	case n.at.name == "":
		return xpath.TextNode
	}
	return xpath.ElementNode
}

func (n *navigator) LocalName() string {
	if n.attr >= 0 {
		return n.at.attrs[n.attr].Name.Local
	}
	return n.at.name
}

func (n *navigator) Prefix() string { return "" }

func (n *navigator) Value() string {
	if n.attr >= 0 {
		return n.at.attrs[n.attr].Value
	}
	return n.at.value()
}

func (n *navigator) Copy() xpath.NodeNavigator {
	c := *n
	return &c
}

func (n *navigator) MoveToRoot() { n.at, n.attr = n.root, -1 }

func (n *navigator) to(next *node) bool {
	if n.attr >= 0 || next == nil {
		return false
	}
	n.at = next
	return true
}

func (n *navigator) MoveToParent() bool {
	if n.attr >= 0 {
		n.attr = -1
		return true
	}
	return n.to(n.at.parent)
}

func (n *navigator) MoveToNextAttribute() bool {
	if n.attr+1 >= len(n.at.attrs) {
		return false
	}
	n.attr++
	return true
}

func (n *navigator) MoveToChild() bool    { return n.to(n.at.first) }
func (n *navigator) MoveToNext() bool     { return n.to(n.at.next) }
func (n *navigator) MoveToPrevious() bool { return n.to(n.at.prev) }

func (n *navigator) MoveToFirst() bool {
	if n.attr >= 0 || n.at.prev == nil {
		return false
	}
	n.at = n.at.parent.first
	return true
}

func (n *navigator) MoveTo(other xpath.NodeNavigator) bool {
	o, ok := other.(*navigator)
	if !ok || o.root != n.root {
		return false
	}
	*n = *o
	return true
}
