package query

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/runhist/runhist/schemas/source"
)

// SecondEngine is another implementation of XPath, which a [Reader] asks
// beside the one of this package or in its place. It serves one reader.
type SecondEngine interface {
	// Name is what messages call the engine.
	Name() string
	// Compile reads an expression.
	Compile(xpath string) (SecondExpr, error)
	// Begin is told of the run that is queried next. The evaluations that
	// follow end when the context does.
	Begin(ctx context.Context, run Run)
}

// SecondExpr evaluates an expression on the run under way, seen from a node.
type SecondExpr func(node int) (Answer, error)

// Answer is what an engine says.
type Answer struct {
	Value any   // a string, a float64 or a bool; nil when the answer is nodes
	Nodes []int // by their numbers, in any order
}

// Run is a run as another engine sees it. Nodes are numbered from 0, the root,
// in document order; attributes stand behind their element.
type Run struct{ tree *tree }

// Len is the number of nodes.
func (r Run) Len() int { return len(r.tree.nodes) }

// RunNode is a node of a [Run].
type RunNode struct {
	Kind   Kind // Root, Element, Attribute or Text
	Parent int  // of an attribute its element
	Name   string
	Value  string // of an attribute or text
}

// Node returns a node.
func (r Run) Node(number int) RunNode {
	n := &r.tree.nodes[number]
	return RunNode{Kind: n.kind, Parent: int(n.parent), Name: n.name, Value: r.tree.own(n)}
}

// Disagreement is where the engines give different answers.
type Disagreement struct {
	Pos                 source.Pos // of the run, or of the result that a column belongs to
	XPath               string
	Second, Ours, Other string // the name of the engine, and what both say
}

// maxDisagreements is how many disagreements of an input are kept.
const maxDisagreements = 20

// second is another engine at work.
type second struct {
	engine  SecondEngine
	replace bool
	expr    SecondExpr
	columns []SecondExpr
}

// Consult makes the reader ask another engine from the next input on. Its
// answers are held against ours, and where they differ the outcome has a
// [Disagreement] and ours counts; or they stand in the place of ours. The error
// is that of an expression which the engine does not take.
func (r *Reader) Consult(engine SecondEngine, replace bool) error {
	s := &second{engine: engine, replace: replace}
	var err error
	if s.expr, err = engine.Compile(r.query.text); err != nil {
		return fmt.Errorf("%s does not take %s: %w", engine.Name(), r.query.text, err)
	}
	for _, c := range r.query.columns {
		e, err := engine.Compile(c.XPath)
		if err != nil {
			return fmt.Errorf("column %s: %s does not take %s: %w", c.Name, engine.Name(), c.XPath, err)
		}
		s.columns = append(s.columns, e)
	}
	r.second = s
	return nil
}

// evaluate evaluates the expression of the query, or one of its columns, by
// the engines that were asked for.
func (r *Reader) evaluate(xpath string, ours expr, theirs SecondExpr, at int32) (v value, err error) {
	t := &r.tree
	if r.second == nil || !r.second.replace {
		if v, err = t.evaluate(ours, at); err != nil {
			return v, err
		}
	}
	if r.second == nil {
		return v, nil
	}
	answer, err := theirs(int(at))
	if err != nil {
		return v, fmt.Errorf("%s: %s: %w", r.second.engine.Name(), xpath, err)
	}
	other := answer.value()
	if r.second.replace {
		return other, nil
	}
	if v.same(other) {
		return v, nil
	}
	if len(r.outcome.Disagreements) == maxDisagreements {
		r.outcome.MoreDisagreements++
		return v, nil
	}
	n := &t.nodes[at]
	d := Disagreement{Pos: t.origin.At(source.Pos{Line: max(n.line, 1), Column: max(n.column, 1)}), XPath: xpath, Second: r.second.engine.Name()}
	d.Ours, d.Other = t.describe(v, other), t.describe(other, v)
	r.outcome.Disagreements = append(r.outcome.Disagreements, d)
	return v, nil
}

// value is an answer as one of our values.
func (a *Answer) value() value {
	switch v := a.Value.(type) {
	case string:
		return value{kind: text, text: v}
	case float64:
		return value{kind: number, number: v}
	case bool:
		return value{kind: boolean, boolean: v}
	}
	set := make([]int32, len(a.Nodes))
	for i, n := range a.Nodes {
		set[i] = int32(n)
	}
	return value{kind: nodeSet, set: ordered(set)}
}

// same tells whether two values are.
func (v *value) same(o value) bool {
	return v.kind == o.kind && v.text == o.text && v.boolean == o.boolean && slices.Equal(v.set, o.set) &&
		(v.number == o.number || math.IsNaN(v.number) && math.IsNaN(o.number))
}

// maxDescribed is how many nodes of an answer are named.
const maxDescribed = 5

// describe is an answer in words: of nodes those that the other one has not.
func (t *tree) describe(v, other value) string {
	switch v.kind {
	case text:
		return strconv.Quote(v.text)
	case number:
		return "the number " + t.string(v)
	case boolean:
		return t.string(v)
	}
	var b strings.Builder
	b.WriteString(strconv.Itoa(len(v.set)) + " nodes")
	if len(v.set) == 1 {
		b.Reset()
		b.WriteString("1 node")
	}
	named := 0
	for _, n := range v.set {
		if _, both := slices.BinarySearch(other.set, n); both {
			continue
		}
		if named++; named > maxDescribed {
			b.WriteString(", ...")
			break
		}
		separator := ", "
		if named == 1 {
			separator = "; it alone has "
		}
		b.WriteString(separator + t.pathOf(n))
	}
	return b.String()
}
