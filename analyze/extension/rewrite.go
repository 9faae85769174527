package extension

import (
	"fmt"
	"math/big"

	"go.starlark.net/syntax"
)

// Names that no script can write: the built-ins that the rewritten text of a
// script calls, see operators.go. Operators go by their own text.
const (
	nameKey    = "[]"  // a key, before something is looked up by it
	nameSized  = "[:]" // a value that was copied
	nameKeep   = "keep for assignment"
	nameKept   = "assign to element"
	nameMethod = "."
)

// metered rewrites a script so that what works on values of any size goes
// through built-ins that charge for it: operators, keys, slices, arguments
// that are spread, and the methods in methodCost (costs.go). Places in the text stay.
func metered(f *syntax.File) error {
	var r rewriter
	r.statements(f.Stmts)
	return r.err
}

type rewriter struct{ err error }

func (r *rewriter) refuse(at syntax.Position, text string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s: %s", at, text)
	}
}

func (r *rewriter) statements(list []syntax.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *syntax.AssignStmt:
			r.assignment(s)
		case *syntax.DefStmt:
			r.expressions(s.Params)
			r.statements(s.Body)
		case *syntax.ExprStmt:
			s.X = r.expression(s.X)
		case *syntax.IfStmt:
			s.Cond = r.expression(s.Cond)
			r.statements(s.True)
			r.statements(s.False)
		case *syntax.ForStmt:
			s.Vars = r.target(s.Vars)
			s.X = r.expression(s.X)
			r.statements(s.Body)
		case *syntax.WhileStmt:
			s.Cond = r.expression(s.Cond)
			r.statements(s.Body)
		case *syntax.ReturnStmt:
			s.Result = r.expression(s.Result)
		}
	}
}

// assignment rewrites x = y, and x += y to x += "+="(x, y), which returns y.
func (r *rewriter) assignment(s *syntax.AssignStmt) {
	s.RHS = r.expression(s.RHS)
	if s.Op == syntax.EQ {
		s.LHS = r.target(s.LHS)
		return
	}
	op := s.Op - syntax.PLUS_EQ + syntax.PLUS
	switch lhs := unparen(s.LHS).(type) {
	case *syntax.Ident:
		s.RHS = calling(op.String()+"=", s.OpPos, &syntax.Ident{NamePos: lhs.NamePos, Name: lhs.Name}, s.RHS)
	case *syntax.IndexExpr:
		lhs.X = calling(nameKeep, lhs.Lbrack, r.expression(lhs.X))
		lhs.Y = calling(nameKeep, lhs.Lbrack, r.key(lhs.Y))
		s.RHS = calling(nameKept, s.OpPos, &syntax.Literal{Token: syntax.INT, TokenPos: s.OpPos, Value: int64(op)}, s.RHS)
	case *syntax.DotExpr:
		r.refuse(lhs.Dot, "."+lhs.Name.Name+" cannot be assigned to")
	}
}

// target rewrites what is assigned to: names, elements, or several of them.
func (r *rewriter) target(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		e.X = r.target(e.X)
	case *syntax.TupleExpr:
		for i := range e.List {
			e.List[i] = r.target(e.List[i])
		}
	case *syntax.ListExpr:
		for i := range e.List {
			e.List[i] = r.target(e.List[i])
		}
	case *syntax.IndexExpr:
		e.X, e.Y = r.expression(e.X), r.key(e.Y)
	case *syntax.DotExpr:
		e.X = r.expression(e.X)
	}
	return e
}

func (r *rewriter) expressions(list []syntax.Expr) {
	for i := range list {
		list[i] = r.expression(list[i])
	}
}

