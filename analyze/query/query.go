// Package query selects from histories by XPath, run by run.
//
// Each run becomes a small document of its own, the run-details below a
// run-history, whatever is around it in the file: so a file of any size is
// queried in the memory of its largest run, and an expression that counts or
// sums gives a value for each run. Relative paths begin at the run-details.
// White space between elements, comments and processing instructions are not
// in the tree. Every node knows its line, its column and its path in the file.
//
// The language is XPath 1.0 without variables, namespaces and id(), with a few
// functions of later versions. Its evaluation is ours: it takes nodes by their
// number in the tree, can be interrupted, and a test holds it against libxml2.
// Another implementation can be asked beside it, or in its place: that of the
// package xmlquery below this one is a [SecondEngine].
//
// The package imports schemas/forms, schemas/source, schemas/rundetails and
// schemas/spelling.
//
// The package is stable: the README says what that means.
package query

import (
	"fmt"
)

// Query is an expression and the columns of its results. It is immutable.
type Query struct {
	text    string
	expr    expr
	columns []compiled
}

// Column is a further expression that is evaluated for each result, seen from
// the node that was selected.
type Column struct {
	Name, XPath string
}

type compiled struct {
	Column
	expr expr
}

// Compile reads an expression and those of columns. The error of an expression
// that is none is a [*SyntaxError].
func Compile(text string, columns ...Column) (*Query, error) {
	q := &Query{text: text}
	var err error
	if q.expr, err = parse(text); err != nil {
		return nil, err
	}
	for _, c := range columns {
		expr, err := parse(c.XPath)
		if err != nil {
			return nil, fmt.Errorf("column %s: %w", c.Name, err)
		}
		q.columns = append(q.columns, compiled{c, expr})
	}
	return q, nil
}

// Kind is what a result is.
type Kind uint8

// The kinds of results: nodes, and values that were computed.
const (
	Root Kind = iota
	Element
	Attribute
	Text
	String
	Number
	Boolean
)

// String returns the kind in a word.
func (k Kind) String() string {
	return [...]string{"root", "element", "attribute", "text", "string", "number", "boolean"}[k]
}

// Result is a node that was selected, or the value for a run.
type Result struct {
	Kind         Kind
	Line, Column uint32 // of the node, or of the run
	Path         string // of the node, or of the run, with positions
	Name         string // of an element or attribute, as written
	Value        string // the text of the node, or the value
	Columns      []string

	tree *tree
	node int32
}

// Leaf tells whether the value is all there is: not where an element has
// elements or attributes.
func (r *Result) Leaf() bool {
	return r.Kind != Element && r.Kind != Root || r.tree.leaf(r.node)
}

// XML is the element as markup, indented; it is there during the call of take
// only.
func (r *Result) XML() string { return r.tree.markup(r.node) }

// failed is what an evaluation panics with that cannot go on: its context has
// ended, or a pattern that was computed is none.
type failed struct{ error }

// run evaluates the query on the run that the tree holds. The error of take
// comes back as it is.
func (r *Reader) run() error {
	q, t := r.query, &r.tree
	var theirs SecondExpr
	if r.second != nil {
		r.second.engine.Begin(t.ctx, Run{t})
		theirs = r.second.expr
	}
	results, err := r.evaluate(q.text, q.expr, theirs, t.run)
	if err != nil {
		return err
	}
	for _, at := range results.set {
		result := t.result(at)
		if result.Columns, err = r.row(at); err != nil {
			return err
		}
		if err := r.take(result); err != nil {
			return err
		}
	}
	if results.kind == nodeSet {
		return nil
	}
	result := t.result(t.run)
	result.Kind, result.Name, result.Value = map[kind]Kind{text: String, number: Number, boolean: Boolean}[results.kind], "", t.string(results)
	if result.Columns, err = r.row(t.run); err != nil {
		return err
	}
	return r.take(result)
}

// row evaluates the columns.
func (r *Reader) row(at int32) (row []string, err error) {
	for i, c := range r.query.columns {
		var theirs SecondExpr
		if r.second != nil {
			theirs = r.second.columns[i]
		}
		v, err := r.evaluate(c.XPath, c.expr, theirs, at)
		if err != nil {
			return nil, err
		}
		row = append(row, r.tree.string(v))
	}
	return row, nil
}

// evaluate evaluates an expression, seen from a node.
func (t *tree) evaluate(e expr, at int32) (v value, err error) {
	defer contain(&err)
	return e.eval(scope{t, at, 1, 1}), nil
}

// contain makes an error of an evaluation that could not go on.
func contain(err *error) {
	switch broken := recover().(type) {
	case nil:
	case failed:
		*err = broken.error
	default:
		panic(broken)
	}
}
