// Package xmlquery is the second opinion on a query: github.com/antchfx/xmlquery
// and its XPath, asked about the runs that package query reads.
//
// An [Engine] makes the nodes of that library out of a run and hands its
// answers back by the numbers of ours, so that they have the same places in the
// file. It is the only package that imports the library outside of tests. It
// ends an evaluation when its context ends, and turns a panic of the library
// into an error.
//
// # Where the library is wrong
//
// Version 1.3.9 of its XPath departs from XPath 1.0 in the ways below; the
// table in departures_test.go has expressions for each, and proves both sides.
//
//   - Positions are counted below each parent, not in the whole set, when they
//     are asked of a set in parentheses or of an axis other than child:
//     (//b)[position() < 3], (//b)[last() - 1], ancestor::*[last()].
//   - Positions behind another condition are counted over all parents
//     together: //b[. > 1][1].
//   - A node that is reached in several ways is counted as often:
//     count(//@n/..), count(//*//*//d), count(//b/following::*).
//   - Nodes of a union, or reached backwards, do not stand in document order, so
//     that the first of them is another one: (//f | //a)[1], string(//f | //a).
//   - Comparing nodes with truth values, and a number before nodes: 2 < //b.
//   - not() of a text or number, number('1e3'), string(/).
//   - It has no upper-case() and no string-length() or number() without
//     argument; queries with them have no second opinion.
package xmlquery

import (
	"context"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/antchfx/xmlquery"
	"github.com/antchfx/xpath"

	"github.com/runhist/runhist/analyze/query"
)

// Engine evaluates by the library. It serves one [query.Reader].
type Engine struct {
	ctx     context.Context
	steps   int // of the evaluation, since the context was looked at
	nodes   []*xmlquery.Node
	numbers map[*xmlquery.Node]int
	last    *xmlquery.NodeNavigator // where the last evaluation began
}

// New returns an engine.
func New() *Engine { return &Engine{} }

// Name is what messages call the engine.
func (e *Engine) Name() string { return "xmlquery" }

// Begin makes the nodes of a run.
func (e *Engine) Begin(ctx context.Context, run query.Run) {
	e.ctx, e.last = ctx, nil
	e.nodes = append(e.nodes[:0], make([]*xmlquery.Node, run.Len())...)
	e.numbers = make(map[*xmlquery.Node]int, run.Len())
	for i := range e.nodes {
		n := run.Node(i)
		prefix, local, prefixed := strings.Cut(n.Name, ":")
		if !prefixed {
			prefix, local = "", n.Name
		}
		if n.Kind == query.Attribute {
			element := e.nodes[n.Parent]
			element.Attr = append(element.Attr, xmlquery.Attr{Name: xml.Name{Space: prefix, Local: local}, Value: n.Value})
			continue
		}
		node := &xmlquery.Node{Type: xmlquery.ElementNode, Prefix: prefix, Data: local}
		switch n.Kind {
		case query.Root:
			node.Type = xmlquery.DocumentNode
		case query.Text:
			node.Type, node.Data = xmlquery.TextNode, n.Value
		}
		if i > 0 {
			xmlquery.AddChild(e.nodes[n.Parent], node)
		}
		e.nodes[i], e.numbers[node] = node, i
	}
}

// Compile reads an expression.
func (e *Engine) Compile(text string) (evaluate query.SecondExpr, err error) {
	defer contain(&err)
	compiled, err := xpath.Compile(text)
	if err != nil {
		return nil, err
	}
	return func(node int) (query.Answer, error) { return e.evaluate(compiled, node) }, nil
}

// evaluate evaluates an expression seen from a node.
func (e *Engine) evaluate(compiled *xpath.Expr, node int) (answer query.Answer, err error) {
	defer contain(&err)
	switch v := compiled.Evaluate(e.from(node)).(type) {
	case *xpath.NodeIterator:
		for v.MoveNext() {
			answer.Nodes = append(answer.Nodes, e.number(v.Current().(*navigator)))
		}
	case string, float64, bool:
		answer.Value = v
	default:
		return answer, fmt.Errorf("the answer is a %T", v)
	}
	return answer, nil
}

// failed is what an evaluation panics with that its context ended.
type failed struct{ error }

// contain makes an error of a panic.
func contain(err *error) {
	switch broken := recover().(type) {
	case nil:
	case failed:
		*err = broken.error
	default:
		*err = fmt.Errorf("the library panicked: %v", broken)
	}
}
