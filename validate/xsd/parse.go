package xsd

import (
	"bytes"
	"fmt"

	"github.com/runhist/runhist/schemas/source"
)

const schemaNamespace = "http://www.w3.org/2001/XMLSchema"

// node is an element of a schema file.
type node struct {
	name     string // local name in the schema namespace
	line     uint32
	attrs    map[string]string
	children []*node
}

func (n *node) attr(name string) string { return n.attrs[name] }

// errorf is an error at the node.
func (n *node) errorf(format string, args ...any) error {
	return fmt.Errorf("schema line %d: <xs:%s>: %s", n.line, n.name, fmt.Sprintf(format, args...))
}

// known refuses attributes outside the list, so that no meaning is lost.
func (n *node) known(names ...string) error {
next:
	for attr := range n.attrs {
		for _, name := range names {
			if attr == name {
				continue next
			}
		}
		return n.errorf("the attribute %s is not supported", attr)
	}
	return nil
}

// parse reads a schema file into nodes; annotations are left out.
func parse(xsd []byte) (*node, error) {
	var fault *source.Fault
	r := source.NewReader(source.NewVocabulary(), source.DefaultLimits(), func(f source.Fault) {
		if fault == nil {
			fault = &f
		}
	})
	r.Reset(bytes.NewReader(xsd))
	top := &node{}
	open := []*node{top}
	skip := 0
	for {
		switch r.Next() {
		case source.StartElement:
			if skip > 0 || r.Space() != schemaNamespace || local(r.Name()) == "annotation" {
				skip++
				continue
			}
			n := &node{name: local(r.Name()), line: r.Pos().Line, attrs: map[string]string{}}
			for _, a := range r.Attrs() {
				if a.Space == "" {
					n.attrs[string(a.Name)] = string(a.Value)
				}
			}
			parent := open[len(open)-1]
			parent.children = append(parent.children, n)
			open = append(open, n)
		case source.EndElement:
			if skip > 0 {
				skip--
				continue
			}
			open = open[:len(open)-1]
		case source.EndDocument:
			if len(top.children) != 1 || top.children[0].name != "schema" {
				return nil, fmt.Errorf("the document is no XML schema")
			}
			return top.children[0], nil
		case source.Stop:
			if fault != nil {
				return nil, fmt.Errorf("schema line %d: %s", fault.Pos.Line, fault.Message)
			}
			return nil, r.Err()
		}
	}
}

// local is a name without its prefix.
func local(name string) string {
	for i := range name {
		if name[i] == ':' {
			return name[i+1:]
		}
	}
	return name
}