func (r *rewriter) expression(e syntax.Expr) syntax.Expr {
	switch e := e.(type) {
	case *syntax.BinaryExpr:
		return r.binary(e)
	case *syntax.UnaryExpr:
		e.X = r.expression(e.X)
		if e.X != nil && (e.Op == syntax.STAR || e.Op == syntax.STARSTAR) && !isName(e) {
			e.X = calling(nameSized, e.OpPos, e.X)
		}
	case *syntax.CallExpr:
		e.Fn = r.expression(e.Fn)
		r.expressions(e.Args)
		for _, arg := range e.Args {
			if u, ok := arg.(*syntax.UnaryExpr); ok && (u.Op == syntax.STAR || u.Op == syntax.STARSTAR) && isName(u) {
				u.X = calling(nameSized, u.OpPos, u.X)
			}
		}
	case *syntax.DotExpr:
		e.X = r.expression(e.X)
		if methodCost(e.Name.Name) != nil {
			return calling(nameMethod, e.Dot, e)
		}
	case *syntax.IndexExpr:
		e.X, e.Y = r.expression(e.X), r.key(e.Y)
	case *syntax.SliceExpr:
		e.X, e.Lo, e.Hi, e.Step = r.expression(e.X), r.expression(e.Lo), r.expression(e.Hi), r.expression(e.Step)
		return calling(nameSized, e.Lbrack, e)
	case *syntax.Literal:
		if n, ok := e.Value.(*big.Int); ok && n.BitLen() > maxIntBits {
			r.refuse(e.TokenPos, fmt.Sprintf("a whole number has more than %d bits", maxIntBits))
		}
	default:
		r.inside(e)
	}
	return e
}

// inside rewrites expressions that only hold others.
func (r *rewriter) inside(e syntax.Expr) {
	switch e := e.(type) {
	case *syntax.ParenExpr:
		e.X = r.expression(e.X)
	case *syntax.ListExpr:
		r.expressions(e.List)
	case *syntax.TupleExpr:
		r.expressions(e.List)
	case *syntax.CondExpr:
		e.Cond, e.True, e.False = r.expression(e.Cond), r.expression(e.True), r.expression(e.False)
	case *syntax.LambdaExpr:
		r.expressions(e.Params)
		e.Body = r.expression(e.Body)
	case *syntax.DictExpr:
		r.expressions(e.List)
	case *syntax.DictEntry:
		e.Key, e.Value = r.key(e.Key), r.expression(e.Value)
	case *syntax.Comprehension:
		r.comprehension(e)
	}
}

func (r *rewriter) comprehension(e *syntax.Comprehension) {
	e.Body = r.expression(e.Body)
	for _, c := range e.Clauses {
		switch c := c.(type) {
		case *syntax.ForClause:
			c.Vars, c.X = r.target(c.Vars), r.expression(c.X)
		case *syntax.IfClause:
			c.Cond = r.expression(c.Cond)
		}
	}
}

// binary rewrites x + y to "+"(x, y). Named arguments and defaults, which are
// binary expressions too, stay; so do and and or, which are jumps.
func (r *rewriter) binary(e *syntax.BinaryExpr) syntax.Expr {
	if e.Op == syntax.EQ {
		e.Y = r.expression(e.Y)
		return e
	}
	e.X, e.Y = r.expression(e.X), r.expression(e.Y)
	if e.Op == syntax.AND || e.Op == syntax.OR {
		return e
	}
	return calling(e.Op.String(), e.OpPos, e.X, e.Y)
}

// key rewrites a key; one that the script spells out is small.
func (r *rewriter) key(e syntax.Expr) syntax.Expr {
	if _, ok := e.(*syntax.Literal); ok {
		return r.expression(e)
	}
	at, _ := e.Span()
	return calling(nameKey, at, r.expression(e))
}

// isName reports whether what is spread is a name: a parameter like *args, or
// an argument.
func isName(e *syntax.UnaryExpr) bool {
	_, ok := e.X.(*syntax.Ident)
	return ok
}

func calling(name string, at syntax.Position, args ...syntax.Expr) syntax.Expr {
	return &syntax.CallExpr{Fn: &syntax.Ident{NamePos: at, Name: name}, Lparen: at, Args: args, Rparen: at}
}

func unparen(e syntax.Expr) syntax.Expr {
	for {
		p, ok := e.(*syntax.ParenExpr)
		if !ok {
			return e
		}
		e = p.X
	}
}
